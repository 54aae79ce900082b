import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { DAY } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Brand } from '../brands.ts'
import { DECLARED } from '../declared.ts'
import { letter } from '../joining/invite.ts'
import { createInvite } from '../joining/invites.ts'
import { linkTo } from '../links.ts'
import { storeMail } from '../mails.ts'
import { digestOf } from '../proofs.ts'
import type { Vault } from '../secrets.ts'
import { answered, declineOpen, linkInvite, tellApplications } from './queries.ts'

type Deps = { db: Db; vault: Vault; baseUrl: string; mail: boolean; secret: string }
type By = { userId: string; name: string; at: Date }
type Taken = { id: string; name: string; email: string; languages: string[]; skills: string[] }
type Made = { link: string; expiresAt: Date; mailId: string | null }

/** So long the link of whoever was accepted is good. */
const DAYS = 14

/**
 * Invites who applied, with what they said of themselves as what a member declares; they begin as newcomers, whose
 * answers somebody reads first. The same request again finds its own link.
 * @throws DomainError `not-found`, or `conflict` naming the admin who answered before
 */
export async function accept(deps: Deps, brand: Brand, id: string, by: By & { key: string }): Promise<Made> {
  const { db, vault, baseUrl, mail, secret } = deps
  const { userId, name, key, at } = by
  const token = createHmac('sha256', secret)
    .update(JSON.stringify(['application', brand.id, id, userId, key]))
    .digest('base64url')
  const link = linkTo(baseUrl, 'join', token)
  return db.transaction(async (tx) => {
    const taken = await takeOpen(tx, brand.id, id, userId, at)
    if (!taken) return inBrand(tx, brand.id, (own) => madeBefore(own, id, token, link))
    const { email } = taken
    const words = letter(name, brand, 'member', link, DAYS)
    const uselessAt = new Date(at.getTime() + DAYS * DAY)
    // Before the brand's rights hold: mails are of the installation.
    const mailId = mail ? await storeMail(tx, vault, { ...words, to: email, uselessAt }, at) : null
    const { expiresAt } = await inBrand(tx, brand.id, async (own) => {
      const wish = { role: 'member' as const, team: null, email, days: DAYS, invited: asInvited(taken, brand) }
      const made = await createInvite(own, { ...wish, by: userId, at, token })
      await linkInvite(own, taken.id, made.id)
      await writeAudit(own, {
        actor: userId,
        act: 'application.accepted',
        target: id,
        details: { invite: made.id },
        at,
      })
      await tellApplications(own, userId, at)
      return made
    })
    return { link, expiresAt, mailId }
  })
}

/** One statement settles who answers; of two admins the second gets null. */
async function takeOpen(tx: Db, brandId: string, id: string, by: string, at: Date): Promise<Taken | null> {
  const [taken] = await tx.execute<Taken>(sql`
    update application set state = 'accepted', decided_at = ${at.toISOString()}, decided_by = ${by}
    where brand_id = ${brandId} and id::text = ${id} and state = 'open' returning id, name, email, languages, skills`)
  return taken ?? null
}

/** A skill the brand no longer asks for is left behind. */
const asInvited = ({ name, languages, skills }: Taken, { settings }: Brand) => ({
  ...{ name, languages, handle: null, account: null, trustLevel: null, rank: 'newcomer' as const },
  skills: skills.filter((skill) => Object.hasOwn(settings.skills, skill)).map((skill) => ({ skill, level: DECLARED })),
})

async function madeBefore(tx: BrandTx, id: string, token: string, link: string): Promise<Made> {
  const before = await answered(tx, id)
  if (before?.tokenHash !== digestOf(token) || before.expiresAt === null) throw refusal(before)
  return { link, expiresAt: new Date(before.expiresAt), mailId: null }
}

function refusal(before: Awaited<ReturnType<typeof answered>>): DomainError {
  if (!before) return new DomainError('not-found', 'There is no such application; it may have been too old to keep.')
  const by = before.by ?? 'Somebody'
  const done = before.state === 'accepted' ? 'accepted' : 'declined'
  return new DomainError('conflict', `${by} has ${done} this application already.`, { changedBy: by })
}

/** Declines those of them that nobody has answered; nobody is told. @returns how many */
export async function declineMany(tx: BrandTx, ids: readonly string[], { userId: actor, at }: By): Promise<number> {
  const declined = await declineOpen(tx, ids, actor, at)
  for (const { id: target } of declined) await writeAudit(tx, { actor, act: 'application.declined', target, at })
  if (declined.length > 0) await tellApplications(tx, actor, at)
  return declined.length
}

/**
 * Declines an application. The reason goes to who applied and nowhere else: the audit is kept for ever, and is no place
 * for words about somebody who never came.
 * @returns the mail that tells them; null: none is sent
 * @throws DomainError `not-found`, or `conflict` naming the admin who answered before
 */
export async function decline(
  { db, vault, mail }: Deps,
  brand: Brand,
  id: string,
  reason: string,
  { userId, at }: By,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const declined = await inBrand(tx, brand.id, async (own) => {
      const [taken] = await declineOpen(own, [id], userId, at)
      if (!taken) throw refusal(await answered(own, id))
      await writeAudit(own, { actor: userId, act: 'application.declined', target: id, at })
      await tellApplications(own, userId, at)
      return taken.email
    })
    if (!mail) return null
    // Mails are of the installation, so the brand's own rights do not reach them.
    await tx.execute(sql`select set_config('role', 'none', true)`)
    const uselessAt = new Date(at.getTime() + DAYS * DAY)
    return storeMail(tx, vault, { ...refusalLetter(brand, reason), to: declined, uselessAt }, at)
  })
}

// Nothing of what they wrote: the address may be that of somebody who never heard of us.
const refusalLetter = (brand: Brand, reason: string) => ({
  kind: 'application' as const,
  subject: `Your application to ${brand.name}`,
  text: `Hello,

thank you for offering to help ${brand.name}. It is not possible now:

${reason}

What you wrote is deleted within a month.
`,
})
