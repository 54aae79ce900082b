import type { BrandTx } from './db/client.ts'
import { waitOnceShown } from './ingest/hidden-queries.ts'
import { brandById } from './people/brands.ts'
import { recordEvidence } from './people/evidence.ts'
import type { OnTakenBack } from './reply/take-back.ts'
import { award } from './reward/award.ts'
import { forTakenBack } from './reward/reward.ts'
import { reopen } from './triage.ts'

/**
 * What follows from an answer that was deleted at its network: its mention has no answer and goes to staff (a hidden one
 * once it is shown again), what the
 * answer had earned is gone, and when not its author had it deleted, that speaks against their skill as a returned one does.
 */
export const onTakenBack: OnTakenBack = async (tx: BrandTx, { reply, by, reason, at }) => {
  const { id: replyId, mentionId, memberId, userId } = reply
  const brand = await brandById(tx, reply.brandId)
  if (!brand) return
  if (!(await waitOnceShown(tx, mentionId, at)))
    await reopen(tx, brand, { mentionId, reason: `Its answer was taken back: ${reason}`, actor: by }, at)
  if (memberId === null) return
  await award(tx, forTakenBack({ replyId, memberId }), at)
  if (by !== userId) await recordEvidence(tx, [{ memberId, mentionId, cause: 'returned', at }])
}
