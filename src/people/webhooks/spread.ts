import { sql } from 'drizzle-orm'
import { asColumns } from '../../db/as-columns.ts'
import type { BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import { RANKS } from '../../db/schema/people.ts'
import { newId } from '../../domain/id.ts'
import { kindsFor, TOLD_AS } from '../../domain/webhooks.ts'

/** Events read at once, and how often in one sweep; the next goes on. */
const PAGE = 1_000
const PAGES = 10

type Target = { id: string; types: string[]; xid: string; id_read: string }
type Event = { xid: string; id: string; kind: string; data: Record<string, unknown>; answered: boolean; floor: string }

/**
 * Makes deliveries of the events that each open target was not told of yet. How far it was read is written in the same
 * transaction, and an event makes one delivery a target and type, so that nothing is told twice and nothing left out.
 * @returns ids of the targets that have something new
 */
export async function spreadEvents(tx: BrandTx, now: Date): Promise<string[]> {
  const targets = await tx.execute<Target>(sql`
    select id, types, read_xid::text as xid, read_id::text as id_read from webhook_target
    where state = 'on' order by id for update skip locked`)
  const told: string[] = []
  for (const target of targets) if (await spreadTo(tx, target, now)) told.push(target.id)
  return told
}

async function spreadTo(tx: BrandTx, target: Target, now: Date): Promise<boolean> {
  let [place, made] = [{ xid: target.xid, id: target.id_read }, 0]
  for (let pages = 0; pages < PAGES; pages++) {
    const { events, upTo } = await readOn(tx, place, kindsFor(target.types))
    made += await storeDeliveries(tx, target, events, now)
    place = upTo
    if (events.length < PAGE) break
  }
  if (place.xid !== target.xid || place.id !== target.id_read)
    await tx.execute(sql`
      update webhook_target set read_xid = ${place.xid}::xid8, read_id = ${place.id}::bigint where id = ${target.id}`)
  return made > 0
}

type Place = { xid: string; id: string }

/** Events of some kinds after a place, below the oldest transaction that is still running (see `src/live/queries.ts`). */
async function readOn(tx: BrandTx, after: Place, kinds: readonly string[]): Promise<{ events: Event[]; upTo: Place }> {
  const rows = await tx.execute<Event | { xid: null; floor: string }>(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as floor, e.*
    from (select) now left join lateral (
      select e.xid::text, e.id::text, e.kind, e.data, exists (select 1 from escalation c
        where c.mention_id = e.mention_id and c.state = 'answered' and c.closed_at = e.at) as answered
      from event e
      where (e.xid, e.id) > (${after.xid}::xid8, ${after.id}::bigint)
        and e.xid < pg_snapshot_xmin(pg_current_snapshot()) and e.kind = any(${textArray(kinds)}::text[])
      order by e.xid, e.id limit ${PAGE}
    ) e on true`)
  const events = rows.flatMap((row) => (row.xid === null ? [] : [row]))
  const last = events.at(-1)
  if (last && events.length === PAGE) return { events, upTo: { xid: last.xid, id: last.id } }
  return { events, upTo: { xid: rows[0]!.floor, id: '0' } } // the join gives a row even when there is no event
}

/** Which types one event is told as. */
function typesOf({ kind, data, answered }: Event): readonly string[] {
  const types = TOLD_AS[kind] ?? []
  if (kind === 'reply.sent') return answered ? types : ['reply.sent']
  return kind === 'member.changed' && !isPromotion(data) ? [] : types
}

const RANK_NAMES: readonly unknown[] = RANKS
const isPromotion = ({ rank, was }: Record<string, unknown>): boolean =>
  RANK_NAMES.includes(was) && RANK_NAMES.indexOf(rank) > RANK_NAMES.indexOf(was)

async function storeDeliveries(
  tx: BrandTx,
  { id: targetId, types }: Target,
  events: readonly Event[],
  now: Date,
): Promise<number> {
  const wanted = events.flatMap((event) =>
    typesOf(event).flatMap((type) => (types.includes(type) ? [{ ...event, type }] : [])),
  )
  if (wanted.length === 0) return 0
  const rows = asColumns(wanted, {
    delivery: { type: 'uuid', of: () => newId(now.getTime()) },
    kind: { type: 'text', of: ({ type }) => type },
    event_xid: { type: 'xid8', of: ({ xid }) => xid },
    event_id: { type: 'bigint', of: ({ id }) => id },
  })
  const made = await tx.execute(sql`
    insert into webhook_delivery (id, target_id, type, event_xid, event_id, next_at, at)
    select delivery, ${targetId}::uuid, kind, event_xid, event_id, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from ${rows} on conflict do nothing returning 1`)
  return made.length
}
