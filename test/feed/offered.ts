import type { BrandTx } from '../../src/db/client.ts'
import { aMention, anOffer, NINE } from '../builders.ts'

/** A mention in the feeds of some members; `offers` in the order of the members. */
export async function anOffered(
  tx: BrandTx,
  members: readonly { id: string }[],
  row: Parameters<typeof aMention>[1] = {},
): Promise<{ mentionId: string; offers: string[] }> {
  const { id: mentionId } = await aMention(tx, { state: 'offered', ...row })
  const offers: string[] = []
  for (const { id: memberId } of members) {
    offers.push((await anOffer(tx, { mentionId, memberId, offeredAt: row.stateAt ?? NINE })).id)
  }
  return { mentionId, offers }
}

/** Members whose load is not the number of offers they really hold; empty in health. */
export const driftedLoads = async (tx: BrandTx): Promise<unknown[]> =>
  tx.execute(`
    select id, load from member m
    where load <> (select count(*) from offer where member_id = m.id and state in ('open', 'claimed'))`)

/** Mentions whose own row and whose offers tell different stories about who holds them (I2). */
export const contradictions = async (tx: BrandTx): Promise<unknown[]> =>
  tx.execute(`
    select m.id, m.state, m.holder_id, o.claims, o.live from mention m
    cross join lateral (
      select count(*) filter (where state in ('open', 'claimed')) as live, count(*) filter (where state = 'claimed') as claims,
        count(*) filter (where state = 'claimed' and member_id = m.holder_id) as held
      from offer where mention_id = m.id) o
    where case m.state when 'claimed' then o.live <> 1 or o.held <> 1
      when 'offered' then o.claims <> 0 or o.live = 0 else o.live <> 0 end`)
