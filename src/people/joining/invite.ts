import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { type Db, inBrand } from '../../db/client.ts'
import { DAY } from '../../domain/clock.ts'
import type { Role } from '../../domain/roles.ts'
import type { Brand } from '../brands.ts'
import { linkTo } from '../links.ts'
import { storeMail } from '../mails.ts'
import { digestOf } from '../proofs.ts'
import type { Vault } from '../secrets.ts'
import { createInvite } from './invites.ts'

export type Wish = { role: Role; team: string | null; email: string | null; days: number }
type Deps = { db: Db; vault: Vault; baseUrl: string; mail: boolean; secret: string }
type By = { userId: string; name: string; key: string; at: Date }

/**
 * Invites somebody from the page, by mail as well where an address and a mail server are there. Its token is made from
 * the request's key, so that the same request again finds the same link, without the link being stored anywhere.
 *
 * @returns `mailId` null: no mail was stored now
 * @throws DomainError `invalid` for a team the brand has not
 */
export async function inviteFromPage(
  { db, vault, baseUrl, mail, secret }: Deps,
  brand: Brand,
  wish: Wish,
  { userId, name, key, at }: By,
): Promise<{ id: string; link: string; expiresAt: Date; mailId: string | null }> {
  const token = createHmac('sha256', secret)
    .update(JSON.stringify(['invite', brand.id, userId, key]))
    .digest('base64url')
  const link = linkTo(baseUrl, 'join', token)
  const made = await db.transaction(async (tx) => {
    // A request that comes twice at once waits here, and then finds what the other made.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${digestOf(token)}, 0))`)
    const [known] = await tx.execute<{ id: string; expiresAt: string }>(sql`
      select id, expires_at as "expiresAt" from invite where token_hash = ${digestOf(token)}`)
    if (known) return { id: known.id, expiresAt: new Date(known.expiresAt), mailId: null }
    const { email, role, days } = wish
    // Before the brand's rights hold: mails are of the installation.
    const mailId =
      email !== null && mail
        ? await storeMail(
            tx,
            vault,
            { ...letter(name, brand, role, link, days), to: email, uselessAt: new Date(at.getTime() + days * DAY) },
            at,
          )
        : null
    return {
      ...(await inBrand(tx, brand.id, (own) => createInvite(own, { ...wish, by: userId, at, token }))),
      mailId,
    }
  })
  return { ...made, link }
}

const A_ROLE: Record<Role, string> = {
  member: 'a member',
  staff: 'one of the staff',
  admin: 'an admin',
  reader: 'a reader',
}

export const letter = (by: string, { name }: Brand, role: Role, link: string, days: number) => ({
  kind: 'invite' as const,
  subject: `An invitation to ${name}`,
  text: `${by} invites you to ${name} on Deputize, as ${A_ROLE[role]}. This link lets you join, once, within ${days === 1 ? 'a day' : `${days} days`}:

${link}

If you did not expect this, do nothing.
`,
})
