import { z } from 'zod'
import { DAY } from '../../src/domain/clock.ts'
import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import {
  type Capabilities,
  type Change,
  type Connector,
  ConnectorError,
  type PollInput,
  type PollResult,
  type RawMention,
} from '../connector.ts'
import { fingerprint } from '../drain.ts'
import { call } from '../http.ts'
import { type Feed, type FeedItem, readFeed } from './feed.ts'

export const RSS_CAPABILITIES: Capabilities = {
  listen: {
    mentions: false,
    keywordSearch: 'own content',
    deletes: 'none',
    edits: 'polls',
    push: false,
    lookbackDays: 1,
  },
  reply: null,
  metrics: [],
  rewardsForPosting: 'no',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'none',
  costTier: 'free',
  limits: [
    'A feed shows its newest items only: what came and went between two polls was never seen.',
    'Answers have to be given where the item stands.',
  ],
}

const Settings = z.strictObject({ url: z.url({ protocol: /^https?$/ }) })
type Settings = z.infer<typeof Settings>

/** Feeds hold tens of items; what fell out of one is not heard of again. */
const MOST_SEEN = 2_000
/** A first poll, and the first for other words, takes what is at most so old, and items that tell no date. */
const LOOKBACK = DAY

/** `seen`: fingerprints of the ids of items and of their words, newest first. */
const Place = z.object({
  v: z.literal(1),
  etag: z.string().nullable(),
  modified: z.string().nullable(),
  seen: z.array(z.tuple([z.string(), z.string()])),
  /** What was listened for: other words look through the whole feed again. */
  listen: z.string(),
})
type Place = z.infer<typeof Place>

/** One feed. Asked with what it said last (`ETag`, `Last-Modified`), so that an unchanged one costs a line. */
export function rssConnector({ url }: Settings, deps: ConnectorDeps): Connector {
  const nowhere = 'A feed has nowhere to send an answer to.'
  return {
    network: 'rss',
    capabilities: RSS_CAPABILITIES,
    poll: (input) => poll(url, deps, input),
    reply: async () => ({ outcome: 'rejected', error: new ConnectorError('refused', nowhere) }),
    findReply: async () => 'absent',
    standing: async (refs) => refs.map((ref) => ({ ref, gone: false, metrics: {}, answers: [] })),
  }
}

async function poll(url: string, deps: ConnectorDeps, input: PollInput): Promise<PollResult> {
  const place = readCursor(input)
  // Other words look through all of it, though nothing in it changed.
  const isAsBefore = place?.listen === markOf(input)
  const answer = await call(deps, {
    method: 'GET',
    url,
    headers: {
      accept: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1',
      ...(isAsBefore && place.etag && { 'if-none-match': place.etag }),
      ...(isAsBefore && place.modified && { 'if-modified-since': place.modified }),
    },
    expect: 'text',
    also: [304],
    signal: input.signal,
  })
  if (answer.status === 304 && place) return { changes: [], cursor: input.cursor!, state: 'drained', gaps: [] }
  const feed = readFeed(answer.text)
  return take(new URL(url).host, feed, place, input, deps.clock.now(), answer.headers)
}

/** New items, and known ones with other words, oldest first; at most `maxItems` of them, the rest at the next poll. */
function take(
  instance: string,
  feed: Feed,
  place: Place | null,
  input: PollInput,
  now: Date,
  headers: Headers,
): PollResult {
  const seen = new Map(place?.seen ?? [])
  const isAsBefore = place?.listen === markOf(input)
  const told = isAsBefore ? seen : new Map<string, string>()
  const listed = feed.items.map(ofItem)
  const fresh = listed.filter((one) => !isTold(one, listed, told) && (isAsBefore || !tooOld(one.item, now)))
  const lost = place !== null && seen.size > 0 && listed.length > 0 && listed.every(({ key }) => !seen.has(key))
  const wanted = fresh.filter(({ item }) => isWanted(item, input))
  const taken = wanted.toReversed().slice(0, input.maxItems)
  const waiting = wanted.filter((one) => !taken.includes(one))
  const more = waiting.length > 0
  const next: Place = {
    v: 1,
    // An unfinished feed has to be read again whole.
    etag: more ? null : headers.get('etag'),
    modified: more ? null : headers.get('last-modified'),
    seen: seenAfter(seen, listed, waiting),
    listen: markOf(input),
  }
  return {
    changes: taken.map(({ item }): Change => ({ type: 'upsert', mention: toMention(instance, feed, item, now) })),
    cursor: JSON.stringify(next),
    state: more ? 'more' : 'drained',
    gaps: lost ? ['Nothing the feed showed last time is in it any more: items in between were not seen.'] : [],
  }
}

/** Items of no interest are known from now on too, or each poll would look at them anew; what waits is not, though other words passed it once. */
function seenAfter(seen: ReadonlyMap<string, string>, listed: readonly Listed[], waiting: readonly Listed[]) {
  const waits = new Set(waiting.flatMap(({ key, alias }) => [key, alias]))
  const passed = listed.filter((one) => !waiting.includes(one))
  const marks = passed.flatMap(({ key, alias, words }): [string, string][] => [
    [key, words],
    [alias, words],
  ])
  const before = [...seen].filter(([mark]) => !waits.has(mark))
  return [...new Map([...marks, ...before].toReversed())].toReversed().slice(0, MOST_SEEN)
}

/**
 * Some feeds give their items new guids: the same words by the same author, of the same time and at the same address,
 * told loosely, are the same item. Many people speak at one address.
 */
function ofItem(item: FeedItem) {
  const key = fingerprint(item.id)
  const words = fingerprint(item.text)
  const address = (item.link ?? '').replace(/^https?:\/\/|#.*$|[?&]utm_[^&#]*/g, '')
  // Without an address the same words may be said twice.
  const alias = address === '' ? key : fingerprint(JSON.stringify([address, item.author, item.at]))
  return { item, key, alias, words }
}
type Listed = ReturnType<typeof ofItem>

/** Another item that was told of and is still there is no reason to take this one for it. */
function isTold({ key, alias, words }: Listed, listed: readonly Listed[], told: ReadonlyMap<string, string>): boolean {
  if (told.has(key)) return told.get(key) === words
  if (told.get(alias) !== words) return false
  return !listed.some((one) => one.alias === alias && told.get(one.key) === words)
}

const markOf = ({ listen }: PollInput) => fingerprint(JSON.stringify([listen.words, listen.handles, listen.exclude]))

const tooOld = ({ at }: FeedItem, now: Date) => at !== null && now.getTime() - at.getTime() > LOOKBACK

/** No words: every item of the feed is meant. */
function isWanted({ text }: FeedItem, { listen }: PollInput): boolean {
  const low = text.toLowerCase()
  const any = [...listen.words, ...listen.handles]
  if (text === '' || listen.exclude.some((word) => low.includes(word.toLowerCase()))) return false
  return any.length === 0 || any.some((word) => low.includes(word.toLowerCase()))
}

function toMention(instance: string, feed: Feed, item: FeedItem, now: Date): RawMention {
  const handle = item.author ?? (feed.title || instance)
  return {
    ref: { network: 'rss', instance, id: item.id, ...(item.link && { url: item.link }) },
    kind: 'item',
    author: { id: handle, handle },
    text: item.text,
    ...(item.answers !== null && { parent: { network: 'rss', instance, id: item.answers } }),
    ...(feed.language && { language: feed.language }),
    createdAt: item.at ?? now,
  }
}

/** @throws ConnectorError `cursor-expired` when the cursor is of another make */
function readCursor({ cursor }: PollInput): Place | null {
  if (cursor === null) return null
  try {
    return Place.parse(JSON.parse(cursor))
  } catch (cause) {
    throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.', { cause })
  }
}

export const RSS: CatalogueEntry = {
  label: 'RSS, Atom or JSON feed',
  capabilities: RSS_CAPABILITIES,
  servers: 'one',
  settings: [{ name: 'url', label: 'Address of the feed', help: 'Such as https://forum.example/latest.rss' }],
  reads: 'with its settings',
  open: opener(Settings, rssConnector),
  linking: [],
}
