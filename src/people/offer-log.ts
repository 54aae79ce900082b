import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { type OpenTime, recordOpenTimes } from './claim-hours.ts'

/** An event of the log that begins or ends offers of a mention. `until`: when each of `memberIds` was to answer by. */
export type OfferEvent = {
  kind: string
  mentionId: string
  at: Date
  memberIds: readonly string[]
  until: readonly Date[]
  /** Of a claim or a pass; null in a claim: staff gave it to somebody, and no offer was claimed. */
  memberId: string | null
}

/** An offer that the log began and did not end, by the log. It lapsed, unless its row says that it is open still. */
export type LeftOpen = { mentionId: string; memberId: string; offeredAt: Date; until: Date }

/** Events with which all offers of a mention end; an offer nobody answered ends without one, when its time is up. */
const ENDING = ['mention.escalated', 'mention.held', 'mention.withdrawn', 'reply.sent', 'mention.claimed']

/**
 * How long offers of one mention stood open, from its events in the order of the log. Pure: what `recordOpenTimes` was
 * given while it happened.
 */
export function replayOffers(events: readonly OfferEvent[]): { times: OpenTime[]; open: LeftOpen[] } {
  const times: OpenTime[] = []
  const open = new Map<string, LeftOpen>()
  const close = (memberId: string, at: Date, claimed = false): void => {
    const offer = open.get(memberId)
    if (!offer) return
    open.delete(memberId)
    const endedAt = claimed || offer.until >= at ? at : offer.until
    times.push({ memberId, offeredAt: offer.offeredAt, endedAt, claimed })
  }
  for (const { kind, mentionId, at, memberIds, until, memberId } of events) {
    if (kind === 'mention.claimed' && memberId !== null) close(memberId, at, true)
    if (kind === 'mention.passed' && memberId !== null) close(memberId, at)
    if (ENDING.includes(kind)) for (const one of [...open.keys()]) close(one, at)
    if (kind !== 'mention.offered') continue
    for (const [nth, one] of memberIds.entries()) {
      close(one, at)
      const lapses = until[nth]
      if (lapses) open.set(one, { mentionId, memberId: one, offeredAt: at, until: lapses })
    }
  }
  return { times, open: [...open.values()] }
}

type Row = {
  id: string
  kind: string
  mention_id: string
  at: string
  member_ids: string[] | null
  until: string[] | null
  member_id: string | null
}

const PAGE = 10_000

/** The first page begins below every id. */
const LOWEST = '00000000-0000-0000-0000-000000000000'

/**
 * Counts anew from the event log when members claim what they are offered, which gives the same rows. All members are
 * held meanwhile. @returns how many offers there were that have ended
 */
export async function rebuildHours(tx: BrandTx): Promise<number> {
  await tx.execute(sql`select 1 from member order by id for no key update`)
  await tx.execute(sql`delete from response_hours`)
  const known = new Set((await tx.execute<{ id: string }>(sql`select id from member`)).map(({ id }) => id))
  let counted = 0
  for await (const events of byMention(tx)) {
    const { times, open } = replayOffers(events)
    const ended = [...times, ...(await lapsed(tx, open))].filter(({ memberId }) => known.has(memberId))
    await recordOpenTimes(tx, ended)
    counted += ended.length
  }
  return counted
}

/** The events of one mention after the other. */
async function* byMention(tx: BrandTx): AsyncGenerator<OfferEvent[]> {
  let after = { mention: LOWEST, id: '0' }
  let same: OfferEvent[] = []
  for (;;) {
    const rows = await tx.execute<Row>(sql`
      select id, kind, mention_id, at, member_ids, data->'until' as until,
        case when kind = 'mention.passed' or data ? 'offerId' then data->>'memberId' end as member_id
      from event where mention_id is not null and kind in ('mention.offered', 'mention.passed', ${ENDINGS})
        and (mention_id, id) > (${after.mention}::uuid, ${after.id}::bigint)
      order by mention_id, id limit ${PAGE}`)
    for (const row of rows) {
      const event = toEvent(row)
      if (same.length > 0 && same[0]!.mentionId !== event.mentionId) {
        yield same
        same = []
      }
      same.push(event)
    }
    const last = rows.at(-1)
    if (!last) break
    after = { mention: last.mention_id, id: last.id }
  }
  if (same.length > 0) yield same
}

const ENDINGS = sql.join(
  ENDING.map((kind) => sql`${kind}`),
  sql`, `,
)

const toEvent = (row: Row): OfferEvent => ({
  kind: row.kind,
  mentionId: row.mention_id,
  at: new Date(row.at),
  memberIds: row.member_ids ?? [],
  until: (row.until ?? []).map((at) => new Date(at)),
  memberId: row.member_id,
})

/** Those of one mention whose time was up, as far as the sweep has seen it already. */
async function lapsed(tx: BrandTx, open: readonly LeftOpen[]): Promise<OpenTime[]> {
  const [first] = open
  if (!first) return []
  const still = await tx.execute<{ member_id: string }>(
    sql`select member_id from offer where mention_id = ${first.mentionId} and state = 'open'`,
  )
  const ids = new Set(still.map(({ member_id }) => member_id))
  return open
    .filter(({ memberId }) => !ids.has(memberId))
    .map(({ memberId, offeredAt, until }) => ({ memberId, offeredAt, endedAt: until, claimed: false }))
}
