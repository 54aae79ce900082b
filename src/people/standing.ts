import { and, eq, inArray } from 'drizzle-orm'
import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents, tellPeopleChanged } from '../db/events.ts'
import { member, membership } from '../db/schema/people.ts'
import { DomainError } from '../domain/errors.ts'
import type { Role, Standing } from '../domain/roles.ts'
import { lockAdmins } from './roster/queries.ts'

export type NewStanding = 'suspended' | 'banned' | 'trusted'

/** Whoever is in one of these changes by it; lifting leaves probation as it is. */
const CHANGES: Record<NewStanding, readonly Standing[]> = {
  suspended: ['probation', 'trusted', 'banned'],
  banned: ['probation', 'trusted', 'suspended'],
  trusted: ['suspended', 'banned'],
}

type Change = {
  userId: string
  /** Null: all their roles at the brand. */
  role: Role | null
  standing: NewStanding
  /** Null: nobody gave one. */
  reason: string | null
  by: string
  at: Date
}

/**
 * Suspends or bans somebody at the brand of the transaction, in one role or in all, or lifts it. Every process asks anew
 * who they are once it commits. @returns the roles that changed
 * @throws DomainError `conflict` when nobody would be left who can administer the brand
 */
export async function setStanding(tx: BrandTx, change: Change): Promise<Role[]> {
  const { userId, role, standing, reason, by, at } = change
  if (standing !== 'trusted') await refuseLastAdmin(tx, userId, role)
  const changed = await tx
    .update(membership)
    .set({ standing, standingReason: standing === 'trusted' ? null : reason })
    .where(
      and(
        eq(membership.userId, userId),
        inArray(membership.standing, [...CHANGES[standing]]),
        role === null ? undefined : eq(membership.role, role),
      ),
    )
    .returning({ role: membership.role })
  const roles = changed.map((row) => row.role)
  if (roles.length === 0) return roles
  const details = { roles, ...(reason !== null && { reason }) }
  await writeAudit(tx, { actor: by, act: `membership.${standing}`, target: userId, details, at })
  await tellChanged(tx, { userId, roles, by, at, data: { standing } })
  return roles
}

/** @throws DomainError `conflict` when this person, in this role or (null) in all, is the only one who can administer the brand */
export async function refuseLastAdmin(tx: BrandTx, userId: string, role: Role | null): Promise<void> {
  if (role !== null && role !== 'admin') return
  const admins = await lockAdmins(tx)
  if (admins.length > 0 && admins.every((one) => one.userId === userId))
    throw new DomainError('conflict', 'This is the last admin of the brand. Make somebody else an admin first.')
}

type Told = { userId: string; roles: readonly Role[]; by: string; at: Date; data: Record<string, unknown> }

/** Tells screens, matching and every process's sessions that somebody's part in the brand changed. */
export async function tellChanged(tx: BrandTx, { userId, roles, by, at, data }: Told): Promise<void> {
  const [helper] = roles.includes('member')
    ? await tx.select({ id: member.id }).from(member).where(eq(member.userId, userId))
    : []
  const event = { mentionId: null, actor: by, data, at }
  await appendEvents(tx, [
    helper
      ? { ...event, kind: 'member.changed', memberIds: [helper.id] }
      : { ...event, kind: 'people.changed', memberIds: [] },
  ])
  await tellPeopleChanged(tx, [userId])
}
