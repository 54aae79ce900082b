import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { NETWORKS } from '../../connectors/connector.ts'
import { runDoctor } from '../../src/commands/doctor.ts'
import { readConfig } from '../../src/config.ts'
import { inBrand } from '../../src/db/client.ts'
import type { Check } from '../../src/doctor/check.ts'
import { checkNode, checkWeb } from '../../src/doctor/place.ts'
import { judgeRedis } from '../../src/doctor/queue.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { setOwnTerms } from '../../src/people/terms/queries.ts'
import { aBrand, after, aSource } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aFolder, aTerminal } from './terminal.ts'

let test: TestDatabase
const folder = aFolder()

beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(async () => {
  folder.remove()
  await test.drop()
})

type Shown = { network: string; capabilities: object | null }
type Env = Record<string, string | undefined>

async function examine(env: Env = {}, options: { start?: boolean; now?: () => Date } = {}) {
  const terminal = aTerminal()
  const all = { DATABASE_URL: test.url, SECRET: 's'.repeat(32), DATA_DIR: folder.dir, ...env }
  const tools = { ...terminal, config: () => readConfig(all) }
  const status = await runDoctor({ json: true, start: options.start ?? false }, tools, options.now)
  const { checks, networks, brands } = JSON.parse(terminal.said()) as {
    checks: Check[]
    networks: Shown[]
    brands: { brand: string; networks: Shown[] }[]
  }
  return { status, networks, brands, checks: Object.fromEntries(checks.map((check) => [check.name, check])) }
}

describe('the doctor (O2)', () => {
  it('finds a sound installation sound', async () => {
    const { status, checks } = await examine()
    expect(Object.keys(checks)).toEqual([
      ...['node', 'configuration', 'data folder', 'secret', 'web pages'],
      ...['database', 'clock', 'schema', 'brand isolation', 'brand role', 'rules', 'sources', 'accounts', 'queue'],
    ])
    expect(Object.values(checks).filter((check) => check.status === 'fail')).toEqual([])
    expect(checks['brand isolation']?.says).toMatch(/^row-level security on \d\d tables$/)
    expect(status).toBe(0)
  })

  it('prints a table for people, with what each network can and cannot do (L1)', async () => {
    const terminal = aTerminal()
    const config = () => readConfig({ DATABASE_URL: test.url })
    expect(await runDoctor({}, { ...terminal, config })).toBe(1)
    expect(terminal.said()).toContain('FAIL  secret')
    expect(terminal.said()).toContain('secret: Set SECRET, the same for every process')
    expect(terminal.said()).toContain('As networks ask:')
    expect(terminal.said()).toMatch(/^sandbox +yes +public +no +all +event +polls +yes +oauth /m)
    expect(terminal.said()).toMatch(/^linkedin +yes +own content .* 48 h +oauth +up to 1,250 characters /m)
    expect(terminal.said()).not.toContain('has it, where that differs')
  })

  it('shows a brand’s own terms where it has any, as the page Networks does (L1, P2)', async () => {
    const { id } = await aBrand(test.db, { slug: 'strict' })
    await inBrand(test.db, id, (tx) => setOwnTerms(tx, 'mastodon', { keepHours: 24, rewards: true }))
    const terminal = aTerminal()
    await runDoctor({}, { ...terminal, config: () => readConfig({ DATABASE_URL: test.url }) })
    const [, own] = terminal.said().split('As strict has it, where that differs:\n')
    expect(own?.split('\n')[0]).toMatch(/^mastodon +yes .* 24 h +oauth .* yes +free$/)
    const { brands } = await examine()
    const [mastodon, ...others] = brands.find(({ brand }) => brand === 'strict')!.networks
    expect(mastodon).toMatchObject({ network: 'mastodon', capabilities: { keepHours: 24, rewardsForPosting: 'yes' } })
    expect(others).toEqual([])
  })

  it('lists every network for programs', async () => {
    const { networks } = await examine()
    expect(networks.find((one) => one.network === 'replay')?.capabilities).toMatchObject({ reply: null })
    expect(networks.map(({ network }) => network)).toEqual([...NETWORKS])
  })

  it('tells of a configuration that cannot be used, and looks at nothing it would need', async () => {
    const { status, checks } = await examine({ PORT: 'eighty' })
    expect(status).toBe(1)
    expect(checks.configuration).toMatchObject({ status: 'fail', says: expect.stringContaining('PORT: "eighty"') })
    expect(checks.database).toBeUndefined()
  })

  it('names brands whose rules in force it cannot read (R3)', async () => {
    const { id } = await aBrand(test.db, { slug: 'oldrules' })
    await test.db.execute(sql`insert into policy (id, brand_id, version, name, text, author, note, saved_at)
      values (${newId()}, ${id}, 1, 'ours', 'name: ours', 'Ada', '', now())`)
    await test.db.execute(sql`update brand set policy_version = 1 where id = ${id}`)
    const { status, checks } = await examine()
    expect(status).toBe(1)
    expect(checks.rules).toMatchObject({ status: 'fail', says: 'cannot be read: oldrules (1)' })
    await test.db.execute(sql`update brand set policy_version = 0 where id = ${id}`)
  })

  it('tells of a database that does not answer', async () => {
    const { status, checks } = await examine({ DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' })
    expect(status).toBe(1)
    expect(checks.database).toMatchObject({ status: 'fail', says: expect.stringContaining('ECONNREFUSED') })
    expect(checks.schema).toBeUndefined()
  })

  it('tells of a Redis that does not answer', async () => {
    const { checks } = await examine({ REDIS_URL: 'redis://127.0.0.1:1' })
    expect(checks.queue).toMatchObject({ status: 'fail', says: expect.stringContaining('ECONNREFUSED') })
  })

  it('tells of clocks that disagree', async () => {
    const { status, checks } = await examine({}, { now: () => new Date(Date.now() + 5 * MINUTE) })
    expect(checks.clock).toMatchObject({
      status: 'fail',
      says: expect.stringMatching(/^(300|299|30[1-9])\.\d s apart/),
    })
    expect(status).toBe(1)
  })

  it('tells of a folder that is none', async () => {
    const { checks } = await examine({ DATABASE_URL: undefined, DATA_DIR: join(folder.file('plain', ''), 'data') })
    expect(checks['data folder']).toMatchObject({ status: 'fail', says: expect.stringContaining('is not a folder') })
  })

  it('does not start the embedded database to look at it', async () => {
    const dataDir = join(folder.dir, 'fresh')
    mkdirSync(dataDir)
    const { status, checks } = await examine({ DATABASE_URL: undefined, DATA_DIR: dataDir, SECRET: undefined })
    expect(checks.database).toMatchObject({ status: 'warn', todo: expect.stringContaining('--start') })
    expect(checks.secret).toMatchObject({ status: 'warn' })
    expect(status).toBe(0)
    expect(existsSync(join(dataDir, 'postgres-18', 'cluster'))).toBe(false)
  })
})

describe('the doctor, of a database that is not as it should be,', () => {
  afterEach(async () => {
    await test.db.execute(sql`alter table mention enable row level security`)
    await test.db.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'later'`)
  })

  it('names the tables that brands could see of each other (I5)', async () => {
    await test.db.execute(sql`alter table mention disable row level security`)
    const { status, checks } = await examine()
    expect(checks['brand isolation']).toMatchObject({ status: 'fail', says: 'no row-level security on mention' })
    expect(status).toBe(1)
  })

  it('tells that a newer version wrote it', async () => {
    await test.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`,
    )
    const { checks } = await examine()
    expect(checks.schema).toMatchObject({ status: 'fail', says: 'written by a newer version of Deputize' })
  })

  it('names sources in trouble, and those that nobody asks (L4)', async () => {
    const { id } = await aBrand(test.db, { slug: 'acme' })
    const late = after(-10 * MINUTE, new Date())
    await inBrand(test.db, id, async (tx) => {
      await aSource(tx, { name: 'Forum', trouble: 'Answers 503.', nextPollAt: new Date() })
      await aSource(tx, { name: 'Posts', nextPollAt: late })
      await aSource(tx, { name: 'Still', nextPollAt: late, state: 'paused' })
    })
    const { status, checks } = await examine()
    expect(checks.sources).toMatchObject({
      status: 'warn',
      says: 'acme/Forum: Answers 503.; acme/Posts: not asked for over 5 minutes',
    })
    expect(status).toBe(0)
  })
})

describe('what the doctor thinks', () => {
  it.each([
    ['v18.20.1', 'fail'],
    ['v20.18.3', 'fail'],
    ['v20.19.0', 'ok'],
    ['v24.1.0', 'ok'],
  ])('of Node %s: %s', (version, status) => {
    expect(checkNode(version).status).toBe(status)
  })

  it.each([
    ['redis_version:6.2.1\r\nmaxmemory_policy:noeviction\r\n', 'fail'],
    ['redis_version:7.0.15\r\nmaxmemory_policy:allkeys-lru\r\n', 'warn'],
    ['redis_version:7.0.15\r\nmaxmemory_policy:noeviction\r\n', 'ok'],
    ['redis_version:10.1.0\r\n', 'ok'],
  ])('of a Redis that says %j: %s', (info, status) => {
    expect(judgeRedis(info).status).toBe(status)
  })

  it('of web pages that are not built: the command that builds them', () => {
    expect(checkWeb(join(folder.dir, 'index.html'))).toMatchObject({ status: 'warn', todo: 'Run: npm run build:web' })
    writeFileSync(join(folder.dir, 'index.html'), '')
    expect(checkWeb(join(folder.dir, 'index.html')).status).toBe('ok')
  })
})
