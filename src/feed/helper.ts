import { DomainError } from '../domain/errors.ts'
import type { Membership, Person } from '../http/access.ts'
import type { Helper } from './claim.ts'

/**
 * Every membership as a member comes with a profile; one without is not finished being set up.
 * @throws DomainError `forbidden`
 */
export function helperOf(me: Person, { memberId }: Membership): Helper {
  if (memberId === null)
    throw new DomainError('forbidden', 'Your profile as a helper is missing; ask an admin to add it.')
  return { memberId, userId: me.userId }
}
