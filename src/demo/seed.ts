import { readFileSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import { enterApp } from '../accounts/apps.ts'
import { redirectUriOf } from '../accounts/link.ts'
import { writeCanned } from '../answers/canned.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { linkedAccount } from '../db/schema/account.ts'
import { authUser } from '../db/schema/identity.ts'
import { source } from '../db/schema/source.ts'
import { beginList } from '../decide/lists/lists.ts'
import { newId } from '../domain/id.ts'
import type { Role } from '../domain/roles.ts'
import type { MacroAct } from '../escalate/acts/contract.ts'
import { makeTool } from '../escalate/tools/tools.ts'
import { createUser } from '../people/auth.ts'
import { type Brand, brandBySlug } from '../people/brands.ts'
import { addMembership, createBrand, createMember, FIRST_SETTINGS } from '../people/create.ts'
import type { World } from '../wire.ts'
import { DEMO_PASSWORD, type DemoMacro, demoBrand, demoPeople } from './content.ts'

type Network = {
  url: string
  token: string
  tokenOf: (handle: string, name: string) => Promise<string>
  /** Our app there, for people who come back to this address. */
  appFor: (redirectUri: string) => Promise<{ clientId: string; clientSecret: string }>
}

/** Makes the demo brand, once; on every start it learns where the sandbox network listens now. @returns the brand's id */
export async function seedDemo(world: World, network: Network): Promise<string> {
  const { db, clock } = world
  const known = await brandBySlug(db, demoBrand().slug)
  const brand = known ?? (await makeBrand(db, clock.now()))
  const people = demoPeople()
  const users = await makeUsers(db, [...people.members, ...people.staff, ...people.admins, ...people.readers])
  const tokens = new Map<string, string>()
  for (const { handle, name } of [...people.members, { handle: demoBrand().handles[0]!, name: brand.name }]) {
    tokens.set(handle, await network.tokenOf(handle, name)) // a brand of the demo has a handle; a test says so
  }
  await inBrand(db, brand.id, async (tx) => {
    await seedPeople(tx, world, people, users, tokens)
    // Once: an admin may have changed or removed them since.
    if (!known) await seedWords(tx, users.get(people.admins[0]!.email)!, clock.now()) // the demo has an admin
    await seedSource(tx, world, network)
  })
  // The network may listen elsewhere now, and so may we.
  const app = await network.appFor(redirectUriOf(world.config))
  const values = { baseUrl: network.url, ...app }
  await enterApp(world, brand.id, { network: 'sandbox', values, userId: 'system' })
  return brand.id
}

async function makeBrand(db: Db, at: Date): Promise<Brand> {
  const { slug, name, timeZone, badges, ...rest } = demoBrand()
  const { handles, disclosures, languages, skills, calendar, teams } = rest
  const text = readFileSync(new URL('../../rules/presets/balanced.yaml', import.meta.url), 'utf8')
  return createBrand(db, {
    slug,
    name,
    timeZone,
    settings: {
      ...{ ...FIRST_SETTINGS, handles, disclosures, languages, skills, calendar, teams },
      badges: Object.fromEntries(Object.entries(badges).map(([badge, needs]) => [badge, { on: true, needs }])),
    },
    policy: { name: 'balanced', text, note: 'The policy a new brand begins with.' },
    by: 'system',
    at,
  })
}

/** @returns user id by e-mail; people who exist stay as they are, passwords included */
async function makeUsers(db: Db, people: readonly { name: string; email: string }[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { name, email } of people) {
    const [known] = await db.select({ id: authUser.id }).from(authUser).where(eq(authUser.email, email))
    ids.set(email, known?.id ?? (await createUser(db, { name, email, password: DEMO_PASSWORD })))
  }
  return ids
}

async function seedPeople(
  tx: BrandTx,
  { clock, vault }: World,
  people: ReturnType<typeof demoPeople>,
  users: ReadonlyMap<string, string>,
  tokens: ReadonlyMap<string, string>,
): Promise<void> {
  const made = { by: 'system', at: clock.now() }
  const userOf = (email: string) => users.get(email)! // everybody was made above
  for (const { email, handle, ...profile } of people.members) {
    const member = await createMember(tx, { ...profile, userId: userOf(email), ...made })
    if (member) await link(tx, vault, member.id, handle, tokens.get(handle)!, made.at) // one token a handle
  }
  const roles: [Role, readonly { email: string; team?: string }[]][] = [
    ['staff', people.staff],
    ['admin', people.admins],
    ['reader', people.readers],
  ]
  for (const [role, group] of roles) {
    for (const { email, team } of group)
      await addMembership(tx, { userId: userOf(email), role, team: team ?? null, ...made })
  }
  const handle = demoBrand().handles[0]!
  // Once: an admin may have disconnected it since, or linked it anew.
  const [known] = await tx
    .select({ id: linkedAccount.id })
    .from(linkedAccount)
    .where(sql`lower(handle) = ${handle.toLowerCase()}`)
  if (!known) await link(tx, vault, null, handle, tokens.get(handle)!, made.at)
}

async function seedWords(tx: BrandTx, userId: string, at: Date): Promise<void> {
  const { lists, canned } = demoBrand()
  for (const [name, list] of Object.entries(lists)) await beginList(tx, { name, ...list }, { userId }, at)
  const answers = new Map<string, string>()
  for (const one of canned) answers.set(one.title, await writeCanned(tx, one, { userId }, at))
  await seedTools(tx, answers, userId, at)
}

/** What staff have at hand in the inbox. `answers`: ids of canned answers by title. */
async function seedTools(tx: BrandTx, answers: ReadonlyMap<string, string>, userId: string, at: Date): Promise<void> {
  const { labels, macros } = demoBrand()
  const put = new Map<string, string>()
  for (const { name, colour } of labels)
    put.set(name, await makeTool(tx, { table: 'label', colour }, name, { userId }, at))
  for (const { name, acts } of macros)
    await makeTool(tx, { table: 'macro', acts: acts.map((act) => byId(act, put, answers)) }, name, { userId }, at)
}

type Ids = ReadonlyMap<string, string>

/** A step with the ids of what it names; that all of it is in the file is tested. */
function byId(act: DemoMacro['acts'][number], labels: Ids, answers: Ids): MacroAct {
  if (act.kind === 'label') return { kind: 'label', labelId: labels.get(act.label)! }
  if (act.kind === 'insert') return { kind: 'insert', cannedId: answers.get(act.insert)! }
  return act
}

async function link(
  tx: BrandTx,
  vault: World['vault'],
  memberId: string | null,
  handle: string,
  token: string,
  at: Date,
): Promise<void> {
  const id = newId(at.getTime())
  await tx
    .insert(linkedAccount)
    .values({
      id,
      memberId,
      network: 'sandbox',
      instance: 'sandbox',
      handle,
      secret: vault.seal(token, id),
      linkedAt: at,
    })
    .onConflictDoNothing()
}

async function seedSource(tx: BrandTx, { clock, vault }: World, network: Network): Promise<void> {
  const { words, exclude, handles } = demoBrand()
  const at = clock.now()
  const id = newId(at.getTime())
  const settings = { baseUrl: network.url, token: network.token, instance: 'sandbox' }
  const [known] = await tx.select({ id: source.id }).from(source).where(eq(source.network, 'sandbox'))
  if (known) {
    await tx
      .update(source)
      .set({ settings: vault.seal(JSON.stringify(settings), known.id) })
      .where(sql`id = ${known.id}`)
    return
  }
  await tx.insert(source).values({
    id,
    network: 'sandbox',
    instance: 'sandbox',
    name: 'Sandbox network',
    listen: { handles, words, exclude },
    settings: vault.seal(JSON.stringify(settings), id),
    pollEverySeconds: 3,
    nextPollAt: at,
  })
}
