import { type SQL, sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx, Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'
import { ANGRY_FROM } from '../domain/classification.ts'
import { newId } from '../domain/id.ts'
import type { Look, Usual } from './storm.ts'
import { nameOf, type StormKind, type Topic } from './topics.ts'

export type OpenStorm = Topic & { id: string; beganAt: Date; calmSince: Date | null }
type OpenRow = { id: string; kind: StormKind; key: string; began_at: string; calm_since: string | null }

/** Storms that last, those of one text first: of several that a mention is of, it is counted to the narrowest. */
export async function openStorms(tx: BrandTx): Promise<OpenStorm[]> {
  const rows = await tx.execute<OpenRow>(sql`${KEPT}
    select id, kind, key, began_at, calm_since from storm where ended_at is null
    order by array_position(array['cluster', 'skill', 'anger'], kind), began_at, id`)
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, key: row.key },
    beganAt: new Date(row.began_at),
    calmSince: row.calm_since === null ? null : new Date(row.calm_since),
  }))
}

/** Adds to the counts; minutes keep the rows few. */
export async function addCounts(
  tx: BrandTx,
  counts: readonly { topic: string; at: Date; posts: number }[],
): Promise<void> {
  if (counts.length === 0) return
  const rows = asColumns(counts, {
    topic: { type: 'text', of: (row) => row.topic },
    at: { type: 'timestamptz', of: (row) => row.at },
    posts: { type: 'int', of: (row) => row.posts },
  })
  await tx.execute(sql`${KEPT} insert into topic_count (topic, at, posts) select topic, at, posts from ${rows}`)
}

/** Posts by topic written after `from` and not after `to`. */
export async function countsIn(tx: BrandTx, from: Date, to: Date): Promise<Map<string, number>> {
  const rows = await tx.execute<{ topic: string; posts: number }>(sql`${KEPT}
    select topic, sum(posts)::int as posts from topic_count
    where at > ${from.toISOString()} and at <= ${to.toISOString()} group by topic`)
  return new Map(rows.map(({ topic, posts }) => [topic, posts]))
}

/** The minute of the oldest count there is; null: nothing was counted in the last day. */
export async function firstCount(tx: BrandTx): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`select min(at) as at from topic_count`)
  return row?.at ? new Date(row.at) : null
}

/** Posts of each slot of `ms` beginning at `from`, before `to`, by topic; clusters have no past and are left out. */
export async function countsBySlot(
  tx: BrandTx,
  from: Date,
  to: Date,
  ms: number,
): Promise<{ topic: string; slot: number; posts: number }[]> {
  return tx.execute<{ topic: string; slot: number; posts: number }>(sql`
    select topic, floor(extract(epoch from at - ${from.toISOString()}::timestamptz) * 1000 / ${ms}::int)::int as slot,
      sum(posts)::int as posts from topic_count
    where at >= ${from.toISOString()} and at < ${to.toISOString()} and topic not like 'cluster:%' group by 1, 2`)
}

export type Known = Usual & { since: Date; until: Date }

export async function whatIsUsual(tx: BrandTx): Promise<Map<string, Known>> {
  const rows = await tx.execute<Usual & { topic: string; since: string; until: string }>(
    sql`${KEPT} select topic, posts, slots, since, until from topic_usual`,
  )
  return new Map(
    rows.map(({ topic, posts, slots, since, until }) => [
      topic,
      { posts, slots, since: new Date(since), until: new Date(until) },
    ]),
  )
}

/** Keeps what was learned up to `until`; of two who learned the same slots the second changes nothing. */
export async function keepUsual(
  tx: BrandTx,
  known: ReadonlyMap<string, Usual & { since: Date }>,
  until: Date,
): Promise<void> {
  const rows = asColumns([...known].sort(byTopic), {
    topic: { type: 'text', of: ([topic]) => topic },
    posts: { type: 'float8', of: ([, one]) => one.posts },
    slots: { type: 'float8', of: ([, one]) => one.slots },
    since: { type: 'timestamptz', of: ([, one]) => one.since },
  })
  await tx.execute(sql`
    insert into topic_usual as u (topic, posts, slots, since, until)
    select topic, posts, slots, since, ${until.toISOString()} from ${rows}
    on conflict (brand_id, topic) do update set posts = excluded.posts, slots = excluded.slots, until = excluded.until
    where u.until < excluded.until`)
}

const byTopic = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/**
 * Begins a storm unless it lasts already or a person ended it a moment ago. One statement: of two workers who see it
 * begin together one gets its id, the other null.
 */
export async function insertStorm(
  tx: BrandTx,
  { kind, key }: Topic,
  { seen, usual, chance }: Look,
  at: Date,
  notEndedSince: Date,
): Promise<string | null> {
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into storm (id, kind, key, seen, usual, chance, began_at)
    select ${newId(at.getTime())}::uuid, ${kind}, ${key}, ${seen}::int, ${usual}::float8, ${chance}::float8,
      ${at.toISOString()}::timestamptz
    where not exists (select 1 from storm where kind = ${kind} and key = ${key} and ended_by <> 'system'
      and ended_at > ${notEndedSince.toISOString()})
    on conflict (brand_id, kind, key) where ended_at is null do nothing returning id`)
  return row?.id ?? null
}

/** Ends a storm that lasts. Of two who end it together one gets true. */
export async function closeStorm(tx: BrandTx, id: string, by: string, at: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    update storm set ended_at = ${at.toISOString()}, ended_by = ${by} where id = ${id} and ended_at is null returning id`)
  return rows.length > 0
}

export const setCalm = (tx: BrandTx, id: string, since: Date | null) =>
  tx.execute(sql`
    update storm set calm_since = ${since?.toISOString() ?? null}::timestamptz where id = ${id} and ended_at is null`)

/** What of a mention makes it of the topic; `isOf` in `topics.ts` says the same. */
function coveredBy({ kind, key }: Topic): SQL {
  if (kind === 'cluster') return sql`m.cluster_id = ${key}::uuid`
  if (kind === 'skill')
    return sql`(c.result -> 'skills')::jsonb @> ${JSON.stringify([{ skill: key }])}::text::jsonb
      and (c.intent <> 'praise' or c.sentiment = 'negative' or c.anger >= ${ANGRY_FROM})`
  return sql`(c.anger >= ${ANGRY_FROM} or c.sentiment = 'negative')`
}

const NOT_HELD = sql`not exists (select 1 from storm s where s.id = m.storm_id and s.ended_at is null)`

/** Locks mentions of the storm that wait for a member or are offered to some, and that no storm holds back yet. */
export const lockAtLarge = (tx: BrandTx, topic: Topic, limit: number): Promise<{ id: string; state: string }[]> =>
  tx.execute<{ id: string; state: string }>(sql`
    select m.id, m.state from mention m left join classification c on c.mention_id = m.id
    where m.state in ('offered', 'triaged') and ${coveredBy(topic)} and ${NOT_HELD}
    order by m.id limit ${limit} for update of m skip locked`)

/** Counts to the storm what came shortly before it and is with staff or with somebody who answers it. */
export const gatherEarlier = (tx: BrandTx, storm: Topic & { id: string }, since: Date) =>
  tx.execute(sql`
    update mention set storm_id = ${storm.id} where id in (
      select m.id from mention m left join classification c on c.mention_id = m.id
      where m.received_at > ${since.toISOString()} and m.state in ('claimed', 'escalated', 'triage', 'replied')
        and ${coveredBy(storm)} and ${NOT_HELD}
      order by m.id for update of m skip locked)`)

export async function setStorm(tx: BrandTx, rows: readonly { mentionId: string; stormId: string }[]): Promise<void> {
  if (rows.length === 0) return
  const of = asColumns(rows, {
    id: { type: 'uuid', of: (row) => row.mentionId },
    storm: { type: 'uuid', of: (row) => row.stormId },
  })
  await tx.execute(sql`${KEPT} update mention set storm_id = t.storm from ${of} where mention.id = t.id`)
}

/** What waits in a storm: held back from members, and not yet with staff. */
export async function heldIn(tx: BrandTx, stormId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from mention where storm_id = ${stormId} and state = 'triaged' order by state_at, id`,
  )
  return rows.map(({ id }) => id)
}

/** Gives to a storm that lasts what of these waiting mentions it covers too. @returns which */
export async function takeOver(
  tx: BrandTx,
  storm: Topic & { id: string },
  mentionIds: readonly string[],
): Promise<string[]> {
  if (mentionIds.length === 0) return []
  const rows = await tx.execute<{ id: string }>(sql`
    update mention set storm_id = ${storm.id} where id in (
      select m.id from mention m left join classification c on c.mention_id = m.id
      where m.id = any(${textArray(mentionIds)}::uuid[]) and m.state = 'triaged' and ${coveredBy(storm)}
      order by m.id for update of m) returning id`)
  return rows.map(({ id }) => id)
}

export const pruneCounts = (db: Db, before: Date) =>
  db.execute(sql`delete from topic_count where at < ${before.toISOString()}`)

/** Posts of one topic by slot of `ms`, for a chart. */
export const seriesOf = (tx: BrandTx, topic: Topic, from: Date, to: Date, ms: number) =>
  tx.execute<{ slot: number; posts: number }>(sql`
    select floor(extract(epoch from at - ${from.toISOString()}::timestamptz) * 1000 / ${ms}::int)::int as slot,
      sum(posts)::int as posts from topic_count
    where topic = ${nameOf(topic)} and at >= ${from.toISOString()} and at < ${to.toISOString()} group by 1 order by 1`)
