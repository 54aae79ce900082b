import { type SQL, sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx, Db } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import type { backtest } from '../db/schema/backtest.ts'
import { newId } from '../domain/id.ts'
import type { Destination } from '../domain/roles.ts'
import { asFacts, type Kept, type Move, type Past, type Tally } from './backtest.ts'

/** Decisions of the rules from `since` on and before `until`: what a backtest replays. */
export type Period = { since: Date; until: Date }
/** The decision one has come to, in the order of time. */
export type PastPlace = { at: Date; id: string }

const within = ({ since, until }: Period): SQL =>
  sql`d.by = 'policy' and d.blanked_at is null and d.at >= ${since.toISOString()} and d.at < ${until.toISOString()}`

export async function countPast(tx: BrandTx, period: Period): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from decision d where ${within(period)}`)
  return row?.n ?? 0
}

type PastRow = { id: string; at: string; mention_id: string; facts: Record<string, unknown> }
const toPast = ({ id, at, mention_id, facts }: PastRow): Past => ({
  ...{ id, at: new Date(at), mentionId: mention_id },
  facts: asFacts(facts),
})

const furtherThan = (after: PastPlace | null): SQL =>
  after
    ? sql`and d.at >= ${after.at.toISOString()} and (d.at, d.id) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
    : sql``

/** The next decisions of a period, oldest first; the index `decision_recent` gives them in order. */
export async function pastPage(tx: BrandTx, period: Period, after: PastPlace | null, limit: number): Promise<Past[]> {
  const rows = await tx.execute<PastRow>(sql`
    select d.id, d.at, d.mention_id, d.facts from decision d
    where ${within(period)} ${furtherThan(after)} order by d.at, d.id limit ${limit}`)
  return rows.map(toPast)
}

/** With the skills that the classifier found, for whoever matches. */
export type PastWithSkills = Past & { found: { skill: string; weight: number }[] }

export async function pastWithSkills(
  tx: BrandTx,
  period: Period,
  after: PastPlace | null,
  limit: number,
): Promise<PastWithSkills[]> {
  const rows = await tx.execute<PastRow & { found: PastWithSkills['found'] | null }>(sql`
    select d.id, d.at, d.mention_id, d.facts, coalesce(c.guessed, c.result) -> 'skills' as found
    from decision d left join classification c on c.mention_id = d.mention_id
    where ${within(period)} ${furtherThan(after)} order by d.at, d.id limit ${limit}`)
  return rows.map((row) => ({ ...toPast(row), found: row.found ?? [] }))
}

/** The end of a period that holds its newest `most` decisions, and of those before them only such of the same instant. */
export async function latestOf(tx: BrandTx, period: Period, most: number): Promise<Period> {
  const [row] = await tx.execute<{ since: string | null }>(sql`
    select min(at) as since from (select d.at from decision d where ${within(period)} order by d.at desc limit ${most}) as late`)
  return { ...period, since: row?.since ? new Date(row.since) : period.since }
}

/**
 * How often the clock ran out, by where the rules sent a mention. Only what had a clock and whose time is over by
 * `now`; what was deleted at its network or put aside needed no answer.
 */
export function keptByPlace(tx: BrandTx, { since, until }: Period, now: Date): Promise<Kept[]> {
  return tx.execute<Kept>(sql`
    with answered as (
      select mention_id, min(at) as at from event where kind = 'reply.sent' and at >= ${since.toISOString()} group by 1
    )
    select case d.destination when 'escalation' then 'team:' || coalesce(d.action->>'team', '') else d.destination end as place,
      count(*)::int as of, count(*) filter (where a.at is null or a.at > m.due_at)::int as breached
    from decision d join mention m on m.id = d.mention_id left join answered a on a.mention_id = m.id
    where ${within({ since, until })} and d.destination <> 'ignore' and m.hand_over_at is not null
      and m.due_at <= ${now.toISOString()} and m.state not in ('hidden', 'withdrawn', 'ignored')
    group by 1 order by 1`)
}

export type NewBacktest = Period & { version: number; against: number; days: number; by: string; at: Date }

/** Asks for a backtest unless one of the brand is under way: of two who ask together, one gets null. @returns its id */
export async function insertBacktest(tx: BrandTx, ask: NewBacktest, total: number): Promise<string | null> {
  const { version, against, days, since, until, by, at } = ask
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into backtest (id, version, against, days, since, until, state, total, by, asked_at, beat_at)
    values (${newId(at.getTime())}, ${version}, ${against}, ${days}, ${since.toISOString()}, ${until.toISOString()},
      'waiting', ${total}, ${by}, ${at.toISOString()}, ${at.toISOString()})
    on conflict (brand_id) where state in ('waiting', 'running') do nothing
    returning id`)
  return row?.id ?? null
}

/** Of each brand the newest `keep` stay; what moved under the others goes with them. */
export async function forgetOld(tx: BrandTx, keep: number): Promise<void> {
  await tx.execute(sql`
    with old as (
      delete from backtest where state not in ('waiting', 'running') and id not in (
        select id from backtest order by asked_at desc, id desc limit ${keep})
      returning id
    ) delete from backtest_move where backtest_id in (select id from old)`)
}

export type BacktestRow = Omit<typeof backtest.$inferSelect, 'tally' | 'outlook' | 'brandId'> & {
  tally: Tally | null
  outlook: unknown
}

const COLUMNS = sql`id, version, against, days, since, until, state, total, seen, place_at as "placeAt", place_id as "placeId",
  tally, outlook, by, asked_at as "askedAt", beat_at as "beatAt", ended_at as "endedAt", attempts, trouble`

const dated = <T>(row: T): T => {
  const copy = { ...row } as Record<string, unknown>
  for (const key of ['since', 'until', 'placeAt', 'askedAt', 'beatAt', 'endedAt'])
    if (typeof copy[key] === 'string') copy[key] = new Date(copy[key])
  return copy as T
}

export async function backtestById(tx: BrandTx, id: string): Promise<BacktestRow | null> {
  const [row] = await tx.execute<BacktestRow>(sql`select ${COLUMNS} from backtest where id = ${id}`)
  return row ? dated(row) : null
}

/** Backtests of a version, newest first. */
export async function backtestsOf(tx: BrandTx, version: number): Promise<BacktestRow[]> {
  const rows = await tx.execute<BacktestRow>(sql`
    select ${COLUMNS} from backtest where version = ${version} order by asked_at desc, id desc limit 10`)
  return rows.map(dated)
}

/** A worker begins, or goes on where another was killed. @returns null: there is nothing left to do on it */
export async function takeUp(tx: BrandTx, id: string, at: Date): Promise<BacktestRow | null> {
  const [row] = await tx.execute<BacktestRow>(sql`
    update backtest set state = 'running', attempts = attempts + 1, beat_at = ${at.toISOString()}
    where id = ${id} and state in ('waiting', 'running') returning ${COLUMNS}`)
  return row ? dated(row) : null
}

/** The backtest, held for one page. Null: it is over, or another worker has it. */
export async function holdBacktest(tx: BrandTx, id: string): Promise<BacktestRow | null> {
  const [row] = await tx.execute<BacktestRow>(sql`
    select ${COLUMNS} from backtest where id = ${id} and state = 'running' for update skip locked`)
  return row ? dated(row) : null
}

/** How far it has come, by whoever holds it. A page done is a try that worked. */
export async function keepProgress(
  tx: BrandTx,
  id: string,
  { seen, tally, place, at }: { seen: number; tally: Tally; place: PastPlace; at: Date },
): Promise<void> {
  await tx.execute(sql`
    update backtest set seen = ${seen}, tally = ${asJson(tally)}, place_at = ${place.at.toISOString()}, place_id = ${place.id},
      beat_at = ${at.toISOString()}, attempts = 1
    where id = ${id}`)
}

/** Says that a worker is still at it. @returns false: it was cancelled meanwhile */
export async function beat(tx: BrandTx, id: string, at: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    update backtest set beat_at = ${at.toISOString()} where id = ${id} and state = 'running' returning id`)
  return rows.length > 0
}

/** Ends it, once. `outlook` null: it was not reached. @returns its version; null: it had ended before */
export async function endBacktest(
  tx: BrandTx,
  id: string,
  end: { state: 'done' | 'failed' | 'cancelled'; outlook?: unknown; trouble?: string; at: Date },
): Promise<{ version: number } | null> {
  const [row] = await tx.execute<{ version: number }>(sql`
    update backtest set state = ${end.state}, outlook = ${end.outlook === undefined ? null : asJson(end.outlook)},
      trouble = ${end.trouble ?? null}, ended_at = ${end.at.toISOString()}
    where id = ${id} and state in ('waiting', 'running') returning version`)
  return row ?? null
}

/** The `select` keeps the driver from making JSON of JSON, and the planner from reading it for itself. */
const asJson = (value: unknown): SQL => sql`(select ${JSON.stringify(value)}::text)::jsonb`

/** Backtests on which nobody has got on; across brands, for the sweep. */
export async function silentBacktests(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ brandId: string; backtestId: string }[]> {
  const rows = await db.execute<{ brand_id: string; id: string }>(sql`
    select brand_id, id from backtest where state in ('waiting', 'running') and beat_at < ${before.toISOString()} limit ${limit}`)
  return rows.map((row) => ({ brandId: row.brand_id, backtestId: row.id }))
}

export async function insertMoves(tx: BrandTx, backtestId: string, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  const rows = asColumns(moves, {
    at: { type: 'timestamptz', of: ({ past }) => past.at },
    decision_id: { type: 'uuid', of: ({ past }) => past.id },
    mention_id: { type: 'uuid', of: ({ past }) => past.mentionId },
    went: { type: 'text', of: ({ went }) => went.destination },
    goes: { type: 'text', of: ({ goes }) => goes.destination },
  })
  await tx.execute(sql`
    insert into backtest_move (backtest_id, at, decision_id, mention_id, went, goes)
    select ${backtestId}::uuid, at, decision_id, mention_id, went, goes from ${rows}`)
}

export type MovedRow = Past & { text: string; network: string; authorHandle: string; gone: boolean }

const MOVED = sql`d.id, d.at, d.mention_id, d.facts, m.text, m.network, m.author_handle as "authorHandle",
  m.state = 'withdrawn' as gone`
type MovedFound = PastRow & Pick<MovedRow, 'text' | 'network' | 'authorHandle' | 'gone'>
const toMoved = (row: MovedFound): MovedRow => ({
  ...toPast(row),
  ...{ text: row.text, network: row.network, authorHandle: row.authorHandle, gone: row.gone },
})

/** What moved, newest first, one way only where it is said, and one more than `limit` when there are more. */
export async function movedPage(
  tx: BrandTx,
  backtestId: string,
  ask: {
    went: Destination | null
    goes: Destination | null
    limit: number
    after: { key: string; id: string } | null
  },
): Promise<MovedRow[]> {
  const { went, goes, limit, after } = ask
  const rows = await tx.execute<MovedFound>(sql`
    select ${MOVED} from (
      select * from backtest_move where backtest_id = ${backtestId}
        ${went === null ? sql`` : sql`and went = ${went}`} ${goes === null ? sql`` : sql`and goes = ${goes}`}
        ${after ? sql`and (at, decision_id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
      order by at desc, decision_id desc limit ${limit + 1}
    ) v join decision d on d.id = v.decision_id join mention m on m.id = v.mention_id
    order by v.at desc, v.decision_id desc`)
  return rows.map(toMoved)
}

/** Decisions of a sample with their mentions, newest first. */
export async function movedByIds(tx: BrandTx, decisionIds: readonly string[]): Promise<MovedRow[]> {
  if (decisionIds.length === 0) return []
  const rows = await tx.execute<MovedFound>(sql`
    select ${MOVED} from decision d join mention m on m.id = d.mention_id
    where d.id = any(${textArray(decisionIds)}::uuid[]) order by d.at desc, d.id desc`)
  return rows.map(toMoved)
}
