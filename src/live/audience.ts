import type { BrandTx } from '../db/client.ts'
import type { EventKind } from '../db/events.ts'
import type { Role } from '../domain/roles.ts'
import { NEARBY_CHANGED } from './contract.ts'

/** Whom an event concerns. `memberIds` null concerns everyone of the brand. */
export type Told = { kind: string; memberIds: readonly string[] | ReadonlySet<string> | null }

/** Which of these members may hear a kind of event at this moment. */
export type Circle = (tx: BrandTx, memberIds: readonly string[]) => Promise<ReadonlySet<string>>

/**
 * Events for whoever is let in somewhere. They name nobody, however many may enter: whoever listens is asked about when it
 * is told.
 */
export type Circles = Partial<Record<EventKind, Circle>>

/**
 * What each role may hear that something happened. Only kinds and ids travel on the stream; what they are about is
 * fetched, and judged again there.
 */
export const HEARD: Record<Role, 'all' | readonly (EventKind | typeof NEARBY_CHANGED)[]> = {
  staff: 'all',
  admin: 'all',
  member: [
    'mention.offered',
    'mention.held',
    'storm.began',
    'storm.ended',
    'mention.claimed',
    'mention.extended',
    'mention.returned',
    'mention.passed',
    'mention.snoozed',
    'mention.edited',
    'mention.escalated',
    'mention.withdrawn',
    'mention.hidden',
    'mention.shown',
    'mention.forgotten',
    'mention.closed',
    'reply.requested',
    'reply.approved',
    'reply.returned',
    'reply.undone',
    'reply.sent',
    'reply.continued',
    'reply.failed',
    'reply.unknown',
    'reply.pending',
    'reply.posted',
    'reply.taking-back',
    'reply.taken-back',
    'reply.not-taken-back',
    'reply.thanked',
    'reply.complained',
    'reply.reach',
    'case.handed-back',
    'expert.asked',
    'expert.answered',
    'knowledge.decided',
    'knowledge.changed',
    'lounge.said',
    'lounge.changed',
    'lounge.dismissed',
    'points.earned',
    'badge.earned',
    'badge.lost',
    'member.changed',
    'account.changed',
    'disclosures.changed',
    'terms.changed',
    'practice.changed',
    NEARBY_CHANGED,
  ],
  reader: [
    'mention.received',
    'mention.escalated',
    'mention.ignored',
    'mention.withdrawn',
    'mention.closed',
    'reply.sent',
    'reply.taken-back',
    'reply.thanked',
    'reply.complained',
    'reply.reach',
  ],
}

/** Somebody with several roles at the brand hears what any of them may. */
export function audienceOf(memberships: readonly { role: Role; memberId: string | null }[]): (event: Told) => boolean {
  const ears = memberships.map(({ role, memberId }) => {
    const heard = HEARD[role]
    const kinds = heard === 'all' ? null : new Set<string>(heard)
    return { kinds, memberId: role === 'member' ? memberId : null, isMember: role === 'member' }
  })
  return ({ kind, memberIds }) =>
    ears.some(
      ({ kinds, isMember, memberId }) =>
        (kinds === null || kinds.has(kind)) &&
        (!isMember || memberIds === null || (memberId !== null && isAmong(memberIds, memberId))),
    )
}

const isAmong = (ids: readonly string[] | ReadonlySet<string>, id: string): boolean =>
  'has' in ids ? ids.has(id) : ids.includes(id)
