import { eq, sql } from 'drizzle-orm'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { authUser } from '../db/schema/identity.ts'
import { StartError } from '../domain/errors.ts'
import type { Role, Standing } from '../domain/roles.ts'
import type { Tools } from '../main.ts'
import { setPassword } from '../people/auth.ts'
import type { Brand } from '../people/brands.ts'
import { endSessions } from '../people/devices.ts'
import { auditEverywhere } from '../people/recovery.ts'
import { type NewStanding, setStanding } from '../people/standing.ts'
import { columns } from './columns.ts'
import { brandNamed, COMMAND_LINE } from './database.ts'
import { roleNamed } from './user-create.ts'
import { madePassword } from './user-password.ts'

type Say = Pick<Tools, 'out'>
type Row = { name: string; email: string; role: Role; team: string | null; standing: Standing; rank: string | null }

/** Everyone at a brand, as a table or as JSON lines. */
export async function listPeople(db: Db, brand: Brand, json: boolean, { out }: Say): Promise<void> {
  const people = await inBrand(db, brand.id, peopleOf)
  if (json) for (const person of people) out(JSON.stringify(person))
  else {
    const rows = people.map((row) => [row.name, row.email, row.role, row.team ?? row.rank ?? '', row.standing])
    for (const line of columns([['NAME', 'E-MAIL', 'ROLE', 'TEAM OR RANK', 'STANDING'], ...rows])) out(line)
  }
}

const peopleOf = (tx: BrandTx): Promise<Row[]> =>
  tx.execute<Row>(sql`
    select u.name, u.email, p.role, p.team, p.standing, m.rank from membership p join auth_user u on u.id = p.user_id
    left join member m on m.user_id = p.user_id and p.role = 'member' order by p.role, u.name, u.email`)

/** A new password for somebody, whose sessions end; noted in the audit of each of their brands. */
export async function resetPassword(
  db: Db,
  email: string,
  given: string | null,
  at: Date,
  { out }: Say,
): Promise<void> {
  const user = await userNamed(db, email)
  const password = given ?? madePassword()
  await db.transaction(async (tx) => {
    await setPassword(tx, user.id, password)
    await auditEverywhere(tx, { userId: user.id, act: 'user.password', by: COMMAND_LINE, at })
  })
  out(`${user.name} <${user.email}> has a new password; their sessions have ended.`)
  if (given === null) out(`Password, shown this once: ${password}`)
}

/** Suspends or bans somebody at a brand or takes them back, in all their roles there or in one. */
export async function standPerson(
  db: Db,
  who: { email: string; brand: string; role?: string; reason?: string },
  standing: NewStanding,
  at: Date,
  { out }: Say,
): Promise<void> {
  const role = who.role === undefined ? null : roleNamed(who.role)
  const brand = await brandNamed(db, who.brand)
  const user = await userNamed(db, who.email)
  const has = await db.execute<{ role: Role }>(
    sql`select role from membership where user_id = ${user.id} and brand_id = ${brand.id}`,
  )
  if (!has.some((one) => role === null || one.role === role))
    throw new StartError(`${user.email} is ${role === null ? 'nobody' : `no ${role}`} at ${brand.name}.`)
  const change = { userId: user.id, role, standing, reason: who.reason ?? null, by: COMMAND_LINE, at }
  const roles = await db.transaction(async (tx) => {
    if (standing !== 'trusted') await endSessions(tx, user.id, { all: true })
    return inBrand(tx, brand.id, (own) => setStanding(own, change))
  })
  const done = standing === 'trusted' ? 'restored' : standing
  const words = `${user.name} <${user.email}>`
  out(roles.length > 0 ? `${words} is ${done} at ${brand.name} (${roles.join(', ')}).` : `${words} was so already.`)
}

export async function userNamed(db: Db, email: string): Promise<{ id: string; name: string; email: string }> {
  const wanted = email.trim().toLowerCase()
  const [user] = await db
    .select({ id: authUser.id, name: authUser.name, email: authUser.email })
    .from(authUser)
    .where(eq(authUser.email, wanted))
  if (!user) throw new StartError(`Nobody here has the address ${wanted}.`)
  return user
}
