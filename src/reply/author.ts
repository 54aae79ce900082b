import type { BrandTx } from '../db/client.ts'
import { DomainError } from '../domain/errors.ts'
import type { Person } from '../http/access.ts'
import { memberOfUser } from '../people/members.ts'
import type { Rank } from '../people/ranks.ts'

/** Who answers: a member from their feed, or (member null) staff for the brand. */
export type Author = {
  userId: string
  name: string
  member: { id: string; rank: Rank } | null
  /** No person presses send: only where network and brand allow that (P2, F8). */
  program?: true
}

/** @throws DomainError `forbidden` when they are no member here */
export async function authorOf(tx: BrandTx, me: Person, asMember: boolean): Promise<Author> {
  if (!asMember) return { userId: me.userId, name: me.name, member: null }
  const member = await memberOfUser(tx, me.userId)
  if (!member) throw new DomainError('forbidden', 'You have no profile as a helper at this brand.')
  return { userId: me.userId, name: member.name, member: { id: member.id, rank: member.rank } }
}
