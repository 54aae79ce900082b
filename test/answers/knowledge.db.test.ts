import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KnownAnswer } from '../../src/answers/knowledge/contract.ts'
import { findKnown } from '../../src/answers/knowledge/queries.ts'
import { knowledgeRoutes } from '../../src/answers/knowledge/routes.ts'
import { answersRoutes } from '../../src/answers/routes.ts'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import type { Person } from '../../src/http/access.ts'
import { noticesRoutes } from '../../src/people/notices/routes.ts'
import { wordsOf } from '../../src/reply/reply.ts'
import { isShown, termsOf } from '../../src/search/search.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aMember, aMention, anOffer, aReply, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { setClock } from '../world.ts'

let test: TestDatabase
let server: Asking
const clock = setClock()
beforeAll(async () => {
  test = await freshDatabase()
  const deps = { db: test.db, clock, mask: maskPersonalData, wordsOf }
  server = await aServer((app, guard) => {
    answersRoutes(app, { ...guard, ...deps })
    knowledgeRoutes(app, { ...guard, ...deps, termsOf, isShown })
    noticesRoutes(app, { ...guard, db: test.db, clock, mail: false })
  })
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

let brandId: string
let sam: Person
let mia: Person
let author: { id: string; userId: string }
beforeEach(async () => {
  const settings = { skills: { wifi: {} }, disclosures: [{ network: null, language: 'en', text: '#ambassador' }] }
  brandId = (await aBrand(test.db, { settings })).id
  sam = signedIn((await aStaff(test.db, brandId, { name: 'Sam' })).id, brandId, 'staff')
  author = await aMember(test.db, brandId, { name: 'Ben' })
  const { id, userId } = await aMember(test.db, brandId, { name: 'Mia' })
  mia = signedIn(userId, brandId, 'member', id)
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const English = { language: { tag: 'en', confidence: 1 } }

type Reply = Partial<Parameters<typeof aReply>[1]>
const answered = (text: string, more: Reply = {}, question: object = {}) =>
  brand(async (tx) => {
    const about = {
      state: 'replied',
      text: 'kettle will not connect to wifi',
      understood: English,
      ...question,
    } as const
    const { id } = await aMention(tx, about)
    return aReply(tx, { mentionId: id, userId: author.userId, memberId: author.id, text, outcome: 'thanked', ...more })
  })
const CANNED = { title: 'Connect to wifi', text: 'Open the app.', language: 'en', skills: ['wifi'] }
const written = async (more = {}) =>
  String((await server.ask(sam, 'POST', '/canned-answers', { ...CANNED, ...more })).body.id)

const known = async (query = '', me = mia) => {
  const { status, body } = await server.ask(me, 'GET', `/knowledge?${query}`)
  expect([query, status]).toEqual([query, 200])
  return body.items as KnownAnswer[]
}
const texts = async (query = '', me = mia) => (await known(query, me)).map(({ text }) => text)
const oneOf = async (id: string, me = mia) => (await server.ask(me, 'GET', `/knowledge/${id}`)).body as KnownAnswer
let presses = 0
const post = (me: Person, path: string, body: object, key = `press-number-${++presses}`) => {
  clock.pass(1_000)
  return server.ask(me, 'POST', path, body, key)
}

describe('what a brand knows (F1)', () => {
  it('is what suggestions draw on: answers thanked for or approved, as their authors wrote them, and canned ones', async () => {
    await answered('Hold both buttons, or mail ben@example.org.\n#ambassador', { url: 'https://net.example/1' })
    await answered('approved', { outcome: null, approvedBy: author.userId, approvedAt: NINE, sentAt: after(1) })
    await answered('complained', { outcome: 'complained' })
    await answered('taken back', { state: 'taken-back' })
    await answered('nobody said anything', { outcome: null })
    const canned = await written()
    const found = await known()
    expect(found.map(({ kind }) => kind).sort()).toEqual(['canned', 'earlier', 'earlier'])
    expect(found.find(({ id }) => id === canned)).toMatchObject({ title: CANNED.title, question: null, network: null })
    expect(found.find(({ url }) => url !== null)).toMatchObject({
      ...{ text: expect.stringMatching(/^Hold both buttons, or mail (?!ben@).*\.$/), name: 'Ben', thanked: true },
      ...{ question: 'kettle will not connect to wifi', network: 'sandbox', language: 'en', corrected: false },
    })
  })

  it('follows what becomes of an answer: thanks, a complaint, and its removal', async () => {
    const { id, mentionId } = await answered('Hold both buttons', { outcome: null })
    const set = (change: ReturnType<typeof sql>) =>
      brand((tx) => tx.execute(sql`update reply set ${change} where id = ${id}`))
    expect(await texts()).toEqual([])
    await set(sql`outcome = 'thanked'`)
    expect(await texts()).toEqual(['Hold both buttons'])
    await set(sql`outcome = 'complained'`)
    expect(await texts()).toEqual([])
    await set(sql`outcome = 'thanked'`)
    await brand((tx) => tx.execute(sql`delete from mention where id = ${mentionId}`))
    expect(await texts()).toEqual([])
    expect((await server.ask(mia, 'GET', `/knowledge/${id}`)).status).toBe(404)
  })

  it('is found by words of answer, question or title, in any order; never by what is blanked (U7)', async () => {
    await answered('Press the button', {}, { text: 'my kettle leaks, phone +49 170 1234567' })
    await answered('Другая кнопка', {}, { text: 'Чайник течёт' })
    await written({ title: 'Warranty', text: 'Two years.' })
    expect(await texts('q=leak%20butt')).toEqual(['Press the button'])
    expect(await texts('q=%D1%87%D0%B0%D0%B9%D0%BD')).toEqual(['Другая кнопка'])
    expect(await texts('q=warran')).toEqual(['Two years.'])
    expect(await texts('q=1234567')).toEqual([])
    expect((await server.ask(mia, 'GET', '/knowledge?q=%3F%3F')).status).toBe(422)
  })

  it('is narrowed to languages, skills and networks; a canned one for any language is of each', async () => {
    await answered('deutsch', {}, { understood: { language: { tag: 'de-AT', confidence: 1 } } })
    await answered(
      'wifi',
      { network: 'mastodon' },
      { network: 'mastodon', understood: { ...English, skills: [{ skill: 'wifi', weight: 1 }] } },
    )
    await written({ language: null, text: 'any' })
    expect((await texts('language=de')).sort()).toEqual(['any', 'deutsch'])
    expect((await texts('skill=wifi')).sort()).toEqual(['any', 'wifi'])
    expect(await texts('network=mastodon')).toEqual(['wifi'])
    expect(await texts('skill=wifi&network=mastodon&q=wifi')).toEqual(['wifi'])
    expect((await server.ask(mia, 'GET', '/knowledge/fittings')).body).toEqual({
      ...{ languages: ['en'], skills: ['wifi'], networks: expect.arrayContaining(['sandbox']) },
    })
  })

  it('keeps an answer whose post is gone, and nothing of the post (L7)', async () => {
    const { id, mentionId } = await answered('Press the button', {}, { text: 'my secretword leaks' })
    for (const gone of [
      sql`state = 'withdrawn', text = '[gone]'`,
      sql`state = 'hidden'`,
      sql`forgotten_at = now(), text = 'x'`,
    ]) {
      expect(await oneOf(id)).toMatchObject({ question: 'my secretword leaks' })
      await brand((tx) => tx.execute(sql`update mention set ${gone} where id = ${mentionId}`))
      expect(await known()).toMatchObject([{ text: 'Press the button', question: null }])
      expect(await texts('q=secretword')).toEqual([])
      const kept = await brand((tx) =>
        tx.execute(sql`select 1 from known_answer where words::text like '%secretword%'`),
      )
      expect(kept).toEqual([])
      await brand((tx) =>
        tx.execute(sql`
          update mention set state = 'replied', text = 'my secretword leaks', forgotten_at = null where id = ${mentionId}`),
      )
    }
  })

  it('goes page by page, the newest first, none twice and none left out', async () => {
    for (let n = 0; n < 5; n++) await answered(`answer ${n}`, { sentAt: after(n >> 1) })
    const all: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await server.ask(mia, 'GET', `/knowledge?limit=2${cursor}`)
      all.push(...(body.items as KnownAnswer[]).map(({ text }) => text))
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect([all[0], [...all].sort()]).toEqual(['answer 4', [0, 1, 2, 3, 4].map((n) => `answer ${n}`)])
  })

  it('of one brand is nothing to another (I5)', async () => {
    const { id } = await answered('Press the button')
    const elsewhere = (await aBrand(test.db)).id
    const kim = signedIn((await aStaff(test.db, elsewhere)).id, elsewhere, 'staff')
    expect(await known('', kim)).toEqual([])
    expect(await known('q=button', kim)).toEqual([])
    expect((await server.ask(kim, 'GET', `/knowledge/${id}`)).status).toBe(404)
    expect((await post(kim, `/knowledge/${id}/proposals`, { wrong: 'because', better: null })).status).toBe(404)
    expect((await post(kim, `/knowledge/${id}/retire`, { reason: 'because', version: '0.0' })).status).toBe(404)
  })
})

describe('a suggested correction', () => {
  const WRONG = { wrong: 'It is the left button.', better: 'Hold the left button.' }
  const suggest = (id: string, more: object = {}, me = mia, key?: string) =>
    post(me, `/knowledge/${id}/proposals`, { ...WRONG, ...more }, key)
  type Waiting = { id: string; by: string; wrong: string; answer: KnownAnswer | null }[]
  const waiting = async (me = sam) => (await server.ask(me, 'GET', '/knowledge-proposals')).body.items as Waiting
  const told = async (me: Person) =>
    ((await server.ask(me, 'GET', '/notices')).body.items as { kind: string; detail: string; actor: string }[]).filter(
      ({ kind }) => kind.startsWith('knowledge-'),
    )
  const suggestions = async () => {
    const asked = await brand(async (tx) => {
      const about = { state: 'offered', text: 'How to connect my kettle to wifi?', understood: English } as const
      const { id } = await aMention(tx, about)
      await anOffer(tx, { mentionId: id, memberId: String(mia.memberships[0]?.memberId) })
      return id
    })
    const { body } = await server.ask(mia, 'GET', `/mentions/${asked}/suggestions`)
    return body.items as { text: string; source: { corrected: boolean } | null }[]
  }

  it('waits for staff, who hear of it; the same press twice is one, and one waits at a time', async () => {
    const { id } = await answered('Hold the right button.')
    const key = 'the-same-press'
    const made = await Promise.all([1, 2, 3].map(() => suggest(id, {}, mia, key)))
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(made[0]?.body).toMatchObject({ id, proposed: true })
    expect((await suggest(id)).status).toBe(409)
    expect(await waiting()).toMatchObject([{ by: 'Mia', ...WRONG, answer: { id, text: 'Hold the right button.' } }])
    expect(await told(sam)).toMatchObject([{ kind: 'knowledge-proposed', detail: WRONG.wrong, actor: 'Mia' }])
    expect((await server.ask(mia, 'GET', '/knowledge-proposals')).status).toBe(403)
    expect(await texts()).toEqual(['Hold the right button.'])
  })

  it('that is taken changes the words that are offered from then on, and whoever made it hears so', async () => {
    const { id } = await answered('Hold the right button.')
    await suggest(id)
    const [proposal] = await waiting()
    const better = 'Hold the left button for five seconds.'
    const taken = await post(sam, `/knowledge-proposals/${proposal?.id}/take`, { better, version: '0.0' })
    expect(taken).toMatchObject({
      status: 200,
      body: { text: better, corrected: true, proposed: false, version: '0.1' },
    })
    expect(await known('q=left')).toMatchObject([{ id, text: better }])
    expect(await known('q=right')).toEqual([])
    expect(await suggestions()).toMatchObject([{ text: better, source: { corrected: true } }])
    expect([await waiting(), await told(sam)]).toEqual([[], []])
    expect(await told(mia)).toMatchObject([{ kind: 'knowledge-taken', actor: 'Sam' }])
    const audit = await brand((tx) => tx.execute(sql`select actor, act, target, details from audit`))
    expect(audit).toMatchObject([
      { actor: sam.userId, act: 'knowledge.corrected', target: id, details: { better, wrong: WRONG.wrong } },
    ])
  })

  it('of a canned answer that is taken changes the canned answer itself', async () => {
    const id = await written()
    await suggest(id, { better: 'Open the new app.' })
    const [proposal] = await waiting()
    const take = { better: 'Open the new app.', version: proposal?.answer?.version }
    expect((await post(sam, `/knowledge-proposals/${proposal?.id}/take`, take)).status).toBe(200)
    const { body } = await server.ask(sam, 'GET', '/canned-answers')
    expect(body.items).toMatchObject([{ id, text: 'Open the new app.', version: 2, changedBy: 'Sam' }])
    expect((await suggestions()).map(({ text }) => text)).toEqual(['Open the new app.'])
  })

  it('that is taken without words has the answer offered no longer, until staff bring it back', async () => {
    const { id } = await answered('Hold the right button.')
    await suggest(id, { better: null })
    const [proposal] = await waiting()
    await post(sam, `/knowledge-proposals/${proposal?.id}/take`, { better: null, version: '0.0' })
    expect([await texts(), await suggestions()]).toEqual([[], []])
    expect(await known('which=retired', sam)).toMatchObject([{ id, retired: WRONG.wrong }])
    expect((await post(sam, `/knowledge/${id}/restore`, { version: '0.1' })).status).toBe(200)
    expect(await suggestions()).toHaveLength(1)
  })

  it('that is declined changes nothing, and the reason comes back to whoever made it', async () => {
    const { id } = await answered('Hold the right button.')
    await suggest(id)
    const [proposal] = await waiting()
    const decline = (reason: string) => post(sam, `/knowledge-proposals/${proposal?.id}/decline`, { reason })
    expect((await decline('It is the right one')).status).toBe(204)
    expect(await decline('Again')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Sam declined') },
    })
    expect(await texts()).toEqual(['Hold the right button.'])
    expect(await told(mia)).toMatchObject([
      { kind: 'knowledge-declined', detail: `${id}:It is the right one`, actor: 'Sam' },
    ])
    expect((await suggest(id)).status).toBe(201)
    const audit = await brand((tx) => tx.execute(sql`select act from audit`))
    expect(audit).toEqual([{ act: 'knowledge.declined' }])
  })

  it('is decided once by whoever of the staff is faster, and about the answer they saw', async () => {
    const { id } = await answered('Hold the right button.')
    await suggest(id)
    await suggest(id, { better: 'Hold any button.' }, signedIn(author.userId, brandId, 'member', author.id))
    const [first, second] = await waiting()
    const take = (proposal: string | undefined, better: string) =>
      post(sam, `/knowledge-proposals/${proposal}/take`, { better, version: '0.0' })
    const same = await Promise.all(['One', 'Two', 'Three'].map((better) => take(first?.id, better)))
    expect(same.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await take(second?.id, 'Late')).toMatchObject({
      ...{ status: 409, body: { detail: expect.stringContaining('Sam changed this answer meanwhile') } },
    })
    expect(await waiting()).toMatchObject([{ id: second?.id }])
  })
})

describe('an answer that is no longer true', () => {
  it('is taken out of what is offered by staff with a reason, and brought back, each in the audit (O4)', async () => {
    const { id } = await answered('Hold the right button.')
    const canned = await written()
    const retire = (me: Person, which: string, version: string) =>
      post(me, `/knowledge/${which}/retire`, { reason: 'The new model has none', version })
    expect((await retire(mia, id, '0.0')).status).toBe(403)
    expect((await retire(sam, id, '0.0')).body).toMatchObject({ retired: 'The new model has none', version: '0.1' })
    expect((await retire(sam, id, '0.0')).status).toBe(409)
    expect((await retire(sam, canned, '1.0')).status).toBe(200)
    expect(await known()).toEqual([])
    const { items } = (await server.ask(sam, 'GET', '/canned-answers')).body
    expect(items).toMatchObject([{ id: canned, retired: 'The new model has none' }])
    expect((await server.ask(mia, 'GET', '/knowledge?which=retired')).status).toBe(403)
    expect((await known('which=retired', sam)).map((one) => one.id).sort()).toEqual([id, canned].sort())
    expect((await post(sam, `/knowledge/${id}/restore`, { version: '0.0' })).status).toBe(409)
    expect((await post(sam, `/knowledge/${id}/restore`, { version: '0.1' })).body).toMatchObject({ retired: null })
    expect(await texts()).toEqual(['Hold the right button.'])
    const acts = await brand((tx) =>
      tx.execute<{ act: string }>(sql`select act from audit where act like 'knowledge.%'`),
    )
    expect(acts.map(({ act }) => act).sort()).toEqual(['knowledge.restored', 'knowledge.retired', 'knowledge.retired'])
  })

  it('is not read by members, but by who said something of it, masked; nobody else can suggest for it (U7)', async () => {
    const { id } = await answered('Hold the right button.')
    const ben = signedIn(author.userId, brandId, 'member', author.id)
    const wrong = 'Ask ana@example.org about it'
    await post(mia, `/knowledge/${id}/proposals`, { wrong, better: null })
    const items = (await server.ask(sam, 'GET', '/knowledge-proposals')).body.items as { id: string }[]
    await post(sam, `/knowledge-proposals/${items[0]?.id}/take`, { better: null, version: '0.0' })
    expect((await server.ask(ben, 'GET', `/knowledge/${id}`)).status).toBe(404)
    const late = await post(ben, `/knowledge/${id}/proposals`, { wrong: 'The other one', better: null })
    expect([late.status, JSON.stringify(late.body)]).toEqual([404, expect.not.stringContaining('example.org')])
    expect((await oneOf(id)).retired).toMatch(/^Ask (?!ana@).+ about it$/)
    expect((await server.ask(sam, 'GET', `/knowledge/${id}`)).status).toBe(200)
  })

  it('of two who press together is taken out by one', async () => {
    const { id } = await answered('Hold the right button.')
    const both = await Promise.all(
      [1, 2, 3].map((n) => post(sam, `/knowledge/${id}/retire`, { reason: `Reason ${n}`, version: '0.0' })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })
})

describe('thirty thousand answers', () => {
  /** All at once: triggers, which look at one row at a time, would take a minute. */
  const fill = (from: number, count: number) =>
    test.db.transaction(async (tx) => {
      await tx.execute(sql`alter table canned_answer disable trigger user`)
      await tx.execute(sql`
        with made as (
          insert into canned_answer (id, brand_id, title, text, language, skills, changed_by, changed_at)
          select gen_random_uuid(), ${brandId}, 'title ' || n, concat_ws(' ', md5(n::text),
              case when n % 2 = 0 then 'kettle' end, case when n % 500 = 0 then 'needle' end),
            case when n % 3 = 0 then 'de' else 'en' end, case when n % 700 = 0 then '{rare}' else '{wifi}' end::text[],
            ${sam.userId}, ${NINE.toISOString()}::timestamptz + n * interval '1 second'
          from generate_series(${from}::int, ${from + count - 1}::int) n returning id)
        select 1 from made limit 1`)
      await tx.execute(sql`select keep_known_answers(array(select id from canned_answer where brand_id = ${brandId}))`)
      await tx.execute(sql`alter table canned_answer enable trigger user`)
    })
  const ASKED = [{}, { q: 'needle' }, { q: 'kettle' }, { skill: ['rare'] }, { language: ['de'], q: 'needle' }] as const
  const quickest = async (asked: object): Promise<number> => {
    let best = Number.POSITIVE_INFINITY
    for (let n = 0; n < 7; n++) {
      const began = performance.now()
      await brand((tx) => findKnown(tx, { which: 'offered', ...asked }, { limit: 50, after: null }, sam.userId))
      best = Math.min(best, performance.now() - began)
    }
    return best
  }

  it('are looked through in the time of a thousand', async () => {
    await fill(1, 1_000)
    await test.db.execute(sql`vacuum analyze known_answer`)
    const few: number[] = []
    for (const asked of ASKED) few.push(await quickest(asked))
    await fill(1_001, 29_000)
    await test.db.execute(sql`vacuum analyze known_answer`)
    const slower: string[] = []
    for (const [n, asked] of ASKED.entries()) {
      const many = await quickest(asked)
      // Twenty milliseconds for what a busy machine does meanwhile.
      if (many > 5 * few[n]! + 20) slower.push(`${JSON.stringify(asked)}: ${few[n]} ms, then ${many} ms`)
    }
    expect(slower).toEqual([])
  })
})
