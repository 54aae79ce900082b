import type { Membership } from '../http/access.ts'
import { PRIVILEGES, type Rank } from '../people/ranks.ts'

/** The ranks that open the lounge, from the lowest. */
export const LOUNGE_RANKS = (Object.keys(PRIVILEGES) as Rank[]).filter((rank) => PRIVILEGES[rank].lounge)

/** Somebody at the door. `rank` null: they are no member. */
type Comer = { memberships: readonly Membership[]; twoFactor: boolean; rank: Rank | null }

/** Whether they speak as staff here: a role that wants a second factor counts with one only, and a suspended one not at all. */
export const isStaff = ({ memberships, twoFactor }: Pick<Comer, 'memberships' | 'twoFactor'>): boolean =>
  memberships.some(
    (one) => (one.role === 'staff' || one.role === 'admin') && isOpen(one) && (twoFactor || !one.needsTwoFactor),
  )

/** Why somebody may not enter the lounge (P3); null: they may. */
export function mayEnter(comer: Comer): string | null {
  if (isStaff(comer)) return null
  const member = comer.memberships.find(({ role }) => role === 'member')
  if (!member || !isOpen(member)) return 'You are suspended here, so the lounge is closed to you.'
  if (comer.rank !== null && PRIVILEGES[comer.rank].lounge) return null
  return `The lounge opens with the rank ${LOUNGE_RANKS[0]}; the page Me shows what you lack of it.`
}

const isOpen = ({ standing }: Membership): boolean => standing !== 'suspended' && standing !== 'banned'
