import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { runMail } from '../../src/people/mail-run.ts'
import { openMailServer } from '../../src/people/mail-server.ts'
import { openVault } from '../../src/people/secrets.ts'
import { tryingRoutes } from '../../src/people/trying/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aStaff } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { SECRET } from '../world.ts'
import { aMailServer } from './a-mail-server.ts'

/** What the set-up's buttons ask of people and mails. */
let test: TestDatabase
let without: Asking
let withMail: Asking
let mails: Awaited<ReturnType<typeof aMailServer>>
let ask: (server: Asking, method: 'GET' | 'POST', path: string) => ReturnType<Asking['ask']>
const vault = openVault(SECRET)

beforeAll(async () => {
  test = await freshDatabase()
  mails = await aMailServer()
  const mailServer = openMailServer({ url: mails.url, from: 'deputize@example.test' })
  const work = runMail({ db: test.db, clock: systemClock, vault, mailServer, log: { warn: () => {} } })
  const wakeMail = (mailId: string) => work({ mailId }, new AbortController().signal)
  const deps = {
    db: test.db,
    clock: systemClock,
    vault,
    baseUrl: 'https://deputize.example',
    wakeMail,
    forget: () => {},
  }
  without = await aServer((app, guard) => tryingRoutes(app, { ...deps, ...guard, mail: false }))
  withMail = await aServer((app, guard) => tryingRoutes(app, { ...deps, ...guard, mail: true }))
})
beforeEach(async () => {
  mails.turn('takes')
  const { id } = await aBrand(test.db)
  const ada = (await aStaff(test.db, id, { name: 'Ada', role: 'admin' })).id
  ask = (server, method, path) => server.ask(signedIn(ada, id, 'admin'), method, path)
})
afterAll(async () => {
  await Promise.all([without.app.close(), withMail.app.close(), mails.close()])
  await test.drop()
})

it('an invitation is made, opened, and leaves nothing behind', async () => {
  const { status, body } = await ask(without, 'POST', '/setup/invite/try')
  expect([status, body]).toEqual([200, { origin: 'https://deputize.example', mail: false }])
  const [left] = await test.db.execute(sql`
    select (select count(*)::int from invite) as invites, (select count(*)::int from audit) as audited,
      (select count(*)::int from event) as events`)
  expect(left).toEqual({ invites: 0, audited: 0, events: 0 })
})

it('without a mail server the try says so, and stores no mail', async () => {
  const { status, body } = await ask(without, 'POST', '/setup/mail/try')
  expect([status, body.detail]).toEqual([409, expect.stringContaining('no mail server')])
  expect(await test.db.execute(sql`select 1 from mail`)).toHaveLength(0)
})

it('a mail really goes to whoever presses, and what became of it is told', async () => {
  const { body } = await ask(withMail, 'POST', '/setup/mail/try')
  expect(mails.received.at(-1)).toMatchObject({ to: body.to, text: expect.stringContaining('This is a test') })
  expect((await ask(withMail, 'GET', `/setup/mail/${body.id}`)).body).toEqual({ state: 'sent', trouble: null })
  mails.turn('refuses')
  const refused = await ask(withMail, 'POST', '/setup/mail/try')
  const became = (await ask(withMail, 'GET', `/setup/mail/${refused.body.id}`)).body
  expect(became).toMatchObject({ state: 'failed', trouble: expect.stringMatching(/5\d\d/) })
})

it('of other mails nothing is told', async () => {
  const [row] = await test.db.execute<{ id: string }>(sql`
    insert into mail (id, kind, next_at, useless_at, at) values (gen_random_uuid(), 'reset', now(), now(), now()) returning id`)
  expect((await ask(withMail, 'GET', `/setup/mail/${row!.id}`)).status).toBe(404)
})
