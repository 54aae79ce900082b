import { Readable } from 'node:stream'
import { verifyPassword } from 'better-auth/crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CreateOptions, createPerson } from '../../src/commands/user-create.ts'
import { importPeople } from '../../src/commands/user-import.ts'
import { readPassword } from '../../src/commands/user-password.ts'
import { listPeople, resetPassword, standPerson } from '../../src/commands/user-people.ts'
import { inBrand } from '../../src/db/client.ts'
import { brand } from '../../src/db/schema/brand.ts'
import { authAccount, authSession } from '../../src/db/schema/identity.ts'
import { membership } from '../../src/db/schema/people.ts'
import { DomainError, StartError } from '../../src/domain/errors.ts'
import { newId } from '../../src/domain/id.ts'
import { openKits } from '../../src/kit.ts'
import type { Brand } from '../../src/people/brands.ts'
import { memberProfiles, membershipsOf } from '../../src/people/members.ts'
import { aBrand, after, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aTerminal } from './terminal.ts'

let test: TestDatabase
let acme: Brand

beforeAll(async () => {
  test = await freshDatabase()
  acme = await aBrand(test.db, { slug: 'acme', settings: { skills: { ink: { en: ['ink'] } } } })
})
afterAll(() => test.drop())

async function create(options: Partial<CreateOptions> = {}): Promise<{ email: string; said: string }> {
  const email = options.email ?? `${newId()}@example.test`
  const terminal = aTerminal()
  const all = { name: 'Ana', brand: 'acme', role: 'admin', password: null, ...options, email }
  await createPerson(test.db, all, NINE, terminal)
  return { email: email.toLowerCase(), said: terminal.said() }
}

const refusal = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => new Error('it was not refused'),
    (error: Error) => error,
  )

const audits = () =>
  inBrand(test.db, acme.id, (tx) =>
    tx.execute<{ act: string; actor: string; target: string }>(sql`select act, actor, target from audit order by id`),
  )

const userId = async (email: string): Promise<string> => {
  const [row] = await test.db.execute<{ id: string }>(sql`select id from auth_user where email = ${email}`)
  return row?.id ?? ''
}

describe('a person made from the command line (O2)', () => {
  it('can sign in with the password that is printed once', async () => {
    const { email, said } = await create({ email: 'Ada@Example.test' })
    expect(said).toMatch(/^Ana <ada@example.test> is now an admin of Acme\.\nPassword, shown this once: [\w-]{20}\n$/)
    const [account] = await test.db
      .select()
      .from(authAccount)
      .where(eq(authAccount.userId, await userId(email)))
    const password = said.match(/once: (\S+)/)?.[1] ?? ''
    expect(await verifyPassword({ hash: account?.password ?? '', password })).toBe(true)
  })

  it('keeps the password that was given, which is not printed', async () => {
    const { said } = await create({ password: 'correct horse battery' })
    expect(said).not.toContain('assword')
  })

  it('is written down in the audit (O4)', async () => {
    const { email } = await create()
    expect(await audits()).toContainEqual({
      act: 'membership.added',
      actor: 'command line',
      target: await userId(email),
    })
  })

  it('is a member whom matching knows, with skills and languages', async () => {
    const { email } = await create({ role: 'member', name: 'Mia', languages: 'EN, de', skills: 'ink:0.8, wifi' })
    const [profile] = (await inBrand(test.db, acme.id, (tx) => memberProfiles(tx, new Date()))).filter(
      (one) => one.name === 'Mia',
    )
    expect(profile).toMatchObject({ languages: ['en', 'de'], rank: 0, load: 0, capacity: 3 })
    expect(profile?.skills).toContainEqual(expect.objectContaining({ skill: 'ink', level: expect.closeTo(0.8) }))
    expect(profile?.skills.map(({ skill }) => skill)).toContain('wifi')
    expect(await membershipsOf(test.db, await userId(email))).toMatchObject([{ role: 'member' }])
  })

  it('is told which skills the brand does not know', async () => {
    const { said } = await create({ role: 'member', skills: 'ink,sailing:1' })
    expect(said).toContain('note: Acme has no skill “sailing” so far.')
  })

  it('with an address that is known gets the role beside the others, and keeps their password', async () => {
    const { email } = await create({ role: 'staff', team: 'care' })
    const { said } = await create({ email, role: 'member' })
    expect(said).toBe(`Ana <${email}> is now a member of Acme.\n`)
    const roles = (await membershipsOf(test.db, await userId(email))).map(({ role }) => role)
    expect(roles).toEqual(['member', 'staff'])
  })

  it.each([
    [{ role: 'boss' }, '“boss” is no role. The roles are member, staff, admin, reader.'],
    [{ brand: 'nope' }, 'There is no brand “nope”. Brands here: acme'],
    [{ role: 'staff', team: 'sales' }, 'Acme has no team “sales”. Its teams: care, technical.'],
    [{ role: 'member', skills: 'ink:2' }, '“ink:2” is no skill'],
    [{ role: 'member', languages: 'english!' }, '“english!” is no language tag'],
    [{ email: 'nobody' }, 'This user cannot be made. email'],
    [{ password: 'short' }, 'This user cannot be made. password'],
    [{ newBrand: 'Other', brand: 'acme' }, 'There is a brand “acme” already'],
    [{ newBrand: 'Other', brand: 'Not A Slug' }, '“Not A Slug” cannot name a brand'],
    [{ newBrand: 'Other', brand: 'other', timeZone: 'Mars/Olympus' }, '“Mars/Olympus” is no time zone'],
  ] satisfies [Partial<CreateOptions>, string][])('is refused in one sentence: %j', async (options, says) => {
    const error = await refusal(create(options))
    expect(error instanceof StartError || error instanceof DomainError).toBe(true)
    expect(error.message).toContain(says)
  })

  it('is not half made when something is refused', async () => {
    await refusal(create({ email: 'half@example.test', newBrand: 'Half', brand: 'half', role: 'staff', team: 'sales' }))
    expect(await userId('half@example.test')).toBe('')
    expect(await test.db.select().from(brand).where(eq(brand.slug, 'half'))).toEqual([])
  })

  it('is not made twice in one role', async () => {
    const { email } = await create()
    expect((await refusal(create({ email }))).message).toBe(`${email} is an admin of Acme already.`)
  })
})

describe('a brand made with its first person', () => {
  it('has the balanced policy in force, and can decide at once (R2)', async () => {
    const { said } = await create({ brand: 'nova', newBrand: 'Nova', timeZone: 'Europe/Berlin' })
    expect(said).toContain('Made the brand Nova (nova) with the balanced policy.')
    const [nova] = await test.db.select().from(brand).where(eq(brand.slug, 'nova'))
    const kit = await openKits(test.db).of(nova?.id ?? '')
    expect(kit).toMatchObject({ policyVersion: 1, brand: { name: 'Nova', timeZone: 'Europe/Berlin' } })
    const seen = await inBrand(test.db, kit.brand.id, (tx) => tx.execute(sql`select act from audit order by id`))
    expect(seen).toEqual([{ act: 'brand.created' }, { act: 'membership.added' }])
  })
})

describe('people at a brand', () => {
  it('are listed with role and standing, for people and for programs, and those of other brands are not (I5)', async () => {
    const own = await aBrand(test.db, { slug: 'small', name: 'Small' })
    await create({ brand: 'small', name: 'Sam', email: 'sam@example.test', role: 'staff', team: 'care' })
    await create({ brand: 'small', name: 'Mia', email: 'mia@example.test', role: 'member' })
    const table = aTerminal()
    await listPeople(test.db, own, false, table)
    expect(table.said().split('\n')).toEqual([
      'NAME  E-MAIL            ROLE    TEAM OR RANK  STANDING',
      'Mia   mia@example.test  member  newcomer      trusted',
      'Sam   sam@example.test  staff   care          trusted',
      '',
    ])
    const lines = aTerminal()
    await listPeople(test.db, own, true, lines)
    expect(JSON.parse(lines.said().split('\n')[1] ?? '')).toMatchObject({ name: 'Sam', team: 'care', rank: null })
  })

  it('get a new password, lose their sessions, and it is noted in each of their brands', async () => {
    const { email } = await create()
    const id = await userId(email)
    await test.db.insert(authSession).values({ id: newId(), userId: id, token: newId(), expiresAt: after(1, NINE) })
    const terminal = aTerminal()
    await resetPassword(test.db, email.toUpperCase(), null, NINE, terminal)
    expect(terminal.said()).toMatch(/Password, shown this once: [\w-]{20}\n$/)
    expect(await test.db.select().from(authSession).where(eq(authSession.userId, id))).toEqual([])
    expect(await audits()).toContainEqual({ act: 'user.password', actor: 'command line', target: id })
  })

  it('are suspended and restored; probation is not lifted on the way', async () => {
    const { email } = await create({ role: 'member' })
    await create({ email, role: 'staff' })
    const id = await userId(email)
    const standings = async () => {
      const rows = await membershipsOf(test.db, id)
      return rows.map(({ role, standing }) => `${role} ${standing}`)
    }
    const terminal = aTerminal()
    const stand = (to: 'suspended' | 'trusted', role?: string) =>
      standPerson(test.db, { email, brand: 'acme', ...(role && { role }) }, to, NINE, terminal)

    await stand('suspended', 'member')
    expect(await standings()).toEqual(['member suspended', 'staff trusted'])
    await stand('trusted')
    expect(await standings()).toEqual(['member trusted', 'staff trusted'])
    await test.db.update(membership).set({ standing: 'probation' }).where(eq(membership.userId, id))
    await stand('trusted')
    expect(await standings()).toEqual(['member probation', 'staff probation'])
    expect((await audits()).filter((row) => row.target === id).map((row) => row.act)).toEqual([
      'membership.added',
      'membership.added',
      'membership.suspended',
      'membership.trusted',
    ])
  })

  it('who are not there are named in one sentence', async () => {
    const who = { email: 'ghost@example.test', brand: 'acme' }
    const says = 'Nobody here has the address ghost@example.test.'
    expect((await refusal(standPerson(test.db, who, 'suspended', NINE, aTerminal()))).message).toBe(says)
    expect((await refusal(resetPassword(test.db, who.email, null, NINE, aTerminal()))).message).toBe(says)
  })
})

describe('a password', () => {
  async function* typed(...chunks: string[]) {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  it('is read from standard input up to the end of its first line', async () => {
    expect(await readPassword('-', typed('correct ho', 'rse\r\nmore'))).toBe('correct horse')
    expect(await readPassword(undefined, typed('unread'))).toBeNull()
  })
  it('is refused on the command line, and when none comes', async () => {
    await expect(readPassword('hunter2', typed())).rejects.toThrow('--password -')
    await expect(readPassword('-', typed())).rejects.toThrow('No password came')
  })
})

describe('a list of people from the command line (P9)', () => {
  it('is invited once, with a link for each; lines that cannot be used are named', async () => {
    const read = async (...more: string[]) => {
      const terminal = aTerminal()
      const csv = ['name,email,skills', 'Nora,nora@list.test,ink:0.7', 'Kim,kim.list.test,', ...more].join('\n')
      const place = { db: test.db, baseUrl: 'https://acme.example', at: NINE, stdin: Readable.from([Buffer.from(csv)]) }
      const status = await importPeople(place, '-', { brand: 'acme', days: '14' }, terminal)
      return { status, said: terminal.said() }
    }
    const first = await read()
    expect(first.status).toBe(1)
    expect(first.said).toMatch(/nora@list\.test +invited +https:\/\/acme\.example\/join#[\w-]{43}/)
    expect(first.said).toContain('line 3: “kim.list.test” is no e-mail address.')
    expect((await read('Lee,lee@list.test,')).said).toMatch(
      /nora@list\.test +invited-before *\n.*lee@list\.test +invited +http/,
    )
  })
})
