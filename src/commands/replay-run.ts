import type { Readable, Writable } from 'node:stream'
import { setTimeout as waitFor } from 'node:timers/promises'
import type { Change } from '../../connectors/connector.ts'
import { type Db, inBrand } from '../db/client.ts'
import { inHalves } from '../db/in-halves.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { StartError } from '../domain/errors.ts'
import type { SourceRow } from '../ingest/queries.ts'
import { storeChanges } from '../ingest/store.ts'
import type { Brand } from '../people/brands.ts'
import { instanceOf, mentionOf } from './file-posts.ts'
import { knownPosts } from './import-queries.ts'
import type { ColumnOptions } from './pipe/columns.ts'
import { openSource, readPosts } from './pipe/input.ts'
import type { Post } from './pipe/posts.ts'
import { type Cue, type Pace, schedule } from './replay-schedule.ts'
import { openReporter, type Reporter } from './report-lines.ts'

const PAGE = 100

export type ReplayDeps = {
  db: Db
  brand: Brand
  clock: Clock
  /** The source the posts come in by; asked once there is something to play. */
  openSource: (at: Date) => Promise<SourceRow>
  wake: (brandId: string, mentionIds: readonly string[]) => Promise<unknown>
  signal: AbortSignal
  stdin: Readable
  stderr: Writable & { isTTY?: boolean }
  /** Resolves after so long, or at once when the signal says so. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
}
export type ReplayOptions = { file: string; source: string; columns: ColumnOptions; pace: Pace }

/**
 * Plays the posts of a file as if each were written now: in the order and, divided by the speed, with the gaps of their
 * dates. Each enters as a live poll would have stored it and goes the whole way, so members are offered it. What was
 * played before is passed over, so a run that was stopped goes on where it was. The whole file is held in memory.
 * @returns the exit status: 1 when a line was bad, else 0, also when it was stopped. @throws StartError when nothing could run
 */
export async function runReplay(
  deps: ReplayDeps,
  { file, source: name, columns, pace }: ReplayOptions,
): Promise<0 | 1> {
  const { db, brand, clock, stderr, signal } = deps
  const report = openReporter(stderr, null)
  const posts: { number: number; post: Post }[] = []
  for await (const items of readPosts(await openSource(file, deps.stdin), columns, clock.now()))
    for (const item of items) {
      const post = report.postOf(item)
      if (post) posts.push({ number: item.number, post })
    }

  const source = await deps.openSource(clock.now())
  const instance = instanceOf(name)
  const cues = schedule(await unplayed(posts), pace)
  if (cues === null) throw new StartError(`The posts of ${file} have no dates: say how fast with --per-minute.`)
  stderr.write(`${plan(cues, posts.length)}\n`)
  await play(deps, source, instance, cues, report)
  report.summary(signal.aborted ? 'Stopped. The same command goes on from here.' : null)
  return report.isClean() ? 0 : 1

  /** Those that are not stored yet; the others are counted. */
  async function unplayed(all: typeof posts): Promise<typeof posts> {
    const refs = all.map(({ number, post }) => ({ instance, nativeId: nativeId(post, number) }))
    const known = await inBrand(db, brand.id, (tx) => knownPosts(tx, refs))
    return all.filter((_, at) => {
      const isKnown = known.has(refs[at]?.nativeId ?? '')
      if (isKnown) report.counted({ posts: 'already there' })
      return !isKnown
    })
  }

  function nativeId(post: Post, number: number): string {
    const mention = mentionOf(post, number, instance)
    return 'unreadable' in mention ? '' : mention.ref.id
  }
}

/** Stores what is due, a page at a time, wakes triage, and waits for the next; ends early when the signal says so. */
async function play(
  { db, brand, clock, wake, signal, wait = patiently }: ReplayDeps,
  source: SourceRow,
  instance: string,
  cues: readonly Cue[],
  report: Reporter,
): Promise<void> {
  const startMs = clock.now().getTime()
  let next = 0
  while (!signal.aborted) {
    const cue = cues[next]
    if (!cue) return
    const now = clock.now()
    const early = startMs + cue.afterMs - now.getTime()
    if (early > 0) {
      await wait(early, signal)
      continue
    }
    const due = cues.slice(next, next + PAGE).filter(({ afterMs }) => startMs + afterMs <= now.getTime())
    const store = (part: readonly Cue[]) =>
      inBrand(db, brand.id, (tx) => storeChanges(tx, brand, source, writtenNow(part, instance, now), now))
    let bad = 0
    const stored = await inHalves(due, store, (cue) => {
      bad++
      report.bad(cue.number, 'the database refuses it')
    })
    await wake(brand.id, stored)
    for (let nth = bad; nth < due.length; nth++)
      report.counted({ posts: nth - bad < stored.length ? 'played' : 'refused or already there' })
    next += due.length
  }
}

/** Now is when they are written, whatever the file says. */
const writtenNow = (cues: readonly Cue[], instance: string, now: Date): Change[] =>
  cues.flatMap(({ post, number }) => {
    const mention = mentionOf(post, number, instance)
    return 'unreadable' in mention ? [] : [{ type: 'upsert', mention: { ...mention, createdAt: now } }]
  })

/** Timers of Node end at 2^31 ms; whoever waits longer asks again. */
async function patiently(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await waitFor(Math.min(ms, 60 * SECOND), undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

function plan(cues: readonly Cue[], all: number): string {
  const lastMs = cues.at(-1)?.afterMs ?? 0
  const known = all - cues.length
  const before = known > 0 ? ` (${known} were played before)` : ''
  return `Playing ${cues.length} posts${before}, the last ${inWords(lastMs)}. Ctrl-C stops; the same command goes on.`
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / (60 * SECOND))
  if (minutes < 1) return 'within a minute'
  if (minutes < 120) return `in ${minutes} min`
  return minutes < 2_880 ? `in ${Math.round(minutes / 60)} h` : `in ${Math.round(minutes / 1_440)} days`
}
