import { createHash } from 'node:crypto'
import {
  type Closed,
  MENTION_KINDS,
  type MentionKind,
  NETWORKS,
  type Network,
  type RawMention,
  type RemoteRef,
} from '../../connectors/connector.ts'
import { DAY, MINUTE } from '../domain/clock.ts'
import { cleanLine, cleanText } from './clean-text.ts'

/** Why an item of a source did not become a mention; counted per source (L6). */
export const REFUSAL_REASONS = [
  'echo',
  'duplicate',
  'blocked-author',
  'spam',
  'excluded-word',
  'not-asked-for',
  'unsupported',
  'empty',
  'unreadable',
  'too-large',
  'repost',
  'deleted',
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** A mention whose every value fits its column and is safe to show as text. Null: the network does not say. */
export type Cleaned = {
  network: Network
  instance: string
  nativeId: string
  url: string | null
  /** The address is for posts that have none yet. */
  urlStandsIn: boolean
  kind: MentionKind
  authorId: string
  authorHandle: string
  authorName: string | null
  authorFollowers: number | null
  text: string
  /** The end of the text was too long to keep. */
  truncated: boolean
  /** The words it was first written with: they replace none. */
  isFirst: boolean
  /** From when its words are, by the network's clock; words of later replace them, of earlier not. */
  wordsAt: Date | null
  /** BCP-47. */
  languageHint: string | null
  parentId: string | null
  rootId: string | null
  /** Why no account of ours may answer through the API, and where a person can (F8). */
  closed: Closed | null
  /** Claimed by the network, within [2006, seen + 2 min]; when it claims nothing readable, the time we saw it. */
  postedAt: Date
}
export type Refused = { refused: RefusalReason; detail: string }

/** Texts beyond a million code units are no posts. */
const HUGE = 1_000_000
const MAX_ID_BYTES = 512
const CLOSED: readonly Closed['reason'][] = ['not-summoned', 'closed', 'unsupported']
/** No network we know is older. */
const FIRST_POST = Date.UTC(2006, 0, 1)
const SKEW_MS = 2 * MINUTE
/** Words of a time to come that is further away would keep all others out. */
const VERSION_SKEW_MS = 1 * DAY
const INT4_MAX = 2 ** 31 - 1

/**
 * Makes one post of a network fit to store, or says why it can't be (L8). Takes nothing on trust, not even the types:
 * rows come from files and from other people's servers. Never throws.
 */
export function cleanMention(raw: RawMention, seenAt: Date): Cleaned | Refused {
  if (!isObject(raw) || !isObject(raw.ref)) return refuse('unreadable', 'not a post')
  if (!NETWORKS.includes(raw.ref.network)) return refuse('unsupported', 'unknown network')
  if (!MENTION_KINDS.includes(raw.kind)) return refuse('unsupported', 'unknown kind of post')
  const nativeId = cleanId(raw.ref.id)
  const instance = cleanId(raw.ref.instance)
  if (nativeId === null || instance === null) return refuse('unreadable', 'no usable id')
  const author = cleanAuthor(raw.author)
  if (!author) return refuse('unreadable', 'no author')
  if (typeof raw.text !== 'string') return refuse('unreadable', 'its text is not a string')
  if (raw.text.length > HUGE) return refuse('too-large', `its text has ${raw.text.length} characters`)
  const { text, truncated } = cleanText(raw.text)
  if (text === '') return refuse('empty', 'nothing to read')
  return {
    network: raw.ref.network,
    instance,
    nativeId,
    url: cleanUrl(raw.ref.url),
    urlStandsIn: raw.urlStandsIn === true,
    kind: raw.kind,
    authorId: author.authorId,
    authorHandle: author.authorHandle,
    authorName: author.authorName,
    authorFollowers: author.authorFollowers,
    text,
    truncated,
    isFirst: raw.version === 'first',
    wordsAt: cleanVersion(raw.version, seenAt),
    languageHint: cleanLanguage(raw.language),
    parentId: idOf(raw.parent),
    rootId: idOf(raw.root),
    closed: cleanClosed(raw.closed),
    postedAt: clampDate(raw.createdAt, seenAt),
  }
}

const refuse = (refused: RefusalReason, detail: string): Refused => ({ refused, detail })
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A missing id or handle is stood in for by the other. */
function cleanAuthor(author: RawMention['author'] | undefined | null) {
  if (!isObject(author)) return null
  const handle = typeof author.handle === 'string' ? cleanLine(author.handle, 320).replace(/^@+/, '').trim() : ''
  const authorId = cleanId(author.id) ?? cleanId(handle)
  if (authorId === null) return null
  const name = typeof author.name === 'string' ? cleanLine(author.name, 100) : ''
  return {
    authorId,
    authorHandle: handle === '' ? cleanLine(authorId, 320) || 'unknown' : handle,
    authorName: name === '' ? null : name,
    authorFollowers: clampCount(author.followers),
  }
}

/** Printable, at most 512 bytes. Anything else is replaced by its hash: two different ids never become the same one. */
function cleanId(id: unknown): string | null {
  if (typeof id !== 'string' || id.trim() === '') return null
  if (/^[\x21-\x7e]{1,512}$/.test(id)) return id
  const safe = id.isWellFormed() && !/[\p{C}\p{Z}]/u.test(id) && Buffer.byteLength(id) <= MAX_ID_BYTES
  return safe ? id : `sha256:${createHash('sha256').update(Buffer.from(id, 'utf16le')).digest('hex')}`
}

/** The id of what a ref points to, as it is stored; null when it points to nothing. */
export const idOf = (ref: RemoteRef | undefined | null) => (isObject(ref) ? cleanId(ref.id) : null)

/** What a ref points to, as it is stored; null when that cannot be said. */
export function postOf(ref: RemoteRef | undefined | null): { instance: string; nativeId: string } | null {
  const nativeId = idOf(ref)
  const instance = cleanId(ref?.instance)
  return nativeId === null || instance === null ? null : { instance, nativeId }
}

function cleanUrl(url: unknown): string | null {
  if (typeof url !== 'string' || url.length > 2048 || !/^https?:\/\//i.test(url)) return null
  try {
    const { href, username, password } = new URL(url)
    // A name before the host is there to be taken for the host.
    return username === '' && password === '' && href.length <= 2048 ? href : null
  } catch {
    return null
  }
}

/** A post that is closed stays so, whatever its reason; its page must be https, or of this machine (the sandbox). */
function cleanClosed(closed: unknown): Closed | null {
  if (!isObject(closed)) return null
  const { reason, link } = closed as Partial<Closed>
  const page = cleanUrl(link)
  return {
    reason: CLOSED.find((known) => known === reason) ?? 'unsupported',
    link: page !== null && /^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(page) ? page : null,
  }
}

/** "Undetermined" is no hint. */
function cleanLanguage(language: unknown): string | null {
  if (typeof language !== 'string' || !/^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,3}$/i.test(language)) return null
  const tag = language.replaceAll('_', '-')
  return /^(und|zxx|mis|mul|q[a-t][a-z])(-|$)/i.test(tag) ? null : tag
}

function clampCount(count: unknown): number | null {
  if (typeof count !== 'number' || Number.isNaN(count)) return null
  return Math.min(Math.max(Math.trunc(count), 0), INT4_MAX)
}

/** Exact, for what is moved loses its order; null where it cannot be. */
function cleanVersion(version: unknown, seenAt: Date): Date | null {
  const at = version instanceof Date ? version.getTime() : Number.NaN
  return at >= FIRST_POST && at <= seenAt.getTime() + VERSION_SKEW_MS ? new Date(at) : null
}

function clampDate(date: unknown, seenAt: Date): Date {
  const at = date instanceof Date ? date.getTime() : Number.NaN
  if (Number.isNaN(at)) return seenAt
  return new Date(Math.min(Math.max(at, FIRST_POST), seenAt.getTime() + SKEW_MS))
}
