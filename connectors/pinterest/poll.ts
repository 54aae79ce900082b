import { z } from 'zod'
import { MINUTE } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import { type Change, ConnectorError, type PollInput, type PollResult } from '../connector.ts'
import { fingerprint } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { saysAny } from '../whole-words.ts'
import { ask } from './api.ts'
import { commentsOf, madeAt, Page, Pin, toRawMention } from './shapes.ts'

const PAGE = 250
/** Pages of one round through the account's pins. */
const MOST_PAGES = 20
const MOST_PINS = PAGE * MOST_PAGES
const MOST_REQUESTS = 40

/**
 * Kept between polls. `since`: when the first poll was made; pins older than that begin with the count they are first
 * seen with, younger ones with none. `pins`: what is known of each, the longest unseen first. `bookmark` and `page`
 * belong to a round under way.
 */
const Place = z.object({
  v: z.literal(1),
  since: z.iso.datetime(),
  pins: z.array(z.object({ id: z.string(), comments: z.number(), falls: z.number() })),
  bookmark: z.string().nullable(),
  page: z.number(),
})
type Place = z.infer<typeof Place>
type Known = Map<string, Place['pins'][number]>

/**
 * One round through the account's own pins, or as much of it as the poll may ask for: each pin whose count of comments
 * rose since it was last seen gives one mention.
 */
export async function poll(baseUrl: string, deps: ConnectorDeps, input: PollInput): Promise<PollResult> {
  const { maxItems, maxRequests = MOST_REQUESTS, signal } = input
  const place = readCursor(input.cursor, deps.clock.now())
  const token = deps.reader?.token
  if (!token)
    throw new ConnectorError('auth', 'This source reads with an account: link the brand’s at Pinterest first.')
  const known: Known = new Map(place.pins.map((pin) => [pin.id, pin]))
  const changes: Change[] = []
  const gaps: string[] = []
  const result = (state: PollResult['state'], cut?: ConnectorError): PollResult => {
    const pins = [...known.values()].slice(-MOST_PINS)
    return { changes, cursor: JSON.stringify({ ...place, pins }), state, gaps, ...(cut && { cut }) }
  }
  for (let requests = 0; requests < maxRequests; requests++) {
    const read = await pageAt(baseUrl, token, deps, place.bookmark, signal).catch((error: unknown) => {
      // What was read before the fault is kept; the fault itself is met again, and told, by the next poll.
      if (requests > 0 && error instanceof ConnectorError && !signal.aborted) return error
      throw error
    })
    if (read instanceof ConnectorError) return result('more', read)
    const isWhole = take(read.items, { known, changes, place, input, now: deps.clock.now() })
    if (!isWhole) return result('more')
    const stuck = read.next !== null && read.next === place.bookmark
    if (stuck) gaps.push('Pinterest kept giving the same page of pins; those after it were not looked at.')
    place.page += 1
    place.bookmark = stuck || place.page >= MOST_PAGES ? null : read.next
    if (place.bookmark === null) {
      place.page = 0
      return result('drained')
    }
    if (changes.length >= maxItems) return result('more')
  }
  return result('more')
}

async function pageAt(
  baseUrl: string,
  token: string,
  deps: ConnectorDeps,
  bookmark: string | null,
  signal: AbortSignal,
): Promise<{ items: unknown[]; next: string | null }> {
  const params = { pin_metrics: 'true', page_size: `${PAGE}`, ...(bookmark !== null && { bookmark }) }
  const asked = { path: '/pins', params, signal }
  const answer = await ask(deps, { baseUrl, token }, asked).catch((error: unknown) => {
    // Its place in the list is too old for Pinterest: the round ends here, and the next begins at the top.
    if (bookmark !== null && error instanceof ConnectorError && error.status === 400) return null
    throw error
  })
  if (answer === null) return { items: [], next: null }
  const { items, bookmark: next } = readAnswer(Page, answer)
  return { items, next: next || null }
}

/** False when there was no room for all that rose: the same page is read again, and what was given has risen no more. */
function take(
  items: readonly unknown[],
  at: { known: Known; changes: Change[]; place: Place; input: PollInput; now: Date },
): boolean {
  const { known, changes, place, input, now } = at
  const { words, exclude } = input.listen
  const unread: [string, Change][] = []
  for (const raw of items) {
    const { data: pin, error } = Pin.safeParse(raw)
    if (!pin) {
      unread.push([nameOf(raw), unreadable(error, raw)])
      continue
    }
    const comments = commentsOf(pin)
    if (comments === null) continue
    const before = known.get(pin.id) ?? beginning(pin, comments, place)
    const said = `${pin.title ?? ''}\n${pin.description ?? ''}`
    const isWanted = (words.length === 0 || saysAny(words)(said)) && !saysAny(exclude)(said)
    const rose = isWanted && comments > before.comments
    if (rose && changes.length >= input.maxItems) return false
    const falls = before.falls + (comments < before.comments ? 1 : 0)
    if (rose)
      changes.push({
        type: 'upsert',
        mention: toRawMention({ pin, from: before.comments, to: comments, falls, at: now }),
      })
    // Away and back: the longest unseen stay in front.
    known.delete(pin.id)
    known.set(pin.id, { id: pin.id, comments, falls })
  }
  // Last, so that they never take the room of what rose; and once, as they stand in the list at each round.
  for (const [id, change] of unread) {
    if (known.has(id)) continue
    if (changes.length >= input.maxItems) return false
    changes.push(change)
    known.set(id, { id, comments: 0, falls: 0 })
  }
  return true
}

/** Of what cannot be read as a pin: its id where it has one. */
function nameOf(raw: unknown): string {
  const { id } = (raw ?? {}) as { id?: unknown }
  return `bad:${fingerprint(JSON.stringify(id ?? raw))}`
}

/** Pinterest's clock may be as far behind ours. */
const SKEW_MS = 5 * MINUTE

/** A pin made since we listen began without comments; of an older one, those it has are not news. */
function beginning(pin: Pin, comments: number, { since }: Place) {
  const made = madeAt(pin)
  const isYoung = made !== null && made.getTime() >= Date.parse(since) - SKEW_MS
  return { id: pin.id, comments: isYoung ? 0 : comments, falls: 0 }
}

/** @throws ConnectorError `cursor-expired` when the cursor is of another make: never quietly begun anew */
function readCursor(cursor: string | null, now: Date): Place {
  if (cursor === null) return { v: 1, since: now.toISOString(), pins: [], bookmark: null, page: 0 }
  try {
    return Place.parse(JSON.parse(cursor))
  } catch (cause) {
    throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.', { cause })
  }
}
