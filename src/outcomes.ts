import type { RawMention } from '../connectors/connector.ts'
import type { NewMention } from './classify/queries.ts'
import type { BrandTx } from './db/client.ts'
import { appendEvents, type NewEvent } from './db/events.ts'
import { moveMentions } from './db/move.ts'
import type { Classification } from './domain/classification.ts'
import { answerCases } from './escalate/queries.ts'
import { sourceById } from './ingest/queries.ts'
import { storeChanges } from './ingest/store.ts'
import { brandById } from './people/brands.ts'
import { causeOfSent, type Outcome, recordEvidence } from './people/evidence.ts'
import { type FollowedUp, type Outgoing, type SentReply, storeOutcomes } from './reply/queries.ts'
import { award } from './reward/award.ts'
import { type Claim, forAccepted, forComplaint, forReach, forThanks, type Rewards } from './reward/reward.ts'

/** What follows from replies, composed of rooms that do not know each other: cases end, points are earned. */

/** Whether posting there may be rewarded, as the network and the brand have it. */
type RewardsFor = (tx: BrandTx, network: string) => Promise<Rewards>

/**
 * A reply was sent: its case is answered, and its author earns what the network allows (P2). One whose post does not say
 * that helpers are rewarded is not rewarded: neither now, nor for its reach, nor for thanks (F3).
 */
export const onSent =
  (rewardsFor: RewardsFor) =>
  async (tx: BrandTx, { reply, at }: { reply: Outgoing; at: Date }): Promise<void> => {
    await answerCases(tx, [reply.mentionId], at)
    if (reply.memberId === null) return
    const rewards = await rewardsFor(tx, reply.network)
    const earned = forAccepted({ replyId: reply.id, memberId: reply.memberId, rewards })
    await award(tx, reply.undisclosed ? [] : earned, at)
    const cause = causeOfSent(reply.editedFrom !== null)
    await recordEvidence(tx, [{ memberId: reply.memberId, mentionId: reply.mentionId, cause, at }])
  }

/** Counters of replies rose: reach earns points, damped, where the network allows it (P2). */
export const onReach =
  (rewardsFor: RewardsFor) =>
  async (
    tx: BrandTx,
    rows: readonly { reply: SentReply; metrics: Record<string, number> }[],
    at: Date,
  ): Promise<void> => {
    const known = new Map<string, Rewards>()
    for (const { reply } of rows)
      if (!known.has(reply.network)) known.set(reply.network, await rewardsFor(tx, reply.network))
    const entries = rows.flatMap(({ reply, metrics }) =>
      reply.memberId === null || reply.undisclosed
        ? []
        : forReach({
            replyId: reply.id,
            memberId: reply.memberId,
            before: reply.metrics,
            after: metrics,
            rewards: known.get(reply.network)!, // set above
          }),
    )
    await award(tx, entries, at)
  }

/**
 * Answers to our replies come in like any post heard (L3, L5). All of it by the transaction given: whoever waits for
 * another connection while holding rows that others wait for, waits for ever once the pool is theirs.
 */
export async function takeIn(
  tx: BrandTx,
  brandId: string,
  sourceId: string,
  answers: readonly RawMention[],
  at: Date,
): Promise<string[]> {
  if (answers.length === 0) return []
  const [source, brand] = [await sourceById(tx, sourceId), await brandById(tx, brandId)]
  if (!source || !brand) return []
  const changes = answers.map((mention) => ({ type: 'upsert' as const, mention }))
  return storeChanges(tx, brand, source, changes, at)
}

type Followed = { settled: Set<string>; earned: Claim[]; shown: Outcome[] }
type FollowUp = { mention: NewMention; understood: Classification }

/** What an author's word on our reply says of it; null says nothing either way. */
export function outcomeOf({ sentiment, intent, anger }: Classification): 'thanked' | 'complained' | null {
  if (anger >= 0.4 || intent.label === 'problem' || sentiment.label === 'negative') return 'complained'
  if (intent.label === 'question') return null
  return sentiment.label === 'positive' || intent.label === 'praise' ? 'thanked' : null
}

/**
 * Takes follow-ups as what became of our replies. Thanks close the conversation; a complaint, and a further question,
 * go the way of any mention, so that nobody who still needs help is left (E2).
 * @returns `settled`: ids of mentions that need no further way; `earned` and `shown`: what the caller awards, and what
 *   it records of the same members' skills, once all members that its transaction changes are locked together
 */
export async function recordFollowUps(tx: BrandTx, page: readonly FollowUp[], now: Date): Promise<Followed> {
  const followUps = page.filter(({ mention }) => mention.answersReplyId !== null)
  if (followUps.length === 0) return { settled: new Set(), earned: [], shown: [] }
  const told = followUps.flatMap(({ mention, understood }) => {
    const outcome = outcomeOf(understood)
    return outcome ? [{ replyId: mention.answersReplyId!, outcome, mentionId: mention.id }] : [] // filtered above
  })
  const known = await storeOutcomes(tx, told, now)
  const thanked = known.filter((row) => row.outcome === 'thanked')
  await moveMentions(
    tx,
    thanked.map((row) => row.mentionId),
    'closed',
    now,
    ['replied'],
  )
  await appendEvents(
    tx,
    known.map((row) => outcomeEvent(row, now)),
  )

  const done = followUps.filter(
    ({ understood }) => outcomeOf(understood) !== 'complained' && understood.intent.label !== 'question',
  )
  const closed = await moveMentions(
    tx,
    done.map(({ mention }) => mention.id),
    'closed',
    now,
  )
  const shown = known.flatMap(({ memberId, mentionId, outcome }) =>
    memberId === null ? [] : [{ memberId, mentionId, cause: outcome, at: now }],
  )
  return { settled: new Set(closed), earned: known.flatMap(earnedFor), shown }
}

function earnedFor({ replyId, memberId, outcome, undisclosed }: FollowedUp): Claim[] {
  if (memberId === null || (undisclosed && outcome === 'thanked')) return []
  return outcome === 'thanked' ? forThanks({ replyId, memberId }) : forComplaint({ replyId, memberId })
}

const outcomeEvent = (row: FollowedUp, at: Date): NewEvent => ({
  kind: row.outcome === 'thanked' ? 'reply.thanked' : 'reply.complained',
  mentionId: row.mentionId,
  memberIds: row.memberId === null ? null : [row.memberId],
  actor: 'system',
  data: { replyId: row.replyId, network: row.network },
  at,
})
