import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { capabilitiesOf } from '../connections.ts'
import { type Db, inBrand } from '../db/client.ts'
import { source } from '../db/schema/source.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { StartError } from '../domain/errors.ts'
import { askBackfill, cancelBackfill } from '../ingest/backfill-ask.ts'
import { latestBackfills } from '../ingest/backfill-queries.ts'
import type { Backfill } from '../ingest/contract.ts'
import { type SourceRow, sourceById } from '../ingest/queries.ts'
import { showBackfill } from '../ingest/show-backfill.ts'
import type { Brand } from '../people/brands.ts'
import { COMMAND_LINE } from './database.ts'

export type BackfillDeps = {
  db: Db
  clock: Clock
  brand: Brand
  /** Goes on with one: pages that nobody else is at. */
  work: (job: { brandId: string; backfillId: string }, signal: AbortSignal) => Promise<void>
  signal: AbortSignal
  stderr: Writable & { isTTY?: boolean }
  /** Between two looks. */
  everyMs?: number
}

/** `since` null: the one under way is watched. */
export type BackfillAsk = { source: string; since: string | null; capUsd: number | null; cancel: boolean }

/**
 * Asks for a backfill, or joins the one under way, works on it beside whatever other processes do, and shows how far it
 * is until it ends. Stopped, it stays asked for: a running `start` or `work` goes on with it, or the same command.
 * @returns the exit status: 0 all was read or it was cancelled as asked, 1 it ended before, or is not done yet
 * @throws StartError, DomainError when it cannot be asked for
 */
export async function runBackfillCommand(deps: BackfillDeps, ask: BackfillAsk): Promise<0 | 1> {
  const { db, clock, brand, stderr } = deps
  const { id: sourceId, name } = await sourceNamed(db, brand, ask.source)
  if (ask.cancel) {
    await cancelBackfill({ db, clock }, brand.id, sourceId, COMMAND_LINE)
    stderr.write(`The backfill of ${name} was cancelled; what came stays.\n`)
    return 0
  }
  if (ask.since !== null)
    await askBackfill(
      { db, clock, capabilitiesOf },
      brand.id,
      { sourceId, since: ask.since, capUsd: ask.capUsd },
      COMMAND_LINE,
    )
  return follow(deps, sourceId, name)
}

async function follow(deps: BackfillDeps, sourceId: string, name: string): Promise<0 | 1> {
  const { db, brand, work, signal, stderr, everyMs = SECOND } = deps
  const bar = await openBar(stderr)
  let waiting: string | null = null
  try {
    for (;;) {
      const now = await look(db, brand.id, sourceId)
      if (!now) throw new StartError(`${name} has no backfill; ask for one with --since.`)
      bar?.show(now.shown)
      if (now.shown.state !== 'running') {
        bar?.stop()
        stderr.write(`${ended(name, now.shown)}\n`)
        return now.shown.state === 'done' ? 0 : 1
      }
      if (signal.aborted) break
      const why = now.shown.waits?.why ?? null
      if (why !== null && why !== waiting) {
        bar?.clear()
        stderr.write(`${why}\n`)
      }
      waiting = why
      await work({ brandId: brand.id, backfillId: now.id }, signal)
      await sleep(everyMs, undefined, { signal }).catch(() => {}) // then the loop ends
    }
  } finally {
    bar?.stop()
  }
  stderr.write('Stopped watching. It goes on while “start” or “work” runs, and with this command without --since.\n')
  return 1
}

async function look(db: Db, brandId: string, sourceId: string): Promise<{ id: string; shown: Backfill } | null> {
  return inBrand(db, brandId, async (tx) => {
    const [[row], from] = [await latestBackfills(tx, sourceId), await sourceById(tx, sourceId)]
    const shown = from && showBackfill(row, from)
    return row && shown ? { id: row.id, shown } : null
  })
}

/** @throws StartError that lists the sources there are, or says that the name is not enough */
async function sourceNamed(db: Db, brand: Brand, wanted: string): Promise<SourceRow> {
  const all = await inBrand(db, brand.id, (tx) =>
    tx.select().from(source).where(sql`state <> 'archived' and settings is not null`).orderBy(source.name, source.id),
  )
  const found = all.filter(({ id, name }) => id === wanted || name === wanted)
  const [one] = found
  if (one && found.length === 1) return one
  if (one)
    throw new StartError(
      `Several sources are called “${wanted}”; name one by its id: ${found.map(({ id }) => id).join(', ')}.`,
    )
  throw new StartError(
    all.length > 0
      ? `${brand.name} has no source “${wanted}”. It listens to: ${all.map(({ name }) => name).join(', ')}.`
      : `${brand.name} listens to nothing yet; add a source on the page Sources first.`,
  )
}

type Bar = { show: (now: Backfill) => void; clear: () => void; stop: () => void }

/** A bar over the way back. Null: nobody watches a terminal. */
async function openBar(stderr: BackfillDeps['stderr']): Promise<Bar | null> {
  if (stderr.isTTY !== true) return null
  const { default: cliProgress } = await import('cli-progress')
  const format = '{bar} {percentage} %  {found} posts  {stored} new  back to {oldest}'
  const bar = new cliProgress.SingleBar({ format, stream: stderr as NodeJS.WritableStream, clearOnComplete: true })
  bar.start(1_000, 0, { found: 0, stored: 0, oldest: 'now' })
  return {
    show: ({ share, found, stored, oldestAt }) =>
      bar.update(Math.floor(share * 1_000), { found, stored, oldest: oldestAt?.slice(0, 10) ?? 'now' }),
    clear: () => {
      stderr.write('\r\u001B[K')
    },
    stop: () => bar.stop(),
  }
}

function ended(name: string, { state, since, found, stored, known, refused, usd, trouble }: Backfill): string {
  const how = {
    running: '',
    done: 'is read',
    stopped: 'was not read all the way',
    cancelled: 'was cancelled on the way',
  }
  const cost = usd > 0 ? ` ${usd.toFixed(2)} $ were spent.` : ''
  const posts = `${found} posts: ${stored} new, ${known} here before, ${refused} not taken.`
  return `${name} ${how[state]} back to ${since}. ${posts}${cost}${trouble === null ? '' : ` ${trouble}`}`
}
