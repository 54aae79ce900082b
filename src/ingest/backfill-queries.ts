import { and, desc, eq, sql } from 'drizzle-orm'
import type { BrandTx, Db } from '../db/client.ts'
import { backfill } from '../db/schema/backfill.ts'
import type { BackfillRow } from './backfill.ts'
import { USUAL_DAYS } from './silence.ts'

export type NewBackfill = Pick<BackfillRow, 'id' | 'sourceId' | 'since' | 'until' | 'capMicroUsd' | 'by' | 'askedAt'>

/** Asks for one unless one of its source is under way: of two who ask together, one gets false. */
export async function insertBackfill(tx: BrandTx, ask: NewBackfill): Promise<boolean> {
  const made = await tx
    .insert(backfill)
    .values({ ...ask, state: 'running', nextAt: ask.askedAt })
    .onConflictDoNothing({ target: backfill.sourceId, where: sql`state = 'running'` })
    .returning({ id: backfill.id })
  return made.length > 0
}

export async function backfillById(tx: BrandTx, id: string): Promise<BackfillRow | null> {
  const [row] = await tx.select().from(backfill).where(eq(backfill.id, id))
  return row ?? null
}

/** The newest backfill of each source, or of one; those nobody waits for any more are left out. */
export const latestBackfills = (tx: BrandTx, sourceId: string | null = null): Promise<BackfillRow[]> =>
  tx
    .selectDistinctOn([backfill.sourceId])
    .from(backfill)
    .where(sourceId === null ? undefined : eq(backfill.sourceId, sourceId))
    .orderBy(backfill.sourceId, desc(backfill.askedAt), desc(backfill.id))

/** A worker goes on with it until `lease`, and nobody else meanwhile. @returns null: it is over, waits, or another has it */
export async function takeUp(tx: BrandTx, id: string, now: Date, lease: Date): Promise<BackfillRow | null> {
  const [row] = await tx
    .update(backfill)
    .set({ nextAt: lease })
    .where(and(eq(backfill.id, id), eq(backfill.state, 'running'), sql`${backfill.nextAt} <= ${now.toISOString()}`))
    .returning()
  return row ?? null
}

/** Locks it for the length of a page. @returns whether it still runs, and is still ours by the lease we took */
export async function isHeld(tx: BrandTx, id: string, lease: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: backfill.id })
    .from(backfill)
    .where(and(eq(backfill.id, id), eq(backfill.state, 'running'), eq(backfill.nextAt, lease)))
    .for('update')
  return rows.length > 0
}

export type Step = {
  /** Undefined: stays where it is. */
  cursor?: string | null
  reachedAt?: Date | null
  oldestAt?: Date | null
  found?: number
  stored?: number
  known?: number
  requests: number
  microUsd: number
  nextAt: Date
  failures: number
  trouble: string | null
  /** Undefined: as it was. */
  gap?: string | null
  ends?: 'done' | 'stopped'
}

/** One page further, or one failure more: by whoever holds it. */
export async function keepStep(tx: BrandTx, id: string, step: Step, now: Date): Promise<void> {
  const { cursor, reachedAt, oldestAt, found = 0, stored = 0, known = 0, requests, microUsd, ends, ...next } = step
  await tx
    .update(backfill)
    .set({
      ...next,
      putOff: null,
      ...(cursor !== undefined && { cursor }),
      ...(reachedAt && { reachedAt }),
      ...(oldestAt && { oldestAt: sql`least(${backfill.oldestAt}, ${oldestAt.toISOString()}::timestamptz)` }),
      ...(ends && { state: ends, endedAt: now }),
      found: sql`${backfill.found} + ${found}`,
      stored: sql`${backfill.stored} + ${stored}`,
      known: sql`${backfill.known} + ${known}`,
      requests: sql`${backfill.requests} + ${requests}`,
      microUsd: sql`${backfill.microUsd} + ${microUsd}`,
    })
    .where(eq(backfill.id, id))
}

/** The budget keeps it from asking until then. */
export const putOffBackfill = (tx: BrandTx, id: string, { why, nextAt }: { why: string; nextAt: Date }) =>
  tx.update(backfill).set({ putOff: why, nextAt }).where(eq(backfill.id, id))

/** Ends that of a source which is under way, and says what is missing of what it has read. @returns its id; null: there was none */
export async function endBackfill(
  tx: BrandTx,
  sourceId: string,
  end: { state: 'stopped' | 'cancelled'; trouble: string | null; at: Date },
): Promise<string | null> {
  const withGap = sql`nullif(concat_ws(' ', ${end.trouble}::text, replace(${backfill.gap}, E'\\n', ' ')), '')`
  const [row] = await tx
    .update(backfill)
    .set({ state: end.state, trouble: withGap, putOff: null, endedAt: end.at })
    .where(and(eq(backfill.sourceId, sourceId), eq(backfill.state, 'running')))
    .returning({ id: backfill.id })
  return row?.id ?? null
}

/** Those that can go on: what is new goes before what is old, so those whose source is in trouble wait. Across brands. */
export async function dueBackfills(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ brandId: string; backfillId: string }[]> {
  return db.execute<{ brandId: string; backfillId: string }>(sql`
    select b.brand_id as "brandId", b.id as "backfillId" from backfill b join source s on s.id = b.source_id
    where b.state = 'running' and b.next_at <= ${now.toISOString()}
      and s.state = 'on' and s.trouble is null and s.put_off is null
    order by b.next_at limit ${limit}`)
}

/**
 * What a day of listening has cost of late, in millionths of a dollar: of the days before today, less what backfills cost.
 * Sources without such a day are left out.
 */
export async function usualCosts(tx: BrandTx, now: Date): Promise<ReadonlyMap<string, number>> {
  const today = sql`(${now.toISOString()}::timestamptz at time zone 'utc')::date`
  const rows = await tx.execute<{ sourceId: string; microUsd: number }>(sql`
    select d.source_id as "sourceId", greatest(0, sum(d.micro_usd) - coalesce((
        select sum(b.micro_usd) from backfill b where b.source_id = d.source_id and b.asked_at >= ${today} - ${USUAL_DAYS}::int
      ), 0))::float8 / (${today} - min(d.day)) as "microUsd"
    from source_day d where d.day >= ${today} - ${USUAL_DAYS}::int and d.day < ${today} group by d.source_id`)
  return new Map(rows.map(({ sourceId, microUsd }) => [sourceId, microUsd]))
}
