import { eq, sql } from 'drizzle-orm'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { authUser } from '../../db/schema/identity.ts'
import { type DeclaredSkill, invite } from '../../db/schema/people.ts'
import { keepTeamNames } from '../../db/team-names.ts'
import { DAY } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import type { Role } from '../../domain/roles.ts'
import { createUser } from '../auth.ts'
import { addMembership, createMember } from '../create.ts'
import { digestOf } from '../proofs.ts'
import type { Rank } from '../ranks.ts'
import { tellChanged } from '../standing.ts'
import { mustBeTeam } from '../teams.ts'
import type { Invitation } from './contract.ts'

/** Who is invited, where somebody in particular is: as a list or a community has them. */
export type Invited = {
  name: string
  handle: string | null
  /** Null: known by the handle alone, or by none. */
  account: { network: string; instance: string; remoteId: string } | null
  trustLevel: number | null
  languages: string[] | null
  skills: DeclaredSkill[]
  /** Granted once they linked `account`. */
  rank: Rank
}

export type NewInvite = {
  role: Role
  team: string | null
  email: string | null
  invited?: Invited
  days: number
  /** The id of a user, or who acts at a terminal. */
  by: string
  at: Date
  token: string
}

/** Invites somebody to the brand of the transaction. @throws DomainError `invalid` for a team the brand has not */
export async function createInvite(tx: BrandTx, input: NewInvite): Promise<{ id: string; expiresAt: Date }> {
  const { role, by, at, token } = input
  const team = role === 'staff' ? input.team : null
  await mustBeTeam(tx, team)
  const expiresAt = new Date(at.getTime() + input.days * DAY)
  const email = input.email?.trim().toLowerCase() ?? null
  const id = newId(at.getTime())
  const tokenHash = digestOf(token)
  const { account = null, ...invited } = input.invited ?? {}
  await tx
    .insert(invite)
    .values({ id, role, team, email, tokenHash, by, createdAt: at, expiresAt, ...invited, ...account })
  // Without address and handle: the audit is kept for ever, an invitation may be about somebody who never came.
  const { rank } = input.invited ?? {}
  const details = { role, team, days: input.days, ...(rank && rank !== 'newcomer' && { rank }) }
  await writeAudit(tx, { actor: by, act: 'invite.made', target: id, details, at })
  await appendEvents(tx, [{ kind: 'people.changed', mentionId: null, memberIds: [], actor: by, data: {}, at }])
  return { id, expiresAt }
}

/** Closes an open invitation of the brand of the transaction. @throws DomainError `not-found` */
export async function withdrawInvite(tx: BrandTx, id: string, by: string, at: Date): Promise<void> {
  const withdrawn = await tx.execute(sql`
    update invite set withdrawn_at = ${at.toISOString()}
    where id::text = ${id} and accepted_at is null and withdrawn_at is null returning 1`)
  if (withdrawn.length === 0)
    throw new DomainError('not-found', 'There is no such open invitation; somebody may have joined by it.')
  await writeAudit(tx, { actor: by, act: 'invite.withdrawn', target: id, at })
  await appendEvents(tx, [{ kind: 'people.changed', mentionId: null, memberIds: [], actor: by, data: {}, at }])
}

type Open = Invitation & {
  id: string
  brandId: string
  languages: string[]
  skills: DeclaredSkill[]
  team: string | null
  by: string
}

/** The invitation a token opens, in whichever brand. @throws DomainError `gone` */
export async function openInvite(db: Pick<Db, 'execute'>, token: string, at: Date): Promise<Open> {
  type Row = Omit<Open, 'expiresAt' | 'account'> & { expiresAt: string; handle: string | null; instance: string | null }
  const [row] = await db.execute<Row & { rank: Rank }>(sql`
    select i.id, i.brand_id as "brandId", b.name as "brandName",
      coalesce(to_jsonb(i.languages), b.settings -> 'languages') as languages, coalesce(i.skills, '[]') as skills,
      i.role, i.team, i.email, i.name, i.handle, i.instance, i.rank, i.by, i.expires_at as "expiresAt"
    from invite i join brand b on b.id = i.brand_id
    where i.token_hash = ${digestOf(token)} and i.accepted_at is null and i.withdrawn_at is null
      and i.expires_at > ${at.toISOString()}`)
  if (!row)
    throw new DomainError('gone', 'This invitation was used already, withdrawn, or is too old. Ask for a new one.')
  const { handle, instance, rank, ...open } = row
  const account = handle !== null && instance !== null ? { handle, instance, rank } : null
  return { ...open, account, expiresAt: new Date(row.expiresAt).toISOString() }
}

type Newcomer = { token: string; name: string; email: string; password: string }

/** Joins as somebody new. @throws DomainError `gone`, `invalid`, or `conflict` when the address has an account */
export async function joinByInvite(
  db: Db,
  { token, name, email, password }: Newcomer,
  at: Date,
): Promise<{ userId: string; email: string; name: string; brandId: string }> {
  return db.transaction(async (tx) => {
    const open = await openInvite(tx, token, at)
    const address = email.trim().toLowerCase()
    refuseOtherAddress(open, address)
    const [known] = await tx.select({ id: authUser.id }).from(authUser).where(eq(authUser.email, address))
    if (known) throw new DomainError('conflict', 'This address has an account here: sign in, then open the link again.')
    const userId = await createUser(tx, { email: address, name, password, emailConfirmed: false })
    await takeRole(tx, open, { userId, name: name.trim() }, at)
    return { userId, email: address, name: name.trim(), brandId: open.brandId }
  })
}

/** Joins as the person who is signed in: one more role, or one more brand. @throws DomainError */
export async function acceptInvite(
  db: Db,
  token: string,
  me: { userId: string; name: string; email: string },
  at: Date,
): Promise<{ brandId: string }> {
  return db.transaction(async (tx) => {
    const open = await openInvite(tx, token, at)
    refuseOtherAddress(open, me.email)
    await takeRole(tx, open, me, at)
    return { brandId: open.brandId }
  })
}

function refuseOtherAddress({ email }: Open, address: string): void {
  if (email !== null && email !== address)
    throw new DomainError('forbidden', 'This invitation is for another address than yours.')
}

/** One statement settles who joins by it; of two who press together one gets the role. */
async function takeRole(tx: Db, open: Open, user: { userId: string; name: string }, at: Date): Promise<void> {
  const { userId, name } = user
  await inBrand(tx, open.brandId, async (own) => {
    await keepTeamNames(own)
    await refuseBanned(own, userId)
    const [taken] = await own.execute<{ team: string | null }>(sql`
      update invite set accepted_at = ${at.toISOString()}, accepted_by = ${userId}
      where id = ${open.id} and accepted_at is null and withdrawn_at is null returning team`)
    if (!taken) throw new DomainError('gone', 'Somebody has joined by this invitation already.')
    const { role } = open
    const joined =
      role === 'member'
        ? await createMember(own, { userId, name, languages: open.languages, skills: open.skills, by: userId, at })
        : await addMembership(own, { userId, role, team: taken.team, by: userId, at })
    if (!joined) throw new DomainError('conflict', `You are ${role} of ${open.brandName} already.`)
    await writeAudit(own, { actor: userId, act: 'invite.accepted', target: open.id, details: { role }, at })
    await tellChanged(own, { userId, roles: [role], by: userId, at, data: { joined: true } })
  })
}

async function refuseBanned(tx: BrandTx, userId: string): Promise<void> {
  const banned = await tx.execute(sql`select 1 from membership where user_id = ${userId} and standing = 'banned'`)
  if (banned.length > 0) throw new DomainError('forbidden', 'This brand is closed to you; its admins can lift that.')
}
