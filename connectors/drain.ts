import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DAY, MINUTE } from '../src/domain/clock.ts'
import { type Change, ConnectorError, type Cursor, type PollInput, type PollResult } from './connector.ts'

/**
 * Reading networks that give the newest first, without losing what lies between two polls. Each listing of a source
 * (mentions, a search) is a stream with a place of its own; all of them share one poll's items and requests.
 */
export type Stream = {
  /** Names its place in the cursor; stays. */
  name: string
  /** What is asked for, in words: another question looks back again. */
  question: string
  /** The network itself leaves out what is older than `since`: what it gives is meant, whatever date it claims. */
  bounded?: true
  /** Its items come in no order of time: how far back it is read nobody can say before its end. */
  unordered?: true
  /**
   * One page, newest first. `since` is where reading may stop, less the overlap; networks without it are read until
   * past it. `known`: was this item of the overlap given before? Networks that bill by the item charge it once.
   */
  page: (at: { since: Date; page: string | null; limit: number; known: (id: string) => boolean }) => Promise<Page>
}

/**
 * `next` null: there is nothing older, or nothing since. `spent`: the network said that this was the last request for now.
 * `again` reads this very page anew: needed where the network sets the length of a page, and the poll may want less.
 * `requests`: how many it took, when more than one.
 */
export type Page = { items: Item[]; next: string | null; again?: string; spent?: boolean; requests?: number }

/** `at`: what the listing is ordered by, the network's time when it tells one. `change` null: seen and left out, such as a repost. */
export type Item = { id: string; at: Date; change: Change | null }

export type DrainOptions = {
  now: Date
  /** Posts may turn up in a listing this long after they were made. Default 5 min. */
  overlapMs?: number
  /** How far back the first poll looks. Default a day. */
  lookbackMs?: number
}

const OVERLAP_MS = 5 * MINUTE
const LOOKBACK_MS = DAY
const MOST_REQUESTS = 40
const PAGE = 100
/** An overlap of five minutes at a thousand posts a minute; beyond it posts are given twice, which the core's dedupe settles. */
const MOST_SEEN = 5_000

/**
 * `since` is the newest time everything before which was drained; it moves only when a drain ends. `page` and `top`
 * belong to a drain under way. `reached` is how far back a reading with a
 * `since` of its own has come. `seen` are the items at or after `since` less the overlap, given before, so that reading the overlap again
 * repeats nothing. Times are ISO 8601, in UTC.
 */
const Place = z.object({
  question: z.string(),
  since: z.string(),
  top: z.string().nullable(),
  page: z.string().nullable(),
  reached: z.string().optional(),
  seen: z.array(z.tuple([z.string(), z.string()])),
})
type Place = z.infer<typeof Place>

/**
 * `turn`: the stream that the last poll had no request left for, and that goes first at the next. `failed`: the one that
 * it met a fault in, and that goes last, so that none waits for ever behind it.
 */
const Kept = z.object({
  v: z.literal(2),
  streams: z.record(z.string(), Place),
  turn: z.string().optional(),
  failed: z.string().optional(),
  rest: z.unknown().optional(),
})
type Kept = z.infer<typeof Kept>

export type Run = {
  changes: Change[]
  /** Changes of one poll at most. */
  most: number
  gaps: string[]
  /** A listing gives the same again and again: nothing further is to be had now, though not all was read. */
  stuck: boolean
  /** Whether it was told how far to look back, so that it tells how far it has come. */
  isBack: boolean
  /** Items this poll may still take; 0 once its requests are spent. */
  room: () => number
  /** Counts a request that a connector makes beside the pages of its streams. */
  spend: () => void
  /** What the connector keeps in the cursor beside the places of streams. */
  rest: unknown
}

/**
 * One poll of a source. `before` reads what is not a stream, such as a list of deletions, first; it answers whether all
 * of it was read, and streams wait until it was.
 *
 * The watermark of a stream stays until a drain has reached it. A drain cut short by `maxItems`, by requests, by the
 * network's limit or by an error goes on from its page at the next poll, before anything newer.
 * @throws ConnectorError of the first request, when nothing was read before it
 */
export async function pollStreams(
  input: PollInput,
  streams: readonly Stream[],
  options: DrainOptions,
  before: (run: Run) => Promise<boolean> = async () => true,
): Promise<PollResult> {
  const kept = input.cursor === null ? null : readCursor(input.cursor)
  const from = input.since ?? new Date(options.now.getTime() - (options.lookbackMs ?? LOOKBACK_MS))
  const places = new Map(streams.map((stream) => [stream, beginning(kept?.streams[stream.name], stream, from)]))
  // A drain begun by an earlier poll ends where that one began: what came since still waits.
  const resumed = [...places.values()].some(({ page }) => page !== null)
  const run = openRun(input, kept?.rest)
  let drained = false
  const order: Pick<Kept, 'turn' | 'failed'> = {}
  const asked: string[] = []
  let cut: ConnectorError | null = null
  try {
    drained = await before(run)
    for (const [stream, place] of drained ? inOrder(kept, [...places]) : []) {
      asked.push(stream.name)
      const end = await drainStream(run, stream, place, options)
      if (end === 'reached') finish(run, place, options.now)
      else drained = false
      if (end === 'cut' && place.page === null) order.turn ??= stream.name
    }
  } catch (error) {
    drained = false
    const worthKeeping = error instanceof ConnectorError && error.kind !== 'cursor-expired' && !input.signal.aborted
    if (!worthKeeping) throw error
    Object.assign(order, afterFault(error, asked.at(-1)))
    // What was read before the fault is kept, and where others wait behind it that it failed, or they would wait for ever:
    // the fault itself is met again, and told, by the next poll.
    const othersWait = asked.length > 1 && asked.length < places.size && order.failed !== kept?.failed
    if (run.changes.length === 0 && !othersWait) throw error
    cut = error
  }
  const cursor = writeCursor(places, { ...order, rest: run.rest }, options)
  return {
    changes: once(run.changes).sort((a, b) => timeOf(a) - timeOf(b)),
    cursor,
    // A gap alone is no end: what the network does keep is still to be read.
    state: (drained && !resumed) || run.stuck ? 'drained' : 'more',
    gaps: run.gaps,
    ...(cut && { cut }),
    ...(input.since && { reached: meanReached([...places.values()], options.now) }),
  }
}

/** The unfinished first, so that no stream waits for ever behind a busy one. */
function inOrder(kept: Kept | null, places: [Stream, Place][]): [Stream, Place][] {
  const rank = ([{ name }, { page }]: [Stream, Place]) => (name === kept?.failed ? 2 : page === null ? 1 : 0)
  return beginningWith(kept?.turn, places).sort((a, b) => rank(a) - rank(b))
}

/** A network that wants no more requests is well, and goes on there. */
const afterFault = ({ kind }: ConnectorError, asked: string | undefined): Pick<Kept, 'turn' | 'failed'> =>
  kind === 'rate-limited' || kind === 'quota' ? { turn: asked } : { failed: asked }

/** Once round, so that with few requests a poll no stream waits for ever behind those before it. */
function beginningWith(turn: string | undefined, places: [Stream, Place][]): [Stream, Place][] {
  const first = Math.max(
    0,
    places.findIndex(([{ name }]) => name === turn),
  )
  return [...places.slice(first), ...places.slice(0, first)]
}

/** What was not begun is read back to now. */
function meanReached(places: readonly Place[], now: Date): Date {
  const reached = places.map((place) => (place.reached === undefined ? now.getTime() : Date.parse(place.reached)))
  return new Date(reached.reduce((sum, at) => sum + at, 0) / places.length)
}

function openRun(input: PollInput, rest: unknown): Run {
  const { maxItems, maxRequests = MOST_REQUESTS } = input
  const changes: Change[] = []
  let requests = 0
  return {
    changes,
    most: maxItems,
    gaps: [],
    stuck: false,
    isBack: input.since !== undefined,
    room: () => (requests >= maxRequests ? 0 : maxItems - changes.length),
    spend: () => {
      requests += 1
    },
    rest,
  }
}

function beginning(known: Place | undefined, { question }: Stream, from: Date): Place {
  const mark = fingerprint(question)
  const since = from.toISOString()
  if (!known) return { question: mark, since, top: null, page: null, seen: [] }
  if (known.question === mark) return structuredClone(known)
  // Another question: its older posts were never asked for, so look back again; dedupe settles the rest.
  const { reached: _, ...kept } = structuredClone(known)
  return { ...kept, question: mark, since: earlier(known.since, since), top: null, page: null }
}

/** Until the watermark is reached, there is no room for more, or the listing is stuck. */
async function drainStream(
  run: Run,
  stream: Stream,
  place: Place,
  options: DrainOptions,
): Promise<'reached' | 'cut' | 'stuck'> {
  const seen = new Map(place.seen)
  for (;;) {
    const limit = Math.min(PAGE, run.room())
    if (limit <= 0) return 'cut'
    run.spend()
    const from = overlapStart(place, options)
    const read = await stream.page({
      since: new Date(from),
      page: place.page,
      limit,
      known: (id) => seen.has(id),
    })
    for (let n = 1; n < (read.requests ?? 1); n++) run.spend()
    const { items, next, again, spent } = read
    for (const { id, at: time, change } of items) {
      const at = time.toISOString()
      if (place.top === null || at > place.top) place.top = at
      if (run.isBack && !stream.unordered) readBackTo(place, later(at, place.since))
      if (seen.has(id) || (at < from && !stream.bounded)) continue
      if (change && run.changes.length >= run.most) {
        Object.assign(place, { seen: [...seen], page: again ?? place.page })
        return 'cut'
      }
      seen.set(id, at)
      if (change) run.changes.push(change)
    }
    place.seen = [...seen]
    const past = !stream.bounded && items.length > 0 && items.every(({ at }) => at.toISOString() < from)
    if (next === null || past) return 'reached'
    if (next === place.page) {
      // The watermark stays, so the next poll reads all of it again: nothing is lost once the network is well.
      run.gaps.push('The network kept giving the same page; older posts wait until it is well again.')
      run.stuck = true
      Object.assign(place, { page: null, top: null })
      return 'stuck'
    }
    place.page = next
    if (spent) return 'cut'
  }
}

/** A post from the future must not make us deaf until then. */
function finish(run: Run, place: Place, now: Date): void {
  const top = earlier(place.top ?? place.since, new Date(now.getTime() + 2 * MINUTE).toISOString())
  if (run.isBack) readBackTo(place, place.since)
  Object.assign(place, { since: later(place.since, top), top: null, page: null })
}

/** A listing read to its end is read so far whatever it is asked for afterwards. */
function readBackTo(place: Place, at: string): void {
  place.reached = earlier(place.reached ?? at, at)
}

/** Two streams may give one post; the first one's kind stands. */
function once(changes: readonly Change[]): Change[] {
  const seen = new Set<string>()
  return changes.filter((change) => {
    if (change.type !== 'upsert') return true
    const { id } = change.mention.ref
    return seen.has(id) ? false : seen.add(id)
  })
}

/** @throws ConnectorError `cursor-expired` when the cursor is of another make: never quietly begun anew. */
function readCursor(cursor: Cursor): Kept {
  try {
    return Kept.parse(JSON.parse(cursor))
  } catch (cause) {
    throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.', { cause })
  }
}

/** What was seen before the overlap can't come again. */
function writeCursor(
  places: ReadonlyMap<Stream, Place>,
  { turn, failed, rest }: Omit<Kept, 'v' | 'streams'>,
  options: DrainOptions,
): Cursor {
  const streams = [...places].map(([{ name }, place]) => {
    const from = overlapStart(place, options)
    const seen = place.seen.filter(([, at]) => at >= from).sort((a, b) => (a[1] < b[1] ? -1 : 1))
    return [name, { ...place, seen: seen.slice(-MOST_SEEN) }]
  })
  return JSON.stringify({ v: 2, streams: Object.fromEntries(streams), turn, failed, rest })
}

/** A short name for a long text. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

const overlapStart = ({ since }: Place, { overlapMs = OVERLAP_MS }: DrainOptions) =>
  new Date(Date.parse(since) - overlapMs).toISOString()
const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)

/** Deletions last: they end what the posts before them began. */
const timeOf = (change: Change) =>
  change.type === 'upsert' ? change.mention.createdAt.getTime() : Number.MAX_SAFE_INTEGER
