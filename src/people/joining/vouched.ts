import { and, eq, sql } from 'drizzle-orm'
import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { invite, member, RANKS } from '../../db/schema/people.ts'

/**
 * A member has linked the account by which they were invited, and so has shown that it is theirs: they get the rank
 * that was promised to it, unless theirs is as high. No points come of it. Locks the member.
 * @returns whether their rank changed
 */
export async function honourInvite(
  tx: BrandTx,
  memberId: string,
  account: { network: string; instance: string; remoteId: string },
  at: Date,
): Promise<boolean> {
  const { network, instance, remoteId } = account
  const [helper] = await tx.select().from(member).where(eq(member.id, memberId)).for('no key update')
  if (!helper) return false
  const [promised] = await tx
    .select({ id: invite.id, rank: invite.rank })
    .from(invite)
    .where(
      and(
        ...[eq(invite.network, network), eq(invite.instance, instance), eq(invite.remoteId, remoteId)],
        eq(invite.acceptedBy, helper.userId),
      ),
    )
    .orderBy(sql`${invite.acceptedAt} desc`)
    .limit(1)
  if (!promised || RANKS.indexOf(promised.rank) <= RANKS.indexOf(helper.grantedRank)) return false
  const { rank } = promised
  const higher = RANKS.indexOf(rank) > RANKS.indexOf(helper.rank) ? rank : helper.rank
  await tx.update(member).set({ grantedRank: rank, rank: higher }).where(eq(member.id, memberId))
  const details = { rank, network, instance, invite: promised.id }
  await writeAudit(tx, { actor: helper.userId, act: 'member.vouched-for', target: memberId, details, at })
  await appendEvents(tx, [
    { kind: 'member.changed', mentionId: null, memberIds: [memberId], actor: 'system', data: { rank: higher }, at },
  ])
  return true
}
