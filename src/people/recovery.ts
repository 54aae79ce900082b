import { eq, sql } from 'drizzle-orm'
import { writeAudit } from '../db/audit.ts'
import { type Db, inBrand } from '../db/client.ts'
import { authUser } from '../db/schema/identity.ts'
import { MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { setPassword } from './auth.ts'
import { linkTo } from './links.ts'
import { storeMail } from './mails.ts'
import { hasProofSince, issueProof, PROOF_MS, type ProofKind, takeProof } from './proofs.ts'
import type { Vault } from './secrets.ts'

type Deps = { db: Db; vault: Vault; baseUrl: string }
type User = { id: string; name: string; email: string }

/** One such mail in so long, whoever asks for it. */
const NOT_AGAIN_MS = 2 * MINUTE

/**
 * Stores a mail with a link that sets a new password, when the address is known and confirmed.
 * @returns the mail's id; null, of which whoever asked hears nothing, when there is none to send
 */
export async function mailReset({ db, vault, baseUrl }: Deps, address: string, at: Date): Promise<string | null> {
  const [user] = await db
    .select({ id: authUser.id, name: authUser.name, email: authUser.email })
    .from(authUser)
    .where(sql`email = ${address.trim().toLowerCase()} and email_verified`)
  if (!user) return null
  return mailProof({ db, vault, baseUrl }, 'reset', user, at)
}

/** Stores a mail with a link that confirms its address. Null: one is under way. */
export const mailConfirmation = (deps: Deps, user: User, at: Date): Promise<string | null> =>
  mailProof(deps, 'email', user, at)

function mailProof({ db, vault, baseUrl }: Deps, kind: ProofKind, user: User, at: Date): Promise<string | null> {
  return db.transaction(async (tx) => {
    // Of two who ask at once one waits here, and then finds the other's.
    await tx.execute(sql`select 1 from auth_user where id = ${user.id} for no key update`)
    if (await hasProofSince(tx, kind, user.id, new Date(at.getTime() - NOT_AGAIN_MS))) return null
    const token = await issueProof(tx, kind, user.id, at)
    const uselessAt = new Date(at.getTime() + PROOF_MS[kind])
    const letter =
      kind === 'reset'
        ? resetLetter(user, linkTo(baseUrl, 'reset', token))
        : confirmLetter(user, linkTo(baseUrl, 'confirm', token))
    return storeMail(tx, vault, { to: user.email, uselessAt, ...letter }, at)
  })
}

const resetLetter = ({ name }: User, link: string) => ({
  kind: 'reset' as const,
  subject: 'A new password for Deputize',
  text: `Hello ${name},

somebody, we hope you, asked for a new password. This link sets one, once, within the hour:

${link}

If it was not you, do nothing: your password stays as it is.
`,
})

const confirmLetter = ({ name }: User, link: string) => ({
  kind: 'confirm' as const,
  subject: 'Is this your address?',
  text: `Hello ${name},

this link confirms that mails to this address reach you, within three days:

${link}

If you did not join Deputize, do nothing.
`,
})

const USED_UP = 'This link was used already, or is too old. Ask for a new one.'

/** Sets a new password by a proof; all sessions end, and it is noted in each of their brands. @returns the address @throws DomainError `gone`, `invalid` */
export async function resetByProof(db: Db, token: string, password: string, at: Date): Promise<string> {
  return db.transaction(async (tx) => {
    const userId = await takeProof(tx, 'reset', token, at)
    if (userId === null) throw new DomainError('gone', USED_UP)
    const email = await addressOf(tx, userId)
    await setPassword(tx, userId, password)
    await auditEverywhere(tx, { userId, act: 'user.password', by: userId, at })
    return email
  })
}

/** @returns the address that is confirmed now @throws DomainError `gone` */
export async function confirmByProof(db: Db, token: string, at: Date): Promise<{ userId: string; email: string }> {
  return db.transaction(async (tx) => {
    const userId = await takeProof(tx, 'email', token, at)
    if (userId === null) throw new DomainError('gone', USED_UP)
    await tx.update(authUser).set({ emailVerified: true, updatedAt: at }).where(eq(authUser.id, userId))
    return { userId, email: await addressOf(tx, userId) }
  })
}

async function addressOf(db: Pick<Db, 'execute'>, userId: string): Promise<string> {
  const [user] = await db.execute<{ email: string }>(sql`select email from auth_user where id = ${userId}`)
  if (!user) throw new DomainError('gone', USED_UP)
  return user.email
}

type Entry = { userId: string; act: string; by: string; at: Date; details?: Record<string, unknown> }

/** Notes an act on somebody's sign-in in the audit of each of their brands; the last thing its transaction does. */
export async function auditEverywhere(tx: Parameters<typeof inBrand>[0], entry: Entry): Promise<void> {
  const { userId: target, by: actor, ...rest } = entry
  const brands = await tx.execute<{ id: string }>(sql`
    select distinct brand_id as id from membership where user_id = ${target} order by 1`)
  for (const { id } of brands) await inBrand(tx, id, (own) => writeAudit(own, { actor, target, ...rest }))
}
