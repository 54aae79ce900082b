import { and, eq, ne, sql } from 'drizzle-orm'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { tellPeopleChanged } from '../../db/events.ts'
import { brand } from '../../db/schema/brand.ts'
import { membership } from '../../db/schema/people.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import type { Role } from '../../domain/roles.ts'
import type { Brand } from '../brands.ts'
import { FIRST_LIMITS } from '../create.ts'
import { endSessions } from '../devices.ts'
import { issueProof, PROOF_MS } from '../proofs.ts'
import { type NewStanding, refuseLastAdmin, setStanding, tellChanged } from '../standing.ts'
import { mustBeTeam } from '../teams.ts'
import { dropTwoFactor } from '../two-factor.ts'
import { isElsewhere, lockAdmins, needingTwoFactor } from './queries.ts'

/** An admin who acts on somebody of the brand. */
type Act = { brand: Brand; id: string; me: { userId: string }; at: Date }
type Target = { id: string; userId: string; role: Role; team: string | null }

/** Whom the act is about. @throws DomainError `not-found`, or `forbidden` for oneself */
async function targetOf(db: Pick<Db, 'execute'>, { brand, id, me }: Act): Promise<Target> {
  const [target] = await db.execute<Target>(sql`
    select id, user_id as "userId", role, team from membership where brand_id = ${brand.id} and id::text = ${id}`)
  if (!target) throw new DomainError('not-found', 'There is nobody here by that id; they may have been removed.')
  if (target.userId === me.userId)
    throw new DomainError('forbidden', 'Nobody changes what they are themselves; ask another admin.')
  return target
}

/** Whoever acts is still an admin, by rows that nobody changes meanwhile. @throws DomainError `forbidden` */
async function refuseFormerAdmin(tx: BrandTx, userId: string): Promise<void> {
  if (!(await lockAdmins(tx)).some((admin) => admin.userId === userId))
    throw new DomainError('forbidden', 'You are no longer an admin here.')
}

/** Gives somebody another role instead of the one they have, or another team. @throws DomainError */
export async function changeRole(db: Db, act: Act, to: { role: Role; team: string | null }): Promise<void> {
  const { brand: at, me } = act
  const team = to.role === 'staff' ? to.team : null
  await db.transaction(async (tx) => {
    const target = await targetOf(tx, act)
    await inBrand(tx, at.id, async (own) => {
      await mustBeTeam(own, team)
      await refuseFormerAdmin(own, me.userId)
      if (to.role !== 'admin') await refuseLastAdmin(own, target.userId, target.role)
      await refuseSecond(own, target, to.role)
      if (to.role === 'member') await makeHelper(own, target.userId, at, act.at)
      await own.update(membership).set({ role: to.role, team }).where(eq(membership.id, target.id))
      const details = { from: target.role, to: to.role, team }
      await writeAudit(own, { actor: me.userId, act: 'membership.changed', target: target.userId, details, at: act.at })
      const roles = [target.role, to.role]
      await tellChanged(own, { userId: target.userId, roles, by: me.userId, at: act.at, data: details })
    })
  })
}

async function refuseSecond(tx: BrandTx, { id, userId }: Target, role: Role): Promise<void> {
  const [other] = await tx
    .select({ id: membership.id })
    .from(membership)
    .where(and(eq(membership.userId, userId), eq(membership.role, role), ne(membership.id, id)))
  if (other) throw new DomainError('conflict', 'They have that role as well; take this one from them instead.')
}

/** The profile that members have, unless they had one before. */
async function makeHelper(tx: BrandTx, userId: string, { settings }: Brand, at: Date): Promise<void> {
  const languages = sql`${`{${settings.languages.join(',')}}`}::text[]`
  await tx.execute(sql`
    insert into member (id, user_id, name, languages, capacity, welfare, joined_at)
    select ${newId(at.getTime())}, id, name, ${languages}, 3, ${FIRST_LIMITS}, ${at.toISOString()} from auth_user where id = ${userId}
    on conflict on constraint member_once do nothing`)
}

/** Suspends, bans or lifts; a suspended or banned person's sessions end with it. @throws DomainError */
export async function stand(db: Db, act: Act, standing: NewStanding, reason: string): Promise<void> {
  const { brand: at, me } = act
  await db.transaction(async (tx) => {
    const { userId, role } = await targetOf(tx, act)
    // With the rights of the whole database, which the transaction gives up in the next line.
    if (standing !== 'trusted') await endSessions(tx, userId, { all: true })
    await inBrand(tx, at.id, async (own) => {
      await refuseFormerAdmin(own, me.userId)
      const changed = await setStanding(own, { userId, role, standing, reason, by: me.userId, at: act.at })
      if (changed.length === 0) throw new DomainError('conflict', 'That is how it stands already.')
    })
  })
}

/** Takes a role from somebody; what they wrote and earned stays. @returns who it was @throws DomainError */
export async function remove(db: Db, act: Act, reason: string): Promise<string> {
  const { brand: at, me } = act
  return db.transaction(async (tx) => {
    const { id, userId, role } = await targetOf(tx, act)
    await inBrand(tx, at.id, async (own) => {
      await refuseFormerAdmin(own, me.userId)
      await refuseLastAdmin(own, userId, role)
      // Told first: afterwards nobody here knows them.
      await tellChanged(own, { userId, roles: [role], by: me.userId, at: act.at, data: { removed: true } })
      await own.delete(membership).where(eq(membership.id, id))
      const details = { role, reason }
      await writeAudit(own, { actor: me.userId, act: 'membership.removed', target: userId, details, at: act.at })
    })
    return userId
  })
}

/** What an admin may do for somebody's sign-in ends where they are somebody to another brand as well (I5). */
async function refuseOfOthers(db: Pick<Db, 'execute'>, userId: string, brandId: string): Promise<void> {
  if (await isElsewhere(db, userId, brandId))
    throw new DomainError(
      'forbidden',
      'This cannot be done for them from here; whoever runs the installation can, with “deputize user”.',
    )
}

/** A proof by which somebody sets a new password, to be handed to them. @throws DomainError */
export async function resetProof(db: Db, act: Act): Promise<{ token: string; expiresAt: Date }> {
  const { brand: at, me } = act
  return db.transaction(async (tx) => {
    const { userId } = await targetOf(tx, act)
    await refuseOfOthers(tx, userId, at.id)
    const token = await issueProof(tx, 'reset', userId, act.at)
    await inBrand(tx, at.id, (own) =>
      writeAudit(own, { actor: me.userId, act: 'user.reset-link', target: userId, at: act.at }),
    )
    return { token, expiresAt: new Date(act.at.getTime() + PROOF_MS.reset) }
  })
}

/** Takes the second factor from somebody who lost it; their sessions end. @throws DomainError */
export async function recoverTwoFactor(db: Db, act: Act, reason: string): Promise<void> {
  const { brand: at, me } = act
  await db.transaction(async (tx) => {
    const { userId } = await targetOf(tx, act)
    await refuseOfOthers(tx, userId, at.id)
    if (!(await dropTwoFactor(tx, userId))) throw new DomainError('conflict', 'They have no second factor.')
    await inBrand(tx, at.id, (own) =>
      writeAudit(own, {
        actor: me.userId,
        act: 'user.two-factor-off',
        target: userId,
        details: { reason },
        at: act.at,
      }),
    )
  })
}

type Wish = { brandId: string; me: { userId: string; twoFactor: boolean }; required: boolean; at: Date }

/** Asks staff and admins for a second factor, or no longer. @throws DomainError `conflict` from an admin who has none */
export async function requireTwoFactor(db: Db, { brandId, me, required, at }: Wish): Promise<void> {
  if (required && !me.twoFactor)
    throw new DomainError('conflict', 'Set up your own second factor first, under Security in your menu.')
  await inBrand(db, brandId, async (tx) => {
    await tx
      .update(brand)
      .set({ settings: sql`settings || ${JSON.stringify({ twoFactorRequired: required })}::jsonb` })
      .where(eq(brand.id, brandId))
    await writeAudit(tx, {
      ...{ actor: me.userId, act: 'brand.two-factor', target: brandId, at },
      details: { required },
    })
    await tellPeopleChanged(tx, (await needingTwoFactor(tx)).userIds)
  })
}
