import { readWhen } from '../../../connectors/replay/when.ts'
import { DAY } from '../../domain/clock.ts'
import type { Role } from './columns.ts'

/** More than the longest post of any network we know (63 206 characters, Facebook). */
const MOST_TEXT = 65_536
/** No network we listen to is older than this. */
const OLDEST = Date.UTC(2004, 0, 1)

/** One post of the input. `id` as text; null: the file does not say. */
export type Post = {
  id: string
  /** The file says none: the number of its line stands in. */
  idStandsIn?: true
  text: string
  language: string | null
  handle: string | null
  followers: number | null
  createdAt: Date | null
  network: string | null
  kind: string | null
}

/** A post with what had to be mended in it, or why it is no post. */
export type Read = { post: Post; notes: string[] } | { fault: string }

/** Makes a post of one record. `number` stands in for a missing id; `now` bounds the dates that can be true. */
export function postOf(given: (role: Role) => unknown, number: number, now: Date): Read {
  const text = given('text')
  if (text === undefined || text === null) return { fault: 'there is no text' }
  if (typeof text !== 'string') return { fault: 'the text is not a text' }
  if (text.trim() === '') return { fault: 'the text is empty' }
  if (text.length > MOST_TEXT) return { fault: `the text has ${text.length} characters, more than ${MOST_TEXT}` }
  const notes: string[] = []
  const author = given('handle')
  const whose = typeof author === 'object' && author !== null ? (author as Record<string, unknown>) : { handle: author }
  const post: Post = {
    ...idOf(given('id'), number),
    text: mend(text, notes),
    language: words(given('language')),
    handle: words(whose.handle ?? whose.screen_name ?? whose.username ?? whose.name),
    followers: count(given('followers') ?? whose.followers ?? whose.followers_count),
    createdAt: dateOf(given('createdAt'), now, notes),
    network: words(given('network')),
    kind: words(given('kind')),
  }
  return { post, notes }
}

/** An id as text: long numbers came as text already (`parseRecord`). */
const idOf = (value: unknown, number: number): Pick<Post, 'id' | 'idStandsIn'> =>
  (typeof value === 'string' && value !== '') || typeof value === 'number'
    ? { id: String(value) }
    : { id: String(number), idStandsIn: true }

const words = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null

function count(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) && number >= 0 ? Math.round(number) : null
}

/** Null characters and halves of a surrogate pair would break a reader further on; each becomes U+FFFD. */
function mend(text: string, notes: string[]): string {
  if (text.isWellFormed() && !text.includes('\0')) return text
  notes.push('characters that are no text (null or half of a pair) were replaced')
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}

/** A date that cannot be read or cannot be true is set aside: the post is judged as one without a date. */
function dateOf(value: unknown, now: Date, notes: string[]): Date | null {
  if (value === undefined || value === null || value === '') return null
  const ms = readWhen(value).getTime()
  if (Number.isNaN(ms)) notes.push('the date cannot be read and was set aside')
  else if (ms < OLDEST || ms > now.getTime() + DAY)
    notes.push('the date lies before 2004 or in the future and was set aside')
  else return new Date(ms)
  return null
}
