import type { ConnectorDeps } from '../catalogue.ts'
import { type Change, ConnectorError, type PollInput, type PollResult } from '../connector.ts'
import { cut } from '../cut.ts'
import { fingerprint, type Item, pollStreams, type Stream } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { saysAny } from '../whole-words.ts'
import { ask, isSpent } from './api.ts'
import type { RedditSettings } from './settings.ts'
import { isGone, Listing, sessionOf, Thing, timeOf, toRawMention, versionOf, wordsOf } from './shapes.ts'

type List = { name: string; path: string; params?: Record<string, string>; wanted: (thing: Thing) => boolean }

/** Mentions of the account, posts that say a word anywhere, and all that is said in chosen communities. */
export async function poll(settings: RedditSettings, deps: ConnectorDeps, input: PollInput): Promise<PollResult> {
  const session = sessionOf(deps.reader)
  const { listen, signal } = input
  const calls = callsAny(listen.handles)
  const [says, excluded] = [saysAny(listen.words), saysAny(listen.exclude)]
  const lists = listsOf(settings, input, (thing) => calls(wordsOf(thing)) || says(wordsOf(thing)))
  if (lists.length === 0)
    throw new ConnectorError('refused', 'Nothing to listen to: add a word, a handle or a community to this source.')

  const heard = (thing: Thing, list: List): Change | null => {
    const text = wordsOf(thing)
    if (isGone(thing) || thing.data.author === session.name || excluded(text) || !list.wanted(thing)) return null
    const kind = list.name === 'mentions' || calls(text) ? 'mention' : thing.kind === 't1' ? 'comment' : 'keyword'
    return { type: 'upsert', mention: toRawMention(thing, kind) }
  }
  const toItem = (raw: unknown, list: List): Item => {
    const { data: thing, error } = Thing.safeParse(raw)
    if (thing) return { id: versionOf(thing), at: timeOf(thing), change: heard(thing, list) }
    const id = `bad:${fingerprint(JSON.stringify(raw))}`
    return { id, at: deps.clock.now(), change: unreadable(error, raw) }
  }
  const toStream = (list: List): Stream => ({
    name: list.name,
    question: JSON.stringify([list.path, list.params, listen]),
    page: async ({ page, limit, known }) => {
      const params = { ...list.params, limit: '100', ...(page !== null && { after: page }) }
      const answer = await ask(deps, { baseUrl: settings.baseUrl, session }, { path: list.path, params, signal })
      const { children, after } = readAnswer(Listing, answer).data
      // Requests are scarce and items are not: as many as there are, and on from the last one taken.
      const items = children.map((raw) => toItem(raw, list))
      const taken = cut(items, limit, known)
      const last = taken.length < items.length ? nameOf(children[taken.length - 1]) : null
      return { items: last ? taken : items, next: last ?? after ?? null, spent: isSpent(answer) }
    },
  })
  return pollStreams(input, lists.map(toStream), { now: deps.clock.now() })
}

function listsOf(
  { communities }: RedditSettings,
  { listen: { handles, words }, since }: PollInput,
  says: List['wanted'],
): List[] {
  const everything = handles.length + words.length === 0
  const wanted = everything ? () => true : says
  const quoted = words.map((word) => `"${word.replaceAll('"', ' ').trim()}"`)
  const read = new Set(communities.map((name) => name.toLowerCase()))
  const isRead = ({ data }: Thing) => read.has(data.subreddit.toLowerCase())
  return [
    ...(handles.length > 0
      ? [{ name: 'mentions', path: '/message/mentions', wanted: (thing: Thing) => !isRead(thing) }]
      : []),
    ...(quoted.length > 0
      ? [
          {
            name: 'search',
            path: '/search',
            params: { q: quoted.join(' OR '), sort: 'new', type: 'link', t: since ? 'all' : 'week' },
            // Reddit's search knows other forms of a word, we do not; communities are read whole.
            wanted: (thing: Thing) => says(thing) && !isRead(thing),
          },
        ]
      : []),
    ...communities.flatMap((name) => [
      { name: `new ${name}`, path: `/r/${name}/new`, wanted },
      { name: `comments ${name}`, path: `/r/${name}/comments`, wanted },
    ]),
  ]
}

const nameOf = (raw: unknown): string | null => Thing.safeParse(raw).data?.data.name ?? null

/** Named as `u/name`, or as elsewhere. */
function callsAny(handles: readonly string[]): (text: string) => boolean {
  const names = handles.map((handle) => handle.replace(/^(?:@|\/?u\/)/, ''))
  return saysAny(names.flatMap((name) => [`u/${name}`, `@${name}`]))
}
