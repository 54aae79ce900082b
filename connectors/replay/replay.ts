import { createHash } from 'node:crypto'
import type { Capabilities, RawMention } from '../connector.ts'
import { readWhen } from './when.ts'

/** A file answers nobody and tells nothing new about its posts. */
export const REPLAY_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'own content',
    deletes: 'none',
    edits: 'none',
    push: false,
    lookbackDays: null,
  },
  reply: null,
  metrics: [],
  rewardsForPosting: 'no',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'none',
  costTier: 'free',
  limits: ['A file has nowhere to send an answer to.'],
}

/** The names that exports use, best first; compared without case, spaces and punctuation. */
const COLUMNS = {
  id: ['id', 'tweetid', 'idstr', 'postid', 'statusid', 'messageid', 'commentid', 'uri'],
  text: ['text', 'fulltext', 'body', 'content', 'message', 'tweet', 'post', 'comment', 'review', 'selftext'],
  handle: ['handle', 'author', 'username', 'screenname', 'user', 'authorid', 'authorhandle', 'account', 'name', 'from'],
  name: ['displayname', 'authorname', 'fullname'],
  followers: ['followers', 'followerscount', 'userfollowers', 'followercount'],
  language: ['lang', 'language', 'locale'],
  createdAt: ['createdat', 'tweetcreated', 'publishedat', 'date', 'timestamp', 'time', 'created', 'datetime'],
  replyTo: ['replyto', 'inreplyto', 'inreplytoid', 'inresponsetotweetid', 'inreplytostatusid', 'parentid'],
  url: ['url', 'link', 'permalink'],
} as const

export type RowOptions = {
  /** The column or member that holds the text, when its name is none of the usual. */
  textColumn?: string
  /** Names the export in the refs of its posts; the same name reads the same post only once. */
  instance?: string
}

/** A row that holds no post: why, in words for the person who gave us the file. */
export type BadRow = { unreadable: string }

/**
 * One row of an export as a mention. `n` is its line or row number. An unknown time is an invalid date, an unknown
 * author a person of their own named `anonymous`; cleaning settles both. Ids that a spreadsheet rounded
 * (`5.70307E+17`, numbers past 2^53) fit many posts: they are replaced by one made of the row number and its words.
 */
export function toRawMention(row: unknown, n: number, options: RowOptions = {}): RawMention | BadRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return { unreadable: 'not an object' }
  const cells = new Map(Object.entries(row).map(([name, value]) => [fold(name), value]))
  const pick = (names: readonly string[]) => {
    const name = names.find((name) => !isBlank(cells.get(name)))
    return name === undefined ? undefined : cells.get(name)
  }
  const text = pick(options.textColumn === undefined ? COLUMNS.text : [fold(options.textColumn)])
  if (text === undefined)
    return { unreadable: `no text (looked for ${options.textColumn ?? 'text, body, content, message …'})` }
  if (typeof text !== 'string') return { unreadable: 'its text is not a string' }

  const instance = options.instance ?? 'file'
  const ref = (id: string) => ({ network: 'replay' as const, instance, id })
  const url = asText(pick(COLUMNS.url))
  const replyTo = exactId(pick(COLUMNS.replyTo))
  const language = asText(pick(COLUMNS.language))
  return {
    ref: { ...ref(exactId(pick(COLUMNS.id)) ?? madeId(text, n)), ...(url !== undefined && { url }) },
    kind: replyTo === undefined ? 'item' : 'reply',
    author: author(cells, pick, n),
    text,
    ...(language !== undefined && { language }),
    ...(replyTo !== undefined && { parent: ref(replyTo) }),
    createdAt: readWhen(pick(COLUMNS.createdAt)),
  }
}

type Pick = (names: readonly string[]) => unknown

function author(cells: Map<string, unknown>, pick: Pick, n: number): RawMention['author'] {
  const nested = [cells.get('author'), cells.get('user')].find(isObject)
  if (nested) return author(new Map(), from(nested), n)
  const handle = asText(pick(COLUMNS.handle))
  const name = asText(pick(COLUMNS.name))
  const followers = Number(asText(pick(COLUMNS.followers)) ?? Number.NaN)
  return {
    id: handle ?? `anonymous:${n}`,
    handle: handle ?? 'anonymous',
    ...(name !== undefined && { name }),
    ...(Number.isFinite(followers) && { followers }),
  }
}

const from = (value: object): Pick => {
  const cells = new Map(Object.entries(value).map(([name, cell]) => [fold(name), cell]))
  return (names) => names.map((name) => cells.get(name)).find((cell) => !isBlank(cell))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const fold = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const isBlank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

function asText(value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** Undefined when there is none or when it lost digits on its way here. */
function exactId(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined
  const text = asText(value)
  return text === undefined || /^\d(?:[.,]\d+)?e\+?\d+$/i.test(text) ? undefined : text
}

const madeId = (text: string, n: number) => `row-${n}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
