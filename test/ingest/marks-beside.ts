import { writeAudit } from '../../src/db/audit.ts'
import type { BrandTx } from '../../src/db/client.ts'
import { appendEvents } from '../../src/db/events.ts'
import { loungeMessage, loungeThread } from '../../src/db/schema/lounge.ts'
import { replyPicture } from '../../src/db/schema/picture.ts'
import { replyPart } from '../../src/db/schema/reply.ts'
import { savedView } from '../../src/db/schema/view.ts'
import { newId } from '../../src/domain/id.ts'
import { aReply, NINE } from '../builders.ts'

type Marks = { mentionId: string; by: string; handle: string; name: string }

/** Answers and what was said of them, talk among members, saved views. */
export async function marksBeside(tx: BrandTx, { mentionId, by, handle, name }: Marks): Promise<void> {
  const { id: replyId } = await aReply(tx, { mentionId, userId: by, state: 'sent', text: `Sorry, ${name}!` })
  await tx.insert(replyPart).values({
    replyId,
    nth: 1,
    key: newId(),
    network: 'sandbox',
    text: `@${handle}, it goes on`,
    state: 'sent',
    sentAt: NINE,
  })
  const picture = { userId: by, key: newId(), data: Buffer.from('x'), type: 'image/png', width: 1, height: 1 } as const
  await tx
    .insert(replyPicture)
    .values({ mentionId, replyId, ...picture, sha256: 'x', alt: `What ${handle} should press`, at: NINE })
  await tx.insert(savedView).values({
    ...{ userId: by, screen: 'inbox', name: 'mine', place: 0, changedAt: NINE },
    query: `team=care&q=%40${handle}+melted`,
  })
  const thread = newId()
  await tx.insert(loungeThread).values({ id: thread, authorId: by, title: `On @${handle}`, key: newId(), at: NINE })
  const said = { threadId: thread, authorId: by, fromStaff: true, text: `@${handle}: again!` }
  await tx.insert(loungeMessage).values({ ...said, reportedReason: `names @${handle}`, key: newId(), at: NINE })
  const at = NINE
  const details = { answerId: replyId, wrong: `${handle} said so`, better: `Ask ${name}`, reason: 'no' }
  await writeAudit(tx, { actor: by, act: 'knowledge.declined', target: newId(), details, at })
  const reported = { reason: 'fine', reported: `names @${handle}` }
  await writeAudit(tx, { actor: by, act: 'lounge.dismissed', target: thread, details: reported, at })
  const data = { answerId: replyId, reason: `as ${handle} says` }
  await appendEvents(tx, [{ kind: 'knowledge.decided', mentionId: null, memberIds: [], actor: by, data, at }])
}
