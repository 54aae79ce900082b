import { eq, sql } from 'drizzle-orm'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type BrandSettings, brand } from '../db/schema/brand.ts'
import { policy } from '../db/schema/decision.ts'
import { member, memberSkill, membership } from '../db/schema/people.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { isTimeZone } from '../domain/local-time.ts'
import type { MemberProfile } from '../domain/member.ts'
import type { Role, Standing } from '../domain/roles.ts'
import type { Brand } from './brands.ts'
import type { Rank } from './ranks.ts'

/** A brand that has said nothing yet: office hours, the three teams the shipped policies name, answers within two hours. */
export const FIRST_SETTINGS: BrandSettings = {
  handles: [],
  languages: ['en'],
  skills: {},
  calendar: { weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00', holidays: [] },
  teams: [
    { name: 'care', responseMinutes: 120 },
    { name: 'technical', responseMinutes: 240 },
    { name: 'communications', responseMinutes: 60 },
  ],
  responseMinutes: 120,
  leaseMinutes: 20,
  offerMinutes: 30,
  offerTo: 3,
  blockedAuthors: [],
}

export type NewBrand = {
  /** Lower case letters, digits and hyphens; named in addresses and on the command line. */
  slug: string
  name: string
  /** IANA name. */
  timeZone: string
  settings: BrandSettings
  /** The first policy, in force from the start; its text must have been read by `readPolicy` before. */
  policy: { name: string; text: string; note: string }
  /** `system` or the id of a user. */
  by: string
  at: Date
}

/**
 * Makes a brand with its first policy in force, in one transaction (of the caller's, if it gives one). In a caller's
 * transaction the brand's rights hold from then on: make users before.
 * @throws DomainError `invalid` for a slug or zone that is none, `conflict` when the slug is taken
 */
export async function createBrand(db: Db, input: NewBrand): Promise<Brand> {
  const { slug, name, timeZone, settings, by, at } = input
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(slug))
    throw new DomainError('invalid', `“${slug}” cannot name a brand: use lower case letters, digits and hyphens.`)
  if (!isTimeZone(timeZone))
    throw new DomainError('invalid', `“${timeZone}” is no time zone. Give its IANA name, such as Europe/Berlin.`)
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(brand)
      .values({ slug, name, timeZone, settings, policyVersion: 1, createdAt: at })
      .onConflictDoNothing({ target: brand.slug })
      .returning()
    if (!made) throw new DomainError('conflict', `There is a brand “${slug}” already.`)
    await inBrand(tx, made.id, async (own) => {
      await own.insert(policy).values({ ...input.policy, version: 1, author: by, savedAt: at })
      await writeAudit(own, { actor: by, act: 'brand.created', target: made.id, details: { slug, name }, at })
      await appendEvents(own, [
        {
          kind: 'policy.published',
          mentionId: null,
          actor: by,
          data: { version: 1, name: input.policy.name },
          at,
        },
      ])
    })
    return made
  })
}

export type NewMembership = {
  userId: string
  role: Role
  /** Of staff; null is of none in particular. */
  team?: string | null
  standing?: Standing
  by: string
  at: Date
}

/** Gives somebody a role at the brand of the transaction. @returns false when they have that role there already */
export async function addMembership(tx: BrandTx, input: NewMembership): Promise<boolean> {
  const { userId, role, team = null, standing = 'trusted', by, at } = input
  const [made] = await tx
    .insert(membership)
    .values({ userId, role, team, standing, createdAt: at })
    .onConflictDoNothing({ target: [membership.brandId, membership.userId, membership.role] })
    .returning({ id: membership.id })
  if (!made) return false
  await writeAudit(tx, { actor: by, act: 'membership.added', target: userId, details: { role, team, standing }, at })
  return true
}

/** Limits that the brand has every member begin with (P8). */
export const FIRST_LIMITS = sql<null>`(select settings->'welfare' from brand)`

export type NewMember = {
  userId: string
  name: string
  /** BCP-47 primary tags, best first. */
  languages: string[]
  /** `level` in [0,1]. */
  skills: { skill: string; level: number }[]
  /** Open offers and claims held at once. */
  capacity?: number
  quiet?: MemberProfile['quiet']
  rank?: Rank
  standing?: Standing
  by: string
  at: Date
}

/**
 * A member at the brand of the transaction, with the membership that goes with it; somebody who was one before is that
 * one again. Null: this user is one already.
 */
export async function createMember(tx: BrandTx, input: NewMember): Promise<{ id: string } | null> {
  const { userId, name, languages, skills, capacity = 3, quiet = null, rank = 'newcomer', standing, by, at } = input
  const joined = await addMembership(tx, { userId, role: 'member', ...(standing && { standing }), by, at })
  const [made] = await tx
    .insert(member)
    .values({
      id: newId(at.getTime()),
      userId,
      name,
      languages,
      capacity,
      quiet,
      rank,
      grantedRank: rank,
      welfare: FIRST_LIMITS,
      joinedAt: at,
    })
    .onConflictDoNothing({ target: [member.brandId, member.userId] })
    .returning({ id: member.id })
  if (!made) {
    const [known] = joined ? await tx.select({ id: member.id }).from(member).where(eq(member.userId, userId)) : []
    return known ?? null
  }
  if (skills.length > 0) await tx.insert(memberSkill).values(skills.map((skill) => ({ ...skill, memberId: made.id })))
  await appendEvents(tx, [
    { kind: 'member.changed', mentionId: null, memberIds: [made.id], actor: by, data: { joined: true, rank }, at },
  ])
  return made
}
