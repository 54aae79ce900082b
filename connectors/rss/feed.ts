import { createHash } from 'node:crypto'
import { parseFeed } from 'feedsmith'
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
  // A feed needs no declarations of its own; they are how small files become large ones.
  if (/<!(DOCTYPE|ENTITY)/i.test(text.slice(0, 2_000)) && /<!ENTITY/i.test(text))
    throw new ConnectorError('bad-response', 'The feed declares entities of its own, which are not expanded.')
  try {
    return parseFeed(text) as { format: string; feed: Loose }
  } catch (cause) {
    throw new ConnectorError('bad-response', 'There is no RSS, Atom or JSON feed at this address.', { cause })
  }
}

function ofRss(item: Loose): FeedItem {
  const creator = words(list((item.dc as Loose)?.creators as unknown)[0]) ?? words((item.dc as Loose)?.creator)
  const author = words(item.author) ?? words(list(item.authors)[0]) ?? creator
  const content = words((item.content as Loose)?.encoded) ?? words(item.description)
  const date = words(item.pubDate) ?? words((item.dc as Loose)?.date) ?? words(list((item.dc as Loose)?.dates)[0])
  return finish(words(item.guid), words(item.link), words(item.title), content, author, date)
}

function ofAtom(entry: Loose): FeedItem {
  const links = list(entry.links)
  const link = links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links[0]
  const content = words(entry.content) ?? words(entry.summary)
  const author = words(list(entry.authors)[0]?.name)
  const date = words(entry.published) ?? words(entry.updated)
  return finish(words(entry.id), words(link?.href), words(entry.title), content, author, date)
}

function ofJson(item: Loose): FeedItem {
  const content = words(item.content_html) ?? words(item.content_text) ?? words(item.summary)
  const author = words(list(item.authors)[0]?.name)
  return finish(words(item.id), words(item.url), words(item.title), content, author, words(item.date_published))
}

/** Known by its guid, else by its link, else by its title and date: a link alone is the same for all items of some feeds. */
function finish(
  guid: string | null,
  link: string | null,
  title: string | null,
  content: string | null,
  author: string | null,
  date: string | null,
): FeedItem {
  const at = date === null || Number.isNaN(Date.parse(date)) ? null : new Date(date)
  const hash = createHash('sha256')
    .update(`${link ?? ''}\n${title ?? ''}\n${date ?? ''}`)
    .digest('base64url')
  const heading = plainText(title ?? '')
  const body = plainText(content ?? '')
  const text = body === '' || body.startsWith(heading) ? body || heading : `${heading}\n\n${body}`
  return { id: guid ?? hash.slice(0, 32), title: heading, text: text.trim(), link: httpsOf(link), author, at }
}

const httpsOf = (link: string | null) =>
  link !== null && /^https?:\/\//.test(link) && URL.canParse(link) ? link : null
