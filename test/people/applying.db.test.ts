import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { MOST_A_DAY } from '../../src/people/applying/queries.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { aBrowser, type Browser } from './a-browser.ts'
import { aMailServer } from './a-mail-server.ts'

const PASSWORD = 'a long password'
const QUESTIONS = [
  { text: 'Why would you like to help?', choices: [] },
  { text: 'Which light fades first?', choices: ['Red', 'Blue'] },
]

let test: TestDatabase
let world: TestWorld
let mails: Awaited<ReturnType<typeof aMailServer>>
let app: FastifyInstance
let slug: string
let [ada, zoe]: Browser[] = []
let addresses = 0

beforeAll(async () => {
  test = await freshDatabase()
  mails = await aMailServer()
  world = await aWorld(test, { members: 0, config: { mail: { url: mails.url, from: 'Acme <help@acme.example>' } } })
  app = await buildApp(world.world, null)
  const [brand] = await test.db.execute<{ slug: string }>(sql`select slug from brand where id = ${world.cast.brandId}`)
  slug = brand!.slug // just made
  ;[ada, zoe] = await Promise.all(['Ada', 'Zoe'].map(anAdmin))
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await mails.close()
  await test.drop()
})
beforeEach(async () => {
  await test.db.execute(sql`delete from application`)
  await ask({ open: true, questions: QUESTIONS })
})

async function anAdmin(name: string): Promise<Browser> {
  const email = `${name.toLowerCase()}@example.test`
  const userId = await createUser(test.db, { name, email, password: PASSWORD })
  await inBrand(test.db, world.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: world.clock.now() }),
  )
  const browser = someBrowser()
  await browser.signIn(email, PASSWORD)
  return browser
}

function someBrowser(): Browser {
  addresses += 1
  return aBrowser(app, `10.5.0.${addresses}`)
}

const settings = async () => (await ada!.ask('GET', '/applications/settings')).body
const ask = async (to: { open: boolean; questions: typeof QUESTIONS }) => {
  const { version } = await settings()
  expect((await ada!.ask('PUT', '/applications/settings', { ...to, version })).status).toBe(200)
}
const answers = [
  { question: QUESTIONS[0]!.text, answer: 'I have four of them.' },
  { question: QUESTIONS[1]!.text, answer: 'Blue' },
]
const nora = () => ({
  ...{ name: 'Nora', email: `${newId()}@example.test`, languages: ['de', 'en'], skills: ['wifi', 'flying'], answers },
})
const apply = (wish: object, browser = someBrowser()) => browser.ask('POST', `/apply/${slug}`, wish)
const waiting = async () => (await ada!.ask('GET', '/applications')).body.items
const accept = (by: Browser, id: string, key: string = newId()) =>
  by.ask('POST', `/applications/${id}/accept`, undefined, { 'idempotency-key': key })
const lettersTo = (address: string) => mails.received.filter(({ to }) => to === address)

describe('an application (P9)', () => {
  it('is taken only where an admin has switched them on, and a brand that is none answers the same', async () => {
    await ask({ open: false, questions: QUESTIONS })
    const refused = await apply(nora())
    const nowhere = await someBrowser().ask('POST', '/apply/no-such-brand', nora())
    expect([refused.status, refused.body.detail]).toEqual([410, nowhere.body.detail])
    expect((await someBrowser().ask('GET', `/apply/${slug}`)).status).toBe(410)
    await ask({ open: true, questions: QUESTIONS })
    expect((await someBrowser().ask('GET', `/apply/${slug}`)).body).toEqual({
      ...{ brandName: 'Acme', languages: ['en'], skills: ['ink', 'wifi'], questions: QUESTIONS },
    })
  })

  it('waits for an admin with its answers and the skills that the brand knows', async () => {
    const wish = nora()
    expect([(await apply(wish)).status, (await settings()).waiting]).toEqual([202, 1])
    expect(await waiting()).toMatchObject([{ ...wish, skills: ['wifi'], isMember: false }])
    expect((await ada!.ask('GET', '/notices')).body.items[0]).toMatchObject({
      kind: 'application-waits',
      detail: 'Nora',
    })
  })

  it('says the same to an address that waits already, and to one that has an account, as to a new one', async () => {
    const wish = nora()
    const first = await apply(wish)
    const second = await apply({ ...wish, email: wish.email.toUpperCase(), name: 'Somebody else' })
    const known = await apply({ ...nora(), email: 'ada@example.test' })
    expect([second.status, second.body, known.status, known.body]).toEqual([202, first.body, 202, first.body])
    expect((await waiting()).map(({ name }: { name: string }) => name)).toEqual(['Nora', 'Nora'])
  })

  it('is refused beside the languages when one of them is none', async () => {
    const odd = await apply({ ...nora(), languages: ['de', 'zz'] })
    expect([odd.status, odd.body.errors]).toEqual([
      422,
      [{ in: 'body', pointer: '#/languages', detail: '“zz” is no language; write two or three letters such as en.' }],
    ])
    expect(await waiting()).toEqual([])
  })

  it('of a program that fills in what people cannot see is answered alike and not kept', async () => {
    expect((await apply({ ...nora(), website: 'https://spam.example' })).status).toBe(202)
    expect(await waiting()).toEqual([])
  })

  it('is refused beside the question that has no answer, and when other questions were asked', async () => {
    const [why, light] = answers
    const odd = await apply({ ...nora(), answers: [why, { ...light, answer: 'Green' }] })
    expect([odd.status, odd.body.errors[0].pointer]).toEqual([422, '#/answers/1/answer'])
    const old = await apply({ ...nora(), answers: [why] })
    expect(old.status).toBe(409)
  })

  it('comes from one address a few times a minute at most', async () => {
    const browser = someBrowser()
    const statuses: number[] = []
    for (let n = 0; n < 7; n++) statuses.push((await apply(nora(), browser)).status)
    expect(statuses).toEqual([202, 202, 202, 202, 202, 202, 429])
  })
})

describe('a flood of applications (P9)', () => {
  const waits = async () => (await settings()).waiting
  const floodOf = (count: number, at: Date) =>
    test.db.execute(sql`
      insert into application (id, brand_id, name, email, languages, skills, answers, created_at)
      select gen_random_uuid(), ${world.cast.brandId}, 'Flood', gen_random_uuid()::text, '{en}', '{}', '[]', ${at.toISOString()}
      from generate_series(1, ${count}::int)`)

  it('ends at its bound though many come at once, and the next day has room', async () => {
    await floodOf(MOST_A_DAY - 3, world.clock.now())
    const answered = await Promise.all(Array.from({ length: 12 }, () => apply(nora())))
    expect(answered.filter(({ status }) => status === 202)).toHaveLength(3)
    expect(await waits()).toBe(MOST_A_DAY)
    await test.db.execute(sql`update application set created_at = created_at - interval '1 day'`)
    expect((await apply(nora())).status).toBe(202)
  })

  it('is declined at one press, written down each, and nobody is sent a mail', async () => {
    const [wish, other] = [nora(), nora()]
    await Promise.all([apply(wish), apply(other)])
    const ids = (await waiting()).map(({ id }: { id: string }) => id)
    await accept(zoe!, ids[0])
    expect((await ada!.ask('POST', '/applications/decline', { ids })).body).toEqual({ declined: 1 })
    expect(await waits()).toBe(0)
    expect(await acts(ids[1])).toEqual([{ act: 'application.declined', details: {} }])
    expect(await acts(ids[0])).toMatchObject([{ act: 'application.accepted' }])
    await world.drain()
    expect([...lettersTo(wish.email), ...lettersTo(other.email)]).toHaveLength(1)
  })
})

describe('a name (P9, L8)', () => {
  it.each([
    'Win\nnow',
    'see evil.example/x',
    'evil.com',
    'evil。com',
    'a@b.example',
    'Nora\u202e',
    '\u200b',
    'N'.repeat(81),
  ])('is none where it is %j', async (name) => {
    const refused = await apply({ ...nora(), name })
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '#/name'])
  })

  it.each(['J. R. R. Müller', 'Anne-Marie O’Neill', 'محمد رضا', 'می\u200cخواهم', '山田 太郎', 'Dr. Ó Súilleabháin'])(
    'may be %s',
    async (name) => {
      expect((await apply({ ...nora(), name })).status).toBe(202)
    },
  )
})

describe('the answer to an application (P9, O4)', () => {
  it('invites who applied: they join with what they declared, as a newcomer whose answers are read first', async () => {
    const wish = nora()
    await apply(wish)
    const [{ id }] = await waiting()
    const key = newId()
    const accepted = await accept(ada!, id, key)
    expect(accepted.body).toMatchObject({ mailed: true, link: expect.stringMatching(/\/join#[\w-]{43}$/) })
    expect((await accept(ada!, id, key)).body.link).toBe(accepted.body.link)
    expect(await waiting()).toEqual([])
    await world.drain()
    expect(lettersTo(wish.email)).toMatchObject([{ text: expect.stringContaining(accepted.body.link) }])

    const token = new URL(accepted.body.link).hash.slice(1)
    const browser = someBrowser()
    expect((await browser.ask('POST', '/joining/look', { token })).body).toMatchObject({
      name: 'Nora',
      email: wish.email,
    })
    await browser.ask('POST', '/joining/join', { token, name: 'Nora', email: wish.email, password: PASSWORD })
    await browser.signIn(wish.email, PASSWORD)
    expect((await browser.ask('GET', '/desk')).body).toMatchObject({
      ...{ rank: 'newcomer', languages: ['de', 'en'], skills: [{ skill: 'wifi', level: expect.closeTo(0.6) }] },
    })
  })

  it('is given once: of two admins who answer at the same time the second is told who was first', async () => {
    await apply(nora())
    const [{ id }] = await waiting()
    const both = await Promise.all([
      accept(ada!, id),
      zoe!.ask('POST', `/applications/${id}/decline`, { reason: 'Not now.' }),
    ])
    const lost = both.find(({ status }) => status === 409)
    expect(both.filter(({ status }) => status < 300)).toHaveLength(1)
    expect(lost?.body.detail).toMatch(/^(Ada has accepted|Zoe has declined) this application already/)
    for (const again of [await accept(ada!, id), await accept(zoe!, id)]) expect(again.status).toBe(409)
    expect(await acts(id)).toHaveLength(1)
  })

  it('may be no, with a reason that is mailed and not kept', async () => {
    const wish = nora()
    await apply(wish)
    const [{ id }] = await waiting()
    const reason = 'We have enough helpers for now.'
    expect((await ada!.ask('POST', `/applications/${id}/decline`, { reason })).body).toEqual({ mailed: true })
    await world.drain()
    expect(lettersTo(wish.email)).toMatchObject([{ text: expect.stringContaining(reason) }])
    expect(lettersTo(wish.email)[0]?.text).not.toContain('Nora')
    expect(await acts(id)).toEqual([{ act: 'application.declined', details: {} }])
    expect((await ada!.ask('POST', `/applications/${id}/decline`, { reason })).status).toBe(409)
  })
})

describe('what is asked (P9)', () => {
  it('is changed by one admin at a time, and written down', async () => {
    const { version } = await settings()
    const to = { open: true, questions: [], version }
    expect((await ada!.ask('PUT', '/applications/settings', to)).status).toBe(200)
    const late = await zoe!.ask('PUT', '/applications/settings', { ...to, open: false })
    expect([late.status, late.body.changedBy]).toEqual([409, 'Ada'])
  })

  it('cannot have one choice, or one twice', async () => {
    const { version } = await settings()
    const questions = [
      { text: 'Red?', choices: ['Yes', 'Yes'] },
      { text: 'Blue?', choices: ['Yes'] },
    ]
    const refused = await ada!.ask('PUT', '/applications/settings', { open: true, questions, version })
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      ...['#/questions/0/choices', '#/questions/1/choices'],
    ])
  })
})

// The last: sessions end as well, by then.
describe('what somebody wrote who applied (P9, I6)', () => {
  it('goes 90 days after it was written, or 30 days after the answer', async () => {
    await apply(nora())
    await apply(nora())
    const [{ id }] = await waiting()
    await accept(ada!, id)
    const kept = async () => (await test.db.execute(sql`select 1 from application`)).length
    const later = async (ms: number) => {
      world.clock.pass(ms)
      await world.drain()
      return kept()
    }
    expect([await later(29 * DAY), await later(2 * DAY), await later(58 * DAY), await later(2 * DAY)]).toEqual([
      2, 1, 1, 0,
    ])
  })
})

const acts = (id: string) => test.db.execute(sql`select act, details from audit where target = ${id} order by at`)
