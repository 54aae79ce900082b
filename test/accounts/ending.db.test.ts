import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import type { Networks } from '../../src/accounts/accounts.ts'
import { openGrants } from '../../src/accounts/grants.ts'
import { beginLink, finishLink, type LinkDeps, redirectUriOf } from '../../src/accounts/link.ts'
import { buildApp } from '../../src/app.ts'
import { runDoctor } from '../../src/commands/doctor.ts'
import { readConfig } from '../../src/config.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { WARN_BEFORE_DAYS } from '../../src/domain/grant-end.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { aTerminal } from '../commands/terminal.ts'
import { authorise } from '../connectors/sandbox-authorise.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, environment, type TestWorld } from '../world.ts'
import { enterSandboxApp, linkDeps } from './journey.ts'

const PASSWORD = 'a long password'
/** How long an account may be used at all, as its network says when it is linked. */
const LIFE = 60 * DAY

let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let ada: Ask
let accountId: string
let networks: Networks
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1, password: PASSWORD })
  networks = endingAfter(LIFE)
  app = await buildApp({ ...w.world, networks }, null)
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  await inBrand(test.db, w.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: w.clock.now() }),
  )
  await enterSandboxApp(w)
  accountId = await link(userId)
  ada = await signedIn(app, 'ada@example.test', PASSWORD)
}, 90_000)
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

/** The sandbox network, were its accounts good for so long at most, however often they are renewed. */
function endingAfter(lifeMs: number): Networks {
  const entry = CONNECTORS.sandbox!
  const linking = entry.linking.map((way) => {
    if (way.way !== 'redirect') return way
    const open: typeof way.open = (settings, deps) => {
      const opened = way.open(settings, deps)
      return {
        ...opened,
        finish: async (come) => {
          const linked = await opened.finish(come)
          return { ...linked, grant: { ...linked.grant, endsAt: new Date(w.clock.now().getTime() + lifeMs) } }
        },
      }
    }
    return { ...way, open }
  })
  return { ...CONNECTORS, sandbox: { ...entry, linking } }
}

/** Links the brand's account, which the source reads with. */
async function link(userId: string): Promise<string> {
  const deps: LinkDeps = { ...linkDeps(w), networks }
  const { url } = await beginLink(
    deps,
    { brandId: w.cast.brandId, userId, memberId: null },
    { network: 'sandbox', server: null },
  )
  const { account } = await finishLink(deps, userId, await authorise(url, { handle: 'acme_reads' }), () => true)
  await test.db.execute(sql`update source set account_id = ${account.id}`)
  expect(redirectUriOf(deps)).toContain('/accounts/linked')
  return account.id
}

const shown = async () => {
  const accounts = (await ada('GET', '/accounts')).body.brand
  return accounts.find(({ id }: { id: string }) => id === accountId)
}
const sourceSays = async () => (await ada('GET', '/sources')).body.items[0].ending
const doctorSays = async () => {
  const terminal = aTerminal()
  const tools = { ...terminal, config: () => readConfig(environment(test.url)) }
  await runDoctor({ json: true }, tools, w.clock.now)
  const { checks } = JSON.parse(terminal.said()) as { checks: { name: string; status: string; says: string }[] }
  return checks.find(({ name }) => name === 'accounts')
}

describe('an account that ends for good, however often it is renewed (F3, L4)', () => {
  it('says when from the start, and is no cause for alarm while that is far away', async () => {
    const endsAt = new Date(w.clock.now().getTime() + LIFE).toISOString()
    expect(await shown()).toMatchObject({ endsAt, endsSoon: false, state: 'linked' })
    expect(await sourceSays()).toBeNull()
    expect(await doctorSays()).toMatchObject({ status: 'ok' })
  })

  it('ends when it ends although its grant was renewed meanwhile', async () => {
    const { endsAt } = await shown()
    const { db, vault, clock, connectorDeps } = w.world
    const grants = openGrants({ db, vault, clock, connectorDeps, networks, fault: noFaults })
    const [before] = await test.db.execute(sql`select secret from linked_account where id = ${accountId}`)
    w.clock.pass(DAY)
    await grants.accessOf(w.cast.brandId, accountId)
    const [after] = await test.db.execute(sql`select secret from linked_account where id = ${accountId}`)
    expect(after).not.toEqual(before)
    expect((await shown()).endsAt).toBe(endsAt)
  })

  it(`is told of ${WARN_BEFORE_DAYS} days before: on its page, on the source that reads with it, and by the doctor`, async () => {
    const { endsAt } = await shown()
    const left = Date.parse(endsAt) - w.clock.now().getTime()
    w.clock.pass(left - WARN_BEFORE_DAYS * DAY - 1)
    expect(await shown()).toMatchObject({ endsSoon: false })
    w.clock.pass(1)
    expect(await shown()).toMatchObject({ endsSoon: true, state: 'linked' })
    expect(await sourceSays()).toEqual({ handle: 'acme_reads', at: endsAt })
    const says = `@acme_reads on sandbox: what it allowed ends on ${endsAt.slice(0, 10)}`
    expect(await doctorSays()).toMatchObject({ status: 'warn', says: expect.stringContaining(says) })
  })

  it('is linked again, and has its whole time anew', async () => {
    const [{ id: userId } = { id: '' }] = await test.db.execute<{ id: string }>(
      sql`select id from auth_user where email = 'ada@example.test'`,
    )
    expect(await link(userId)).toBe(accountId)
    expect(await shown()).toMatchObject({
      endsSoon: false,
      endsAt: new Date(w.clock.now().getTime() + LIFE).toISOString(),
    })
    expect(await sourceSays()).toBeNull()
  })
})
