import { eq, sql } from 'drizzle-orm'
import type { BrandTx, Db } from '../src/db/client.ts'
import { linkedAccount } from '../src/db/schema/account.ts'
import { type BrandSettings, brand } from '../src/db/schema/brand.ts'
import { decision } from '../src/db/schema/decision.ts'
import { escalation } from '../src/db/schema/escalation.ts'
import { authUser } from '../src/db/schema/identity.ts'
import { classification, mention } from '../src/db/schema/mention.ts'
import { offer } from '../src/db/schema/offer.ts'
import { member, memberSkill, membership } from '../src/db/schema/people.ts'
import { reply } from '../src/db/schema/reply.ts'
import { source } from '../src/db/schema/source.ts'
import type { Classification } from '../src/domain/classification.ts'
import { HOUR, MINUTE } from '../src/domain/clock.ts'
import { newId } from '../src/domain/id.ts'

/**
 * Rows for tests; a builder's arguments state what matters to the test, the rest is plausible. Brands and people are
 * made with the whole database (`db`), everything else in a brand's transaction (`inBrand`).
 */

type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>

/** When things happen unless a test says otherwise: a Wednesday morning. */
export const NINE = new Date('2026-03-04T09:00:00.000Z')
export const after = (ms: number, from: Date = NINE): Date => new Date(from.getTime() + ms)

export const SETTINGS: BrandSettings = {
  handles: ['acme'],
  languages: ['en'],
  skills: {},
  calendar: { weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: [] },
  teams: [
    { name: 'care', responseMinutes: 120 },
    { name: 'technical', responseMinutes: 240 },
  ],
  responseMinutes: 120,
  leaseMinutes: 20,
  offerMinutes: 30,
  offerTo: 3,
  blockedAuthors: [],
  // What is sent leaves at once.
  undoSeconds: 0,
}

export async function aBrand(
  db: Db,
  { settings, ...row }: Omit<Row<typeof brand>, 'settings'> & { settings?: Partial<BrandSettings> } = {},
): Promise<typeof brand.$inferSelect> {
  const [made] = await db
    .insert(brand)
    .values({
      slug: `brand-${newId()}`,
      name: 'Acme',
      timeZone: 'Europe/Berlin',
      createdAt: NINE,
      ...row,
      settings: { ...SETTINGS, ...settings },
    })
    .returning()
  return made! // an insert of one row returns it
}

export async function aUser(db: Db, name = 'Ana'): Promise<{ id: string; name: string }> {
  const id = newId()
  await db.insert(authUser).values({ id, name, email: `${id}@example.test` })
  return { id, name }
}

type Skills = { skill: string; level: number }[]

/** A member with a user and a membership of their own. */
export async function aMember(
  db: Db,
  brandId: string,
  { skills = [], standing = 'trusted', ...row }: Row<typeof member> & { skills?: Skills; standing?: Standing } = {},
): Promise<typeof member.$inferSelect> {
  const user = await aUser(db, row.name)
  await db.insert(membership).values({ brandId, userId: user.id, role: 'member', standing, createdAt: NINE })
  const [made] = await db
    .insert(member)
    .values({ userId: user.id, name: user.name, languages: ['en'], capacity: 3, joinedAt: NINE, ...row, brandId })
    .returning()
  const { id } = made! // an insert of one row returns it
  if (skills.length > 0)
    await db.insert(memberSkill).values(skills.map((skill) => ({ ...skill, brandId, memberId: id })))
  return made!
}
type Standing = (typeof membership.$inferInsert)['standing'] & string

/** Somebody who works for the brand; `id` is the user's. */
export async function aStaff(
  db: Db,
  brandId: string,
  {
    name = 'Sam',
    role = 'staff',
    team = null,
  }: { name?: string; role?: 'staff' | 'admin' | 'reader'; team?: string | null } = {},
): Promise<{ id: string; name: string }> {
  const user = await aUser(db, name)
  await db.insert(membership).values({ brandId, userId: user.id, role, team, createdAt: NINE })
  return user
}

export async function aSource(tx: BrandTx, row: Row<typeof source> = {}): Promise<typeof source.$inferSelect> {
  const [made] = await tx
    .insert(source)
    .values({
      network: 'sandbox',
      instance: 'http://127.0.0.1:1',
      name: 'Sandbox',
      listen: { handles: ['acme'], words: ['acme'], exclude: [] },
      nextPollAt: NINE,
      ...row,
    })
    .returning()
  return made! // an insert of one row returns it
}

type Understood = Partial<Classification>

/**
 * A mention, of a source of its network that is made when there is none. Anything past `new` has been understood; say
 * `understood: null` for a mention that has not, or parts of the classification to have them so. A claimed one needs
 * its `holderId`; its lease is 20 minutes unless said.
 */
export async function aMention(
  tx: BrandTx,
  { understood, ...row }: Row<typeof mention> & { understood?: Understood | null } = {},
): Promise<typeof mention.$inferSelect> {
  const network = row.network ?? 'sandbox'
  const at = row.receivedAt ?? NINE
  const sourceId = row.sourceId ?? (await sourceOf(tx, network))
  const [made] = await tx
    .insert(mention)
    .values({
      sourceId,
      network,
      instance: 'http://127.0.0.1:1',
      nativeId: newId(),
      kind: 'post',
      authorId: 'author-1',
      authorHandle: 'pat',
      text: 'How do I set up wifi on my acme printer?',
      addressed: false,
      postedAt: at,
      receivedAt: at,
      state: 'new',
      stateAt: at,
      dueAt: after(2 * HOUR, at),
      handOverAt: after(90 * MINUTE, at),
      ...(row.holderId ? { leaseUntil: after(20 * MINUTE, at) } : {}),
      ...row,
    })
    .returning()
  const { id, state } = made! // an insert of one row returns it
  if (understood ?? (understood !== null && state !== 'new')) await aClassification(tx, id, understood ?? {}, at)
  return made!
}

async function sourceOf(tx: BrandTx, network: string): Promise<string> {
  const [found] = await tx.select({ id: source.id }).from(source).where(eq(source.network, network)).limit(1)
  return (found ?? (await aSource(tx, { network }))).id
}

/** What was understood of a mention; `result` says the same as the columns. */
export async function aClassification(
  tx: BrandTx,
  mentionId: string,
  understood: Understood = {},
  at: Date = NINE,
): Promise<Classification> {
  const result: Classification = { ...CALM_QUESTION, ...understood }
  await tx.insert(classification).values({
    mentionId,
    model: 'test',
    language: result.language.tag,
    sentiment: result.sentiment.label,
    intent: result.intent.label,
    anger: result.anger,
    result,
    at,
  })
  return result
}

export const CALM_QUESTION: Classification = {
  language: { tag: 'en', confidence: 0.9 },
  sentiment: { label: 'neutral', score: 0, confidence: 0.8 },
  emotion: { label: 'optimism', scores: { anger: 0.05, joy: 0.1, optimism: 0.8, sadness: 0.05 } },
  anger: 0.05,
  urgency: 0.1,
  intent: { label: 'question', confidence: 0.9 },
  skills: [],
  needsExpert: 0.1,
  needsEmployee: 0.1,
  flags: [],
  unsure: [],
  why: [],
}

/** An offer; open and claimed ones count in the member's load. It does not touch the mention. */
export async function anOffer(
  tx: BrandTx,
  row: Row<typeof offer> & { mentionId: string; memberId: string },
): Promise<typeof offer.$inferSelect> {
  const offeredAt = row.offeredAt ?? NINE
  const [made] = await tx
    .insert(offer)
    .values({
      state: 'open',
      why: { score: 0.5, words: 'speaks en', terms: {} },
      offeredAt,
      expiresAt: after(30 * MINUTE, offeredAt),
      ...row,
    })
    .returning()
  const { state, memberId } = made! // an insert of one row returns it
  if (state === 'open' || state === 'claimed')
    await tx
      .update(member)
      .set({ load: sql`${member.load} + 1` })
      .where(eq(member.id, memberId))
  return made!
}

/** An account that may speak: the member's own, or with null the brand's. Its secret opens nothing. */
export async function anAccount(
  tx: BrandTx,
  row: Row<typeof linkedAccount> = {},
): Promise<typeof linkedAccount.$inferSelect> {
  const [made] = await tx
    .insert(linkedAccount)
    .values({
      memberId: null,
      network: 'sandbox',
      instance: 'http://127.0.0.1:1',
      handle: `acct-${newId()}`,
      secret: 'sealed',
      linkedAt: NINE,
      ...row,
    })
    .returning()
  return made! // an insert of one row returns it
}

/** A member has one account on a server, however many replies they write. */
async function accountOf(tx: BrandTx, memberId: string | null, network: string): Promise<{ id: string }> {
  const [known] = memberId
    ? await tx
        .select({ id: linkedAccount.id })
        .from(linkedAccount)
        .where(sql`member_id = ${memberId} and network = ${network}`)
    : []
  return known ?? anAccount(tx, { memberId, network })
}

/** A reply, sent unless said otherwise, by a member (`memberId` and `userId`) or, without `memberId`, by staff. */
export async function aReply(
  tx: BrandTx,
  row: Row<typeof reply> & { mentionId: string; userId: string },
): Promise<typeof reply.$inferSelect> {
  const network = row.network ?? 'sandbox'
  const at = row.requestedAt ?? NINE
  const accountId = row.accountId ?? (await accountOf(tx, row.memberId ?? null, network)).id
  const state = row.state ?? 'sent'
  const [made] = await tx
    .insert(reply)
    .values({
      authorKind: row.memberId ? 'member' : 'staff',
      voice: row.memberId ? 'own' : 'brand',
      accountId,
      text: 'Hold the button for five seconds.',
      key: newId(),
      requestedAt: at,
      sendAfter: at,
      network,
      instance: 'http://127.0.0.1:1',
      ...(state === 'sent' ? { sentAt: at, remoteId: newId() } : {}),
      ...row,
      state,
    })
    .returning()
  return made! // an insert of one row returns it
}

/** A case in the inbox, with an escalated mention of its own unless one is named. */
export async function anEscalation(
  tx: BrandTx,
  row: Row<typeof escalation> = {},
): Promise<typeof escalation.$inferSelect> {
  const openedAt = row.openedAt ?? NINE
  const mentionId = row.mentionId ?? (await aMention(tx, { state: 'escalated', receivedAt: openedAt })).id
  const [made] = await tx
    .insert(escalation)
    .values({
      team: 'care',
      priority: 'normal',
      origin: 'rule',
      reason: 'anger is 0.82, at least 0.6',
      state: row.assigneeId ? 'assigned' : 'open',
      openedAt,
      dueAt: after(2 * HOUR, openedAt),
      ...row,
      mentionId,
    })
    .returning()
  return made! // an insert of one row returns it
}

/** What a post asked for, as the rules understood it. */
export async function aDecision(
  tx: BrandTx,
  mentionId: string,
  { language, skills, at = NINE }: { language: string; skills: string[]; at?: Date },
): Promise<void> {
  const made = { policyVersion: 1, by: 'policy', destination: 'community', reason: 'A test says so.' } as const
  await tx.insert(decision).values({ mentionId, ...made, facts: { language }, action: { skills }, at })
}
