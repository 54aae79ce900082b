import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import { asFacts, type Past } from '../backtest.ts'
import type { Period } from '../backtest-queries.ts'

const byRules = sql`d.by = 'policy' and d.blanked_at is null`

/**
 * Ids of at most `most` decisions of a period in an order that has nothing to do with when or what, so that any first
 * part of it is a fair draw, and the same draw the next time: the last digits of our ids are random (RFC 9562).
 * The index `decision_drawn` has them in that order.
 */
export async function drawnIds(tx: BrandTx, period: Period, most: number): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(draw(period, most))
  return rows.map(({ id }) => id)
}

export const draw = ({ since, until }: Period, most: number): SQL => sql`
    select d.id from decision d
    where ${byRules} and d.at >= ${since.toISOString()} and d.at < ${until.toISOString()}
    order by right(d.id::text, 12), d.id limit ${most}`

/** Statements of this transaction that take longer fail, as `gaveUp` knows. */
export const giveUpAfter = (tx: BrandTx, ms: number): Promise<unknown> =>
  tx.execute(sql`select set_config('statement_timeout', ${String(ms)}, true)`)

/** Whether a statement was given up because it took too long (query_canceled). */
export const gaveUp = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code === '57014'

export async function pastByIds(tx: BrandTx, ids: readonly string[]): Promise<Past[]> {
  const rows = await tx.execute<{ id: string; at: string; mention_id: string; facts: Record<string, unknown> }>(sql`
    select d.id, d.at, d.mention_id, d.facts from decision d
    where ${byRules} and d.id = any(${textArray(ids)}::uuid[])`)
  return rows.map(({ id, at, mention_id, facts }) => ({
    ...{ id, at: new Date(at), mentionId: mention_id },
    facts: asFacts(facts),
  }))
}

/** What the rules last decided a mention on, with its text; null: they never did, or it is gone at its network or hidden. */
export async function pastOfMention(tx: BrandTx, mentionId: string): Promise<{ past: Past; text: string } | null> {
  const [row] = await tx.execute<{ id: string; at: string; facts: Record<string, unknown>; text: string }>(sql`
    select d.id, d.at, d.facts, m.text from decision d join mention m on m.id = d.mention_id
    where ${byRules} and d.mention_id = ${mentionId} and m.state not in ('hidden', 'withdrawn') order by d.at desc, d.id desc limit 1`)
  return row
    ? { past: { id: row.id, at: new Date(row.at), mentionId, facts: asFacts(row.facts) }, text: row.text }
    : null
}

export type TraceableRow = { mention_id: string; at: string; text: string; network: string; author_handle: string }

/** Searched are so many of the latest, so that no search reads a year. */
const SEARCHED = 5_000
/** So many that hold the words are looked through for such as show them. */
const LOOKED_THROUGH = 500

/**
 * The latest mentions that the rules decided, newest first, their texts masked. `words`: only such that show these; what
 * is blanked cannot be found, or it could be spelled out (U7).
 */
export async function traceable(
  tx: BrandTx,
  words: string | null,
  { limit, mask }: { limit: number; mask: (text: string) => string },
): Promise<TraceableRow[]> {
  const rows = await decidedWith(tx, words, words === null ? limit : LOOKED_THROUGH)
  const asked = words?.toLowerCase() ?? ''
  return rows
    .map((row) => ({ ...row, text: mask(row.text) }))
    .filter(({ text }) => text.toLowerCase().includes(asked))
    .slice(0, limit)
}

function decidedWith(tx: BrandTx, words: string | null, limit: number): Promise<TraceableRow[]> {
  const has: SQL = words === null ? sql`true` : sql`position(lower(${words}) in lower(m.text)) > 0`
  return tx.execute<TraceableRow>(sql`
    select m.id as mention_id, d.at, m.text, m.network, m.author_handle
    from (select d.mention_id, d.at from decision d where ${byRules} order by d.at desc limit ${SEARCHED}) d
    join mention m on m.id = d.mention_id
    where m.state not in ('hidden', 'withdrawn') and ${has} order by d.at desc limit ${limit}`)
}
