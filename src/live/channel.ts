import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import type { EventKind } from '../db/events.ts'
import type { Clock } from '../domain/clock.ts'
import type { Circle, Circles } from './audience.ts'
import { earliest, firstAfter, fromEventId, isAfter, type Position } from './position.ts'
import { type Logged, newestBetween, readOn } from './queries.ts'
import { beatFrame, type Frame, passingFrame, placeFrame, reloadFrame, type Stream, toFrame } from './stream.ts'

/** The streams of one brand, fed by one reader. */
export type Channel = {
  /** Takes a stream in with the next look; `last` is the event id it had last, null for none. */
  join: (stream: Stream, last: string | null) => void
  leave: (stream: Stream) => void
  /** Those taken in and those waiting for it. */
  streams: () => Iterable<Stream>
  isEmpty: () => boolean
  /** Reads what is new and tells it; calls while it reads become one more reading. */
  look: () => void
  beat: () => void
  /** Says something that is in no log to those who listen at this moment: staff, and these members if they hear its kind. */
  pass: (kind: string, memberIds: readonly string[]) => void
  /** Stops looking; resolves when no query of its own runs any more. */
  close: () => Promise<void>
}

export type Tally = { told: number; cut: number; replayed: number; reloads: number; looks: number }

type Deps = {
  db: Db
  clock: Clock
  tally: Tally
  circles: Circles
  /** Look again after so long while something was held back. */
  againMs: number
  failed: (err: unknown) => void
}

const PAGE = 500
/** A reader that comes back is told this many events one by one, found among so many of the brand's newest. */
export const MOST_REPLAYED = 500
const WINDOW = 5_000

export function openChannel(brandId: string, { db, clock, tally, circles, againMs, failed }: Deps): Channel {
  const streams = new Set<Stream>()
  /** Streams to take in, and the event id each had last. */
  const joining = new Map<Stream, string | null>()
  let position: Position | null = null
  let reading: Promise<void> | null = null
  let lookAgain = false
  let closed = false
  let timer: NodeJS.Timeout | undefined

  function tell(stream: Stream, text: string): void {
    if (stream.write(text)) return
    tally.cut += 1
    streams.delete(stream)
  }

  function spread(frames: readonly Frame[]): void {
    if (frames.length === 0) return
    for (const stream of streams) {
      const heard = frames.filter(stream.hears)
      if (heard.length === 0) continue
      tally.told += heard.length
      tell(stream, heard.map(({ text }) => text).join(''))
    }
  }

  /** Events as they are told to these streams: those of a circle to whoever of them is let in now, asked once for each. */
  async function toFrames(tx: BrandTx, events: readonly Logged[], to: Iterable<Stream>): Promise<Frame[]> {
    const frames = events.map(toFrame)
    const asked = new Map<Circle, ReadonlySet<string>>()
    for (const frame of frames) {
      const circle = circles[frame.kind as EventKind] // another kind has none
      if (!circle) continue
      const letIn =
        asked.get(circle) ??
        (await circle(
          tx,
          [...to].flatMap(({ memberId }) => memberId ?? []),
        ))
      asked.set(circle, letIn)
      frame.memberIds = letIn
    }
    return frames
  }

  /** One reading serves all streams. Newcomers wait for its end, and so join exactly where it has come to. */
  async function read(): Promise<void> {
    const newcomers = [...joining.keys()]
    await inBrand(db, brandId, async (tx) => {
      for (let more = true; more && !closed; ) {
        tally.looks += 1
        const page = await readOn(tx, position, PAGE)
        spread(await toFrames(tx, page.events, streams))
        position = page.upTo
        more = page.more
        if (page.heldBack) later()
      }
      if (position === null) return
      const upTo = position
      const places = newcomers.flatMap((stream) => fromEventId(joining.get(stream) ?? '') ?? [])
      const [first, ...others] = places.filter((place) => isAfter(upTo, place))
      const missed = first ? await newestBetween(tx, earliest([first, ...others]), upTo, WINDOW) : []
      const frames = await toFrames(tx, missed, newcomers)
      for (const stream of newcomers) welcome(stream, frames, upTo)
    })
  }

  /** `frames`: all that happened since the earliest newcomer was last here, or the newest `WINDOW` of it. */
  function welcome(stream: Stream, frames: readonly Frame[], upTo: Position): void {
    const last = joining.get(stream)
    if (last === undefined) return // it has left meanwhile
    joining.delete(stream)
    streams.add(stream)
    tell(stream, last === null ? placeFrame(upTo) : missedBy(stream, last, frames, upTo))
  }

  function missedBy(stream: Stream, last: string, frames: readonly Frame[], upTo: Position): string {
    const place = fromEventId(last)
    const oldest = frames[0]
    const known = place && !isAfter(place, upTo) && (frames.length < WINDOW || (oldest && !isAfter(oldest.at, place)))
    const heard = known ? frames.slice(firstAfter(frames, place)).filter(stream.hears) : []
    if (!known || heard.length > MOST_REPLAYED) {
      tally.reloads += 1
      return reloadFrame(upTo, clock.now())
    }
    tally.replayed += heard.length
    return heard.map(({ text }) => text).join('') + placeFrame(upTo)
  }

  function later(): void {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(look, againMs)
  }

  function look(): void {
    if (closed) return
    lookAgain = true
    reading ??= readAll().finally(() => {
      reading = null
      if (lookAgain) look()
    })
  }

  async function readAll(): Promise<void> {
    while (lookAgain && !closed) {
      lookAgain = false
      await read().catch(failed)
    }
  }

  return {
    join(stream, last) {
      joining.set(stream, last)
      look()
    },
    leave(stream) {
      streams.delete(stream)
      joining.delete(stream)
    },
    streams: () => [...streams, ...joining.keys()],
    isEmpty: () => streams.size + joining.size === 0,
    look,
    beat() {
      if (position) for (const stream of streams) tell(stream, beatFrame(position))
    },
    pass(kind, memberIds) {
      const frame = passingFrame(kind, clock.now())
      for (const stream of streams) if (stream.hears({ kind, memberIds })) tell(stream, frame)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await reading
    },
  }
}
