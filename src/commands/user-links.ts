import { type Db, inBrand } from '../db/client.ts'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import { createInvite } from '../people/joining/invites.ts'
import { linkTo } from '../people/links.ts'
import { issueProof, madeToken } from '../people/proofs.ts'
import { auditEverywhere } from '../people/recovery.ts'
import { dropTwoFactor } from '../people/two-factor.ts'
import { brandNamed, COMMAND_LINE } from './database.ts'
import { roleNamed } from './user-create.ts'
import { userNamed } from './user-people.ts'

type Say = Pick<Tools, 'out'>
type Place = { db: Db; baseUrl: string; at: Date }
export type InviteOptions = { brand: string; role: string; team?: string; email?: string; days: string }

/** Prints a link by which somebody joins a brand. */
export async function inviteByLink({ db, baseUrl, at }: Place, options: InviteOptions, { out }: Say): Promise<void> {
  const role = roleNamed(options.role)
  const days = Number(options.days)
  if (!Number.isInteger(days) || days < 1 || days > 60)
    throw new StartError(`“${options.days}” is no number of days from 1 to 60.`)
  if (options.email !== undefined && !options.email.includes('@'))
    throw new StartError(`“${options.email}” is no e-mail address.`)
  const brand = await brandNamed(db, options.brand)
  const token = madeToken()
  const wish = { role, team: options.team ?? null, email: options.email ?? null, days }
  const { expiresAt } = await inBrand(db, brand.id, (tx) => createInvite(tx, { ...wish, by: COMMAND_LINE, at, token }))
  const whom = options.email === undefined ? 'Whoever opens it first' : options.email
  out(`${whom} joins ${brand.name} as ${role} by this link, once, until ${expiresAt.toISOString()}:`)
  out(linkTo(baseUrl, 'join', token))
}

/** Prints a link by which somebody sets a new password themselves; noted in the audit of each of their brands. */
export async function resetByLink({ db, baseUrl, at }: Place, email: string, { out }: Say): Promise<void> {
  const user = await userNamed(db, email)
  const token = await db.transaction(async (tx) => {
    const made = await issueProof(tx, 'reset', user.id, at)
    await auditEverywhere(tx, { userId: user.id, act: 'user.reset-link', by: COMMAND_LINE, at })
    return made
  })
  out(`${user.name} <${user.email}> sets a new password by this link, once, within the hour:`)
  out(linkTo(baseUrl, 'reset', token))
}

/** Takes the second factor from somebody who lost it. */
export async function takeTwoFactor({ db, at }: Omit<Place, 'baseUrl'>, email: string, { out }: Say): Promise<void> {
  const user = await userNamed(db, email)
  const had = await db.transaction(async (tx) => {
    const dropped = await dropTwoFactor(tx, user.id)
    if (dropped) await auditEverywhere(tx, { userId: user.id, act: 'user.two-factor-off', by: COMMAND_LINE, at })
    return dropped
  })
  out(
    had
      ? `${user.name} <${user.email}> signs in with the password alone; their sessions have ended.`
      : `${user.name} <${user.email}> had no second factor.`,
  )
}
