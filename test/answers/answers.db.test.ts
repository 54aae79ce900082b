import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answersRoutes } from '../../src/answers/routes.ts'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { wordsOf } from '../../src/reply/reply.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aMention, anOffer, aReply, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
beforeAll(async () => {
  test = await freshDatabase()
  const clock = { now: () => NINE }
  const deps = { clock, mask: maskPersonalData, wordsOf }
  server = await aServer((app, guard) => answersRoutes(app, { ...guard, ...deps, db: test.db }))
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

let brandId: string
let staff: ReturnType<typeof signedIn>
let staffId: string
let mia: { id: string; userId: string }
beforeEach(async () => {
  brandId = (
    await aBrand(test.db, {
      settings: { skills: { wifi: {} }, disclosures: [{ network: null, language: 'en', text: '#ambassador' }] },
    })
  ).id
  staffId = (await aStaff(test.db, brandId, { name: 'Sam' })).id
  staff = signedIn(staffId, brandId, 'staff')
  mia = await aMember(test.db, brandId)
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const asMia = () => signedIn(mia.userId, brandId, 'member', mia.id)

const WRITTEN = { title: 'Connect to wifi', text: 'Hi {{author}}, open {{app}}.', language: 'en', skills: ['wifi'] }
const write = (more = {}) => server.ask(staff, 'POST', '/canned-answers', { ...WRITTEN, ...more })

describe('a canned answer', () => {
  it('is written, changed and removed by staff, each time with a line in the audit (F1, O4)', async () => {
    const made = await write()
    expect(made).toMatchObject({ status: 201, body: { ...WRITTEN, version: 1, changedBy: 'Sam' } })
    const { id } = made.body as { id: string }
    const changed = await server.ask(staff, 'PATCH', `/canned-answers/${id}`, { ...WRITTEN, text: 'New', version: 1 })
    expect(changed).toMatchObject({ status: 200, body: { text: 'New', version: 2 } })
    expect((await server.ask(asMia(), 'GET', '/canned-answers')).body).toMatchObject({
      ...{ items: [{ id, text: 'New' }], languages: ['en'], skills: ['wifi'] },
    })
    const removed = await server.ask(staff, 'DELETE', `/canned-answers/${id}?version=2`)
    expect(removed).toEqual({ status: 200, body: { removed: WRITTEN.title } })
    const log = await brand((tx) => tx.execute(sql`select act from audit order by act`))
    expect(log.map(({ act }) => act)).toEqual(['changed', 'removed', 'written'].map((act) => `canned-answer.${act}`))
  })

  it('of two changes begun from the same version takes one; the other is told who was faster', async () => {
    const { id } = (await write()).body as { id: string }
    const both = await Promise.all(
      ['One', 'Two'].map((text) =>
        server.ask(staff, 'PATCH', `/canned-answers/${id}`, { ...WRITTEN, text, version: 1 }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = await server.ask(staff, 'DELETE', `/canned-answers/${id}?version=1`)
    expect(late).toMatchObject({
      status: 409,
      body: { version: 2, detail: expect.stringContaining('Sam has changed') },
    })
  })

  it('cannot take the title of another, nor a language that is none', async () => {
    await write()
    expect(await write()).toMatchObject({ status: 409 })
    const { id } = (await write({ title: 'Other' })).body as { id: string }
    const taken = await server.ask(staff, 'PATCH', `/canned-answers/${id}`, { ...WRITTEN, version: 1 })
    expect(taken).toMatchObject({ status: 409, body: { detail: expect.stringContaining('“Connect to wifi” already') } })
    expect(await write({ title: 'Third', language: 'English!' })).toMatchObject({ status: 422 })
  })
})

describe('suggestions under a post (F1)', () => {
  const English = { language: { tag: 'en', confidence: 1 } }
  const answered = (text: string, more: Partial<Parameters<typeof aReply>[1]> = {}, question: object = {}) =>
    brand(async (tx) => {
      const { id } = await aMention(tx, {
        state: 'replied',
        text: 'kettle will not connect to wifi',
        understood: English,
        ...question,
      })
      return aReply(tx, { mentionId: id, userId: mia.userId, memberId: mia.id, text, outcome: 'thanked', ...more })
    })
  const post = (more = {}) =>
    brand((tx) =>
      aMention(tx, { state: 'offered', text: 'How to connect my kettle to wifi?', understood: English, ...more }),
    )
  const suggestionsFor = async (id: string, who = staff) =>
    (await server.ask(who, 'GET', `/mentions/${id}/suggestions`)) as {
      status: number
      body: { items: { kind: string; text: string; title: string; source: { thanked: boolean } | null }[] }
    }

  it('hold an earlier answer as its author wrote it, with who and what it answered; personal data is masked', async () => {
    await answered('Hold both buttons, or mail mia@example.org.\n#ambassador', { url: 'https://net.example/1' })
    await write()
    const { body } = await suggestionsFor((await post()).id)
    expect(body.items).toHaveLength(2)
    expect(body.items.find(({ kind }) => kind === 'earlier')).toMatchObject({
      text: expect.stringMatching(/^Hold both buttons, or mail (?!mia@).*\.$/),
      question: 'kettle will not connect to wifi',
      source: { at: NINE.toISOString(), url: 'https://net.example/1', thanked: true },
    })
    expect(body.items.find(({ kind }) => kind === 'canned')).toMatchObject({
      ...{ title: 'Connect to wifi', text: 'Hi pat, open {{app}}.', source: null },
    })
  })

  it('leave out answers that were complained of, taken back, not accepted, in another language or to posts that are gone', async () => {
    await answered('complained', { outcome: 'complained' })
    await answered('taken back', { state: 'taken-back' })
    await answered('nobody said anything', { outcome: null })
    await answered('andere Sprache', {}, { understood: { language: { tag: 'de', confidence: 1 } } })
    await answered('gone', {}, { state: 'withdrawn' })
    await answered('approved', { outcome: null, approvedBy: staffId, approvedAt: NINE })
    const { body } = await suggestionsFor((await post()).id)
    expect(body.items.map(({ text }) => text)).toEqual(['approved'])
  })

  it('are for members whom the post was offered to, and for staff', async () => {
    const { id } = await post()
    expect((await suggestionsFor(id, asMia())).status).toBe(404)
    await brand((tx) => anOffer(tx, { mentionId: id, memberId: mia.id }))
    expect((await suggestionsFor(id, asMia())).status).toBe(200)
  })
})
