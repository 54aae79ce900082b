import { createHash } from 'node:crypto'
import { parseFeed, parseJsonFeed } from 'feedsmith'
import { ConnectorError } from '../connector.ts'
import { plainText } from '../html.ts'

/** One item of a feed, whatever format it came in. */
export type FeedItem = {
  id: string
  title: string
  text: string
  link: string | null
  author: string | null
  at: Date | null
  /** The id of the item it answers. */
  answers: string | null
}

export type Feed = { title: string; language: string | null; items: FeedItem[]; ttlMinutes: number | null }

/** Reads of a feed so many items at most; feeds hold tens. */
const MOST_ITEMS = 1_000

type Loose = { [key: string]: unknown }
const words = (value: unknown): string | null => {
  if (typeof value === 'string') return value.trim() === '' ? null : value
  const inner = (value as Loose | null | undefined)?.value
  return typeof inner === 'string' && inner.trim() !== '' ? inner : null
}
const list = (value: unknown): Loose[] => (Array.isArray(value) ? (value as Loose[]) : [])

/**
 * RSS 0.9–2.0, RDF, Atom and JSON Feed, read by feedsmith into one shape. Entities beyond those of XML are not expanded.
 * @throws ConnectorError `bad-response` when it is none of them
 */
export function readFeed(text: string): Feed {
  const { format, feed } = parsed(text)
  const items = list(format === 'atom' ? feed.entries : feed.items).slice(0, MOST_ITEMS)
  return {
    title: plainText(words(feed.title) ?? ''),
    language: words(feed.language),
    items: items.map(format === 'atom' ? ofAtom : format === 'json' ? ofJson : ofRss),
    ttlMinutes: typeof feed.ttl === 'number' ? feed.ttl : null,
  }
}

function parsed(text: string): { format: string; feed: Loose } {
  const plain = text.trim()
  // In JSON an element is somebody's words.
  const isJson = plain.startsWith('{')
  if (!isJson) assertWhole(plain)
  try {
    const read = isJson ? { format: 'json', feed: parseJsonFeed(plain) } : parseFeed(plain)
    return read as { format: string; feed: Loose }
  } catch (cause) {
    throw new ConnectorError('bad-response', 'There is no RSS, Atom or JSON feed at this address.', { cause })
  }
}

function assertWhole(text: string): void {
  // A feed needs no declarations of its own; they are how small files become large ones.
  if (/<!(DOCTYPE|ENTITY)/i.test(text.slice(0, 2_000)) && /<!ENTITY/i.test(text))
    throw new ConnectorError('bad-response', 'The feed declares entities of its own, which are not expanded.')
  // The reader closes what a cut-off answer left open; the items it lost would pass for not being there.
  const root = /<((?:[\w-]+:)?(?:rss|feed|rdf))[\s>]/i.exec(text)?.[1]
  if (root !== undefined && !text.includes(`</${root}`))
    throw new ConnectorError('bad-response', 'The feed was cut off before its end.')
}

function ofRss(item: Loose): FeedItem {
  const creator = words(list((item.dc as Loose)?.creators as unknown)[0]) ?? words((item.dc as Loose)?.creator)
  return finish({
    guid: words(item.guid),
    link: words(item.link),
    title: words(item.title),
    content: words((item.content as Loose)?.encoded) ?? words(item.description),
    author: words(list(item.authors)[0]?.name) ?? creator,
    date: words(item.pubDate) ?? words((item.dc as Loose)?.date) ?? words(list((item.dc as Loose)?.dates)[0]),
    answers: answered(item),
  })
}

function ofAtom(entry: Loose): FeedItem {
  const links = list(entry.links)
  const link = links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links[0]
  return finish({
    guid: words(entry.id),
    link: words(link?.href),
    title: words(entry.title),
    content: words(entry.content) ?? words(entry.summary),
    author: words(list(entry.authors)[0]?.name),
    date: words(entry.published) ?? words(entry.updated),
    answers: answered(entry),
  })
}

function ofJson(item: Loose): FeedItem {
  return finish({
    guid: words(item.id),
    link: words(item.url),
    title: words(item.title),
    content: words(item.content_html) ?? words(item.content_text) ?? words(item.summary),
    author: words(list(item.authors)[0]?.name),
    date: words(item.date_published),
    answers: null,
  })
}

/** The id of the item it answers, where the feed tells (RFC 4685); feeds of comments do. */
const answered = (item: Loose): string | null => words(list((item.thr as Loose)?.inReplyTos)[0]?.ref)

type Told = Record<'guid' | 'link' | 'title' | 'content' | 'author' | 'date' | 'answers', string | null>

/** Known by its guid, else by its link, else by its title and date: a link alone is the same for all items of some feeds. */
function finish({ guid, link, title, content, author, date, answers }: Told): FeedItem {
  const at = instantOf(date)
  const hash = createHash('sha256')
    .update(`${link ?? ''}\n${title ?? ''}\n${date ?? ''}`)
    .digest('base64url')
  const heading = plainText(title ?? '')
  const body = plainText(content ?? '')
  const text = body === '' || body.startsWith(heading) ? body || heading : `${heading}\n\n${body}`
  return { id: guid ?? hash.slice(0, 32), title: heading, text: text.trim(), link: httpsOf(link), author, at, answers }
}

/** A name that is read as one, or an offset after the time. */
const ZONE = /(?<![a-z])(?:z|utc?|gmt|[ecmp][sd]t)(?![a-z])|:\d\d(?:\.\d+)?\s*(?:[ap]m\s*)?[+-]\d\d/i

/** A date without a zone is taken for UTC, so that a feed reads the same on every machine. */
function instantOf(date: string | null): Date | null {
  if (date === null) return null
  const plain = date.trim()
  const whole = ZONE.test(plain) ? plain : /^\d{4}-\d\d-\d\dT/.test(plain) ? `${plain}Z` : `${plain} GMT`
  const at = new Date(whole)
  return Number.isNaN(at.getTime()) ? null : at
}

const httpsOf = (link: string | null) =>
  link !== null && /^https?:\/\//.test(link) && URL.canParse(link) ? link : null
