import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import { DAY } from '../domain/clock.ts'
import { newId } from '../domain/id.ts'
import type { Place } from '../http/cursor.ts'
import type { FailedJob, System } from './contract.ts'

type Connection = Pick<Db, 'execute'>

/** Rows of processes that were not seen for so long go. */
const FORGOTTEN_MS = DAY
/** What was retried or discarded is found again by a second press for so long; what nobody looked at stays a month. */
const SETTLED_MS = DAY
const OPEN_MS = 30 * DAY

/** A process says that it is there. */
export const noteWorker = (
  db: Connection,
  {
    id,
    version,
    startedAt,
    sweptAt,
    at,
  }: { id: string; version: string; startedAt: Date; sweptAt: Date | null; at: Date },
) =>
  db.execute(sql`
    insert into worker_seen (id, version, started_at, seen_at, swept_at)
    values (${id}, ${version}, ${startedAt.toISOString()}, ${at.toISOString()}, ${sweptAt?.toISOString() ?? null})
    on conflict (id) do update set seen_at = excluded.seen_at, swept_at = excluded.swept_at`)

/** A process that ends says so. */
export const forgetWorker = (db: Connection, id: string) => db.execute(sql`delete from worker_seen where id = ${id}`)

type Worker = { id: string; version: string; startedAt: string; seenAt: string; sweptAt: string | null }

/** Those seen within a day, the longest at work first. */
export async function workers(db: Connection): Promise<Worker[]> {
  const rows = await db.execute<Worker>(sql`
    select id, version, started_at as "startedAt", seen_at as "seenAt", swept_at as "sweptAt" from worker_seen
    order by started_at, id`)
  return rows.map((row) => ({
    ...row,
    startedAt: iso(row.startedAt),
    seenAt: iso(row.seenAt),
    sweptAt: iso(row.sweptAt),
  }))
}

export type GivenUp = {
  queue: string
  key: string
  payload: FailedJob['payload']
  attempts: number
  /** As it may be shown. */
  error: string
  at: Date
}

/** A job was given up. One that was before is counted, not written twice. */
export const noteGivenUp = (db: Connection, { queue, key, payload, attempts, error, at }: GivenUp) =>
  db.execute(sql`
    insert into failed_job (id, queue, key, payload, attempts, error, first_at, last_at)
    values (${newId(at.getTime())}, ${queue}, ${key}, ${JSON.stringify(payload)}::text::jsonb, ${attempts}, ${error},
      ${at.toISOString()}, ${at.toISOString()})
    on conflict (queue, key) where settled is null do update
      set payload = excluded.payload, attempts = excluded.attempts, error = excluded.error, last_at = excluded.last_at,
        times = failed_job.times + 1`)

/** Open ones, the latest first. */
export async function failedJobs(db: Connection, after: Place | null, limit: number): Promise<FailedJob[]> {
  const from = after ? sql`and (last_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  const rows = await db.execute<FailedJob>(sql`
    select id, queue, payload, attempts, times, error, first_at as "firstAt", last_at as "lastAt" from failed_job
    where settled is null ${from} order by last_at desc, id desc limit ${limit}`)
  return rows.map((row) => ({ ...row, firstAt: iso(row.firstAt), lastAt: iso(row.lastAt) }))
}

type Settled = { queue: string; payload: FailedJob['payload']; settled: 'retried' | 'discarded' }

/** One statement: of two who press together one settles it, and `first` says who. Null: there is none of this id. */
export async function settleJob(
  db: Connection,
  id: string,
  settled: Settled['settled'],
  at: Date,
): Promise<(Settled & { first: boolean }) | null> {
  const [done] = await db.execute<Settled>(sql`
    update failed_job set settled = ${settled}, settled_at = ${at.toISOString()}
    where id = ${id} and settled is null returning queue, payload, settled`)
  if (done) return { ...done, first: true }
  const [before] = await db.execute<Settled>(
    sql`select queue, payload, settled from failed_job where id = ${id} and settled is not null`,
  )
  return before ? { ...before, first: false } : null
}

export async function pruneSystem(db: Connection, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms).toISOString()
  await db.execute(sql`delete from worker_seen where seen_at < ${before(FORGOTTEN_MS)}`)
  await db.execute(sql`
    delete from failed_job where (settled is null and last_at < ${before(OPEN_MS)}) or settled_at < ${before(SETTLED_MS)}`)
}

/** Open ones by queue. */
export async function failedCounts(db: Connection): Promise<Map<string, number>> {
  const rows = await db.execute<{ queue: string; count: number }>(
    sql`select queue, count(*)::int as count from failed_job where settled is null group by 1`,
  )
  return new Map(rows.map(({ queue, count }) => [queue, count]))
}

/** The database's own version and size. */
export async function serverFacts(db: Connection): Promise<{ version: string; bytes: number }> {
  const [row] = await db.execute<{ version: string; bytes: number }>(sql`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes`)
  return row! // one row, always
}

/** Held back are at most so many that are counted. */
const MOST_HELD = 1_000

/** How far readers of the event log are kept behind: they read below the oldest transaction that still runs. */
export async function logFacts(db: Connection): Promise<System['log']> {
  const [row] = await db.execute<{ newest: string | null; held: number; since: string | null }>(sql`
    with behind as (select e.at from brand b cross join lateral (
      select at from event where brand_id = b.id and xid >= pg_snapshot_xmin(pg_current_snapshot())
      order by xid, id limit ${MOST_HELD}) e),
    newest as (select e.at from brand b cross join lateral (
      select at from event where brand_id = b.id order by xid desc, id desc limit 1) e)
    select (select max(at) from newest) as newest, (select count(*)::int from behind) as held,
      (select min(at) from behind) as since`)
  return { newestAt: iso(row?.newest ?? null), heldBack: row?.held ?? 0, heldBackSince: iso(row?.since ?? null) }
}

export async function mailFacts(db: Connection): Promise<{ waiting: number; failed: number }> {
  const [row] = await db.execute<{ waiting: number; failed: number }>(sql`
    select count(*) filter (where state in ('waiting', 'sending'))::int as waiting,
      count(*) filter (where state = 'failed')::int as failed from mail`)
  return row! // two counts
}
