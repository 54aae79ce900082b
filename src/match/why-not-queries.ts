import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { Account } from './need.ts'

/** So many people of one name are answered for at once. */
export const MOST_NAMED = 5

export type Named = { id: string; name: string; joinedAt: Date }

/** Members whose name holds these words, whatever their case, and one more than are answered for. */
export async function membersNamed(tx: BrandTx, name: string): Promise<Named[]> {
  const rows = await tx.execute<{ id: string; name: string; joined_at: string }>(sql`
    select id, name, joined_at from member where position(lower(${name}) in lower(name)) > 0
    order by length(name), name, id limit ${MOST_NAMED + 1}`)
  return rows.map(({ id, name, joined_at }) => ({ id, name, joinedAt: new Date(joined_at) }))
}

/** Null: there is no such mention. */
export async function authorOf(tx: BrandTx, mentionId: string): Promise<Account | null> {
  const [row] = await tx.execute<Account>(
    sql`select network, author_handle as handle, author_id as id from mention where id = ${mentionId}`,
  )
  return row ?? null
}

/** What the log and the rows that stay tell of a member at an instant. `paused` null: the log does not say. */
export type Told = { passed: boolean; blocked: boolean; load: number; paused: boolean | null }

/**
 * An offer that was made again since is known from its last time only, so that `load` may be too small by such; a break
 * is known from the change before the instant, or else from the one after it.
 */
export async function toldOf(tx: BrandTx, mentionId: string, memberId: string, at: Date): Promise<Told> {
  const then = at.toISOString()
  const [row] = await tx.execute<Told>(sql`
    with pause as (
      select at, (data->>'paused')::boolean as paused from event
      where kind = 'member.changed' and member_ids @> array[${memberId}::uuid] and data ? 'paused'
    )
    select exists (select 1 from offer where mention_id = ${mentionId} and member_id = ${memberId}
        and state in ('passed', 'expired') and closed_at <= ${then}) as passed,
      exists (select 1 from avoided_author a join mention m on m.id = ${mentionId}
        where a.member_id = ${memberId} and a.at <= ${then}
          and (a.network, a.instance, a.author_id) = (m.network, m.instance, m.author_id)) as blocked,
      (select count(*)::int from offer where member_id = ${memberId} and offered_at < ${then}
        and (closed_at is null or closed_at > ${then})) as load,
      coalesce((select paused from pause where at <= ${then} order by at desc limit 1),
        (select not paused from pause where at > ${then} order by at limit 1)) as paused`)
  return row! // a select without from has one row
}
