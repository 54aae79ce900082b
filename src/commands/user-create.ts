import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { readPolicy } from '../../rules/language.ts'
import { type Db, inBrand } from '../db/client.ts'
import { authUser } from '../db/schema/identity.ts'
import { StartError } from '../domain/errors.ts'
import { ROLES, type Role } from '../domain/roles.ts'
import type { Tools } from '../main.ts'
import { createUser } from '../people/auth.ts'
import { type Brand, brandBySlug } from '../people/brands.ts'
import { addMembership, createBrand, createMember, FIRST_SETTINGS } from '../people/create.ts'
import { languagesIn, skillsIn } from '../people/declared.ts'
import { brandNamed, COMMAND_LINE } from './database.ts'
import { madePassword } from './user-password.ts'

export type CreateOptions = {
  email: string
  name?: string
  brand: string
  role: string
  team?: string
  languages?: string
  skills?: string
  /** Null: one is made and printed, once. */
  password: string | null
  newBrand?: string
  timeZone?: string
}

const BALANCED = new URL('../../rules/presets/balanced.yaml', import.meta.url)

/**
 * Makes somebody with a role at a brand: the brand itself when `newBrand` names one, the user unless the address is
 * known. All of it or nothing.
 * @throws StartError, or DomainError from the rooms below, in one sentence
 */
export async function createPerson(db: Db, options: CreateOptions, at: Date, { out, err }: Say): Promise<void> {
  const role = roleNamed(options.role)
  const email = options.email.trim().toLowerCase()
  if (options.newBrand === undefined) await brandNamed(db, options.brand)
  const { user, brand } = await db.transaction(async (tx) => {
    // Users first: from the brand's rows on, the transaction has the rights of the brand only.
    const user = await userOf(tx, email, options)
    const brand = await brandFor(tx, options, at)
    const added = await inBrand(tx, brand.id, async (own) => {
      if (role !== 'member') {
        const team = role === 'staff' ? teamOf(options.team, brand) : null
        return addMembership(own, { userId: user.id, role, team, by: COMMAND_LINE, at })
      }
      const languages = languagesOf(options.languages) ?? brand.settings.languages
      const skills = skillsOf(options.skills)
      const unknown = skills.filter(({ skill }) => !Object.hasOwn(brand.settings.skills, skill))
      if (unknown.length > 0)
        err(`note: ${brand.name} has no skill ${unknown.map(({ skill }) => `“${skill}”`).join(', ')} so far.`)
      return createMember(own, { userId: user.id, name: user.name, languages, skills, by: COMMAND_LINE, at })
    })
    if (!added) throw new StartError(`${email} is ${aRole(role)} of ${brand.name} already.`)
    return { user, brand }
  })
  if (options.newBrand !== undefined) out(`Made the brand ${brand.name} (${brand.slug}) with the balanced policy.`)
  out(`${user.name} <${email}> is now ${aRole(role)} of ${brand.name}.`)
  if (user.password !== null) out(`Password, shown this once: ${user.password}`)
}

type Say = Pick<Tools, 'out' | 'err'>

/** Whoever has the address, or somebody new. `password` is the one made here; null: they have or gave their own. */
async function userOf(db: Db, email: string, { name, password }: CreateOptions) {
  const [known] = await db
    .select({ id: authUser.id, name: authUser.name })
    .from(authUser)
    .where(eq(authUser.email, email))
  if (known) {
    if (password !== null)
      throw new StartError(`${email} has a password already; change it with: deputize user password --email ${email}`)
    return { ...known, password: null }
  }
  if (name === undefined) throw new StartError(`${email} is new here: give their name with --name.`)
  const made = password === null ? madePassword() : null
  const id = await createUser(db, { email, name, password: password ?? made })
  return { id, name: name.trim(), password: made }
}

async function brandFor(db: Db, { brand: slug, newBrand, timeZone = 'UTC' }: CreateOptions, at: Date): Promise<Brand> {
  if (newBrand === undefined) return brandNamed(db, slug)
  if (await brandBySlug(db, slug)) throw new StartError(`There is a brand “${slug}” already; leave --new-brand away.`)
  const text = readFileSync(BALANCED, 'utf8')
  const note = 'The policy a new brand begins with.'
  return createBrand(db, {
    slug,
    name: newBrand,
    timeZone,
    settings: FIRST_SETTINGS,
    policy: { name: readPolicy(text).name, text, note },
    by: COMMAND_LINE,
    at,
  })
}

/** @throws StartError that lists the roles */
export function roleNamed(name: string): Role {
  const role = ROLES.find((one) => one === name)
  if (!role) throw new StartError(`“${name}” is no role. The roles are ${ROLES.join(', ')}.`)
  return role
}

const aRole = (role: Role): string =>
  role === 'staff' ? 'one of the staff' : `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`

function teamOf(team: string | undefined, { name, settings }: Brand): string | null {
  if (team === undefined) return null
  const known = settings.teams.map((one) => one.name)
  if (!known.includes(team)) throw new StartError(`${name} has no team “${team}”. Its teams: ${known.join(', ')}.`)
  return team
}

function languagesOf(text: string | undefined): string[] | null {
  if (text === undefined) return null
  const read = languagesIn(text.split(',').map((tag) => tag.trim()))
  if ('tags' in read) return read.tags
  throw new StartError(`“${read.odd}” is no language tag; write two or three letters, such as en,de.`)
}

function skillsOf(text: string | undefined): { skill: string; level: number }[] {
  const read = skillsIn(text?.split(',').map((part) => part.trim()) ?? [])
  if ('skills' in read) return read.skills
  throw new StartError(`“${read.odd}” is no skill; write its name and a level from 0 to 1, such as printers/wifi:0.8.`)
}
