import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { beginList } from '../../src/decide/lists/lists.ts'
import type { Practice } from '../../src/feed/practice/contract.ts'
import { practiceRoutes } from '../../src/feed/practice/routes.ts'
import type { Person } from '../../src/http/access.ts'
import { findingsIn } from '../../src/reply/checks.ts'
import { checkedByBrand } from '../../src/reply/checks-queries.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aMention, aReply, aSource, aStaff, NINE, type SETTINGS } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { setClock } from '../world.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let nora: Person
const clock = setClock()
const skill = (words: string[]) => ({ words, synonyms: [] }) as unknown as (typeof SETTINGS)['skills'][string]

beforeAll(async () => {
  test = await freshDatabase()
  const checksOf = async (tx: BrandTx, words: string) =>
    findingsIn(words, await checkedByBrand(tx), false, maskPersonalData)
  const limitAt = (network: string) =>
    network === 'rss' ? null : { maxLength: network === 'sandbox' ? 280 : 500, lengthUnit: 'graphemes' as const }
  server = await aServer((app, guard) => practiceRoutes(app, { ...guard, db: test.db, clock, limitAt, checksOf }))
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})
beforeEach(async () => {
  const skills = { kettle: skill(['kettle']), milk: skill(['milk']) }
  brandId = (await aBrand(test.db, { settings: { skills, checks: { banned: 'never', risky: null } } })).id
  nora = await aNewcomer()
})

async function aNewcomer(row: Parameters<typeof aMember>[2] = { skills: [{ skill: 'kettle', level: 1 }] }) {
  const { id, userId } = await aMember(test.db, brandId, row)
  return signedIn(userId, brandId, 'member', id)
}
const here = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const seen = async (me = nora) => (await server.ask(me, 'GET', '/practice')).body as unknown as Practice
const tries = async (body: object, me = nora) => (await server.ask(me, 'POST', '/practice/tries', body)).body
const rows = () => here((tx) => tx.execute(sql`select post, act, well from practice order by post`))
const events = async () =>
  (await here((tx) => tx.execute<{ kind: string; data: object }>(sql`select kind, data from event order by id`))).map(
    ({ kind, data }) => `${kind} ${JSON.stringify(data)}`,
  )
const GOOD = { post: 'question', act: 'answer', text: 'The manual is on the website, under Support.' }

describe('practice', () => {
  it('shows a new member three posts of the brand’s own words, one of them beyond their skills', async () => {
    const practice = await seen()
    expect(practice.offered).toBe(true)
    expect(practice.posts.map(({ post, skill, tried }) => [post, skill, tried])).toEqual([
      ['question', null, null],
      ['other-skill', 'milk', null],
      ['angry', null, null],
    ])
    for (const { text, language } of practice.posts) expect([text.includes('Acme'), language]).toEqual([true, 'en'])
    const german = await aNewcomer({ languages: ['de', 'en'] })
    expect((await seen(german)).posts[0]).toMatchObject({ language: 'de', text: expect.stringContaining('Anleitung') })
    // Who knows everything is asked for what no skill is of.
    const able = await aNewcomer({ skills: ['kettle', 'milk'].map((one) => ({ skill: one, level: 1 })) })
    expect((await seen(able)).posts[1]?.skill).toBe(null)
  })

  it('keeps what was done, once however often it is pressed, and ends when all is done; the words are kept nowhere', async () => {
    const presses = await Promise.all([GOOD, GOOD, GOOD].map((one) => tries(one)))
    expect(presses.map(({ well }) => well)).toEqual([true, true, true])
    expect(await rows()).toEqual([{ post: 'question', act: 'answer', well: true }])
    expect(await events()).toEqual(['practice.changed {}'])
    await tries({ post: 'other-skill', act: 'pass', reason: 'not-my-skill' })
    expect((await seen()).offered).toBe(true)
    const last = await tries({ post: 'angry', act: 'to-staff' })
    expect(last).toMatchObject({ well: true, practice: { offered: false } })
    const [kept] = await test.db.execute<{ n: number }>(
      sql`select count(*)::int as n from event e where e.data::text like '%manual%'`,
    )
    expect(kept?.n).toBe(0)
  })

  it('finds by the brand’s own lists and the tightest of its networks what a real answer would be told (F2, F5)', async () => {
    const { id: userId } = await aStaff(test.db, brandId)
    await here(async (tx) => {
      await beginList(tx, { name: 'never', kind: 'words', entries: ['junk'] }, { userId }, NINE)
      await aSource(tx, { network: 'rss' })
      await aSource(tx, { network: 'mastodon' })
      await aSource(tx)
    })
    expect((await seen()).limit).toEqual({ maxLength: 280, lengthUnit: 'graphemes' })
    const bad = await tries({ ...GOOD, text: 'The manual is junk; write to pat.lee@mail.example about it.' })
    expect(bad.well).toBe(false)
    expect(bad.feedback).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ about: 'banned-words', says: expect.stringContaining('junk') }),
        expect.objectContaining({ about: 'personal-data', good: false }),
      ]),
    )
    expect((await tries(GOOD)).well).toBe(true)
    expect(await rows()).toEqual([{ post: 'question', act: 'answer', well: true }])
  })

  it('may be left, and begun anew', async () => {
    await tries(GOOD)
    const left = await server.ask(nora, 'POST', '/practice/skip')
    expect(left.body).toMatchObject({ offered: false })
    expect(((left.body as Practice).posts ?? []).map(({ tried }) => tried?.act)).toEqual([
      'answer',
      'skipped',
      'skipped',
    ])
    await server.ask(nora, 'POST', '/practice/skip')
    expect(await events()).toHaveLength(2)
    const again = await server.ask(nora, 'POST', '/practice/again')
    expect((again.body as Practice).posts.map(({ tried }) => tried)).toEqual([null, null, null])
    expect(await rows()).toEqual([])
  })

  it('is offered to nobody who has answered somebody, earns nothing, and nothing of it is sent', async () => {
    const member = nora.memberships[0]!.memberId! // they are one
    await tries(GOOD)
    const after = await test.db.execute(sql`select (select count(*)::int from reply) as replies,
      (select count(*)::int from ledger) as entries, (select points from member where id = ${member}) as points`)
    expect(after[0]).toEqual({ replies: 0, entries: 0, points: 0 })
    await here(async (tx) => {
      const { id: mentionId } = await aMention(tx, { state: 'replied' })
      await aReply(tx, { mentionId, memberId: member, userId: nora.userId })
    })
    expect((await seen()).offered).toBe(false)
  })

  it('is each member’s own, and of one brand (I5)', async () => {
    await tries(GOOD)
    const other = await aNewcomer()
    expect((await seen(other)).posts[0]?.tried).toBe(null)
    const elsewhere = (await aBrand(test.db)).id
    const strangers = await inBrand(test.db, elsewhere, (tx) => tx.execute(sql`select 1 from practice`))
    expect(strangers).toEqual([])
    const sam = signedIn((await aStaff(test.db, brandId)).id, brandId, 'staff')
    expect((await server.ask(sam, 'GET', '/practice')).status).toBe(403)
  })
})
