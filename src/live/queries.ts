import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { isAfter, type Position } from './position.ts'

/** An event of the log as the streams need it; `time` as PostgreSQL writes it. */
export type Logged = { at: Position; kind: string; mentionId: string | null; memberIds: string[] | null; time: string }

/** What was written after a place, in order. */
export type Reading = {
  events: Logged[]
  /** Everything up to here has been read, whoever commits what from now on. */
  upTo: Position
  /** More is there than the limit let through. */
  more: boolean
  /** Later events are there whose turn has not come: a transaction that began before theirs is still running. */
  heldBack: boolean
}

type Row = { xid: string; id: string; kind: string; mention_id: string | null; member_ids: string[] | null; at: string }

/**
 * Reads on after a place, below the oldest transaction still running: whatever commits later comes after all that was
 * read, so nothing is skipped and nothing comes twice. After null it reads nothing and says where now is.
 */
export async function readOn(tx: BrandTx, after: Position | null, limit: number): Promise<Reading> {
  const rows = await tx.execute<{ xmin: string } & (Row | { [key in keyof Row]: null })>(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, e.*
    from (select) now left join lateral (
      select xid::text, id::text, kind, mention_id, member_ids, at from event
      where (xid, id) > (${after?.xid.toString() ?? '0'}::xid8, ${after?.id.toString() ?? '0'}::bigint)
      order by event.xid, event.id limit ${after === null ? 0 : limit}
    ) e on true`)
  const floor = { xid: BigInt(rows[0]!.xmin), id: 0n } // the join gives a row even when there is no event
  const found = rows.flatMap((row) => (row.xid === null ? [] : [toLogged(row)]))
  const events = found.filter(({ at }) => at.xid < floor.xid)
  const heldBack = events.length < found.length
  const more = !heldBack && after !== null && found.length === limit
  const last = events.at(-1)
  return { events, more, heldBack, upTo: more && last ? last.at : after && isAfter(after, floor) ? after : floor }
}

/** The newest events after one place and up to another, in order; `limit` of them at most. */
export async function newestBetween(tx: BrandTx, after: Position, upTo: Position, limit: number): Promise<Logged[]> {
  const rows = await tx.execute<Row>(sql`
    select xid::text, id::text, kind, mention_id, member_ids, at from event
    where (xid, id) > (${after.xid.toString()}::xid8, ${after.id.toString()}::bigint)
      and (xid, id) <= (${upTo.xid.toString()}::xid8, ${upTo.id.toString()}::bigint)
    order by event.xid desc, event.id desc limit ${limit}`)
  return rows.map(toLogged).reverse()
}

const toLogged = (row: Row): Logged => ({
  at: { xid: BigInt(row.xid), id: BigInt(row.id) },
  kind: row.kind,
  mentionId: row.mention_id,
  memberIds: row.member_ids,
  time: row.at,
})
