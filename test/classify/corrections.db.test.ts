import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { classify } from '../../src/classify/classify.ts'
import type { Labels } from '../../src/classify/correction.ts'
import { heldOut, lessons, listCorrections } from '../../src/classify/correction-queries.ts'
import { learn } from '../../src/classify/learn.ts'
import { newLearned } from '../../src/classify/learned.ts'
import { type Model, openModel } from '../../src/classify/model.ts'
import { skillRows } from '../../src/classify/skill-queries.ts'
import { takeBack, tell } from '../../src/classify/told.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { insertPolicy, putInForce } from '../../src/decide/queries.ts'
import { withdraw } from '../../src/ingest/store.ts'
import { openKits } from '../../src/kit.ts'
import { aBrand, after, aMember, aMention, anOffer, aReply, aStaff, NINE, SETTINGS } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
let by: { userId: string }
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = await aBrandWithRules()
  by = { userId: (await aStaff(test.db, brandId, { name: 'Sam' })).id }
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
/** What a process knows that has just started. */
const aProcess = () => openKits(test.db)

async function aBrandWithRules(): Promise<string> {
  const { id } = await aBrand(test.db)
  await inBrand(test.db, id, async (tx) => {
    const text = 'name: all\nrules: []\notherwise: { community: {} }\n'
    await putInForce(tx, await insertPolicy(tx, { name: 'all', text, note: 'The first.', author: 'system', at: NINE }))
  })
  return id
}

const GATE = 'Stuck at gate B12 again'
const POSTS = [GATE, 'Gate again?', 'The lounge is fine', 'Danke, alles gut', '']
const outputs = (model: Model) => POSTS.map((text) => classify({ text }, model))
const outputsOf = async (kits: ReturnType<typeof openKits>, id = brandId) => outputs((await kits.of(id)).model)

async function corrected(text: string, labels: Labels): Promise<string> {
  return brand(async (tx) => tell(tx, (await aMention(tx, { text, state: 'escalated' })).id, labels, by, NINE))
}

const TIMES = 12
async function manyCorrections(): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < TIMES; n++) {
    ids.push(await corrected(`Stuck at gate B${n} with kids`, { sentiment: 'negative', needsEmployee: 1 }))
    ids.push(await corrected(`The lounge ${n} has a piano`, { sentiment: 'positive', intent: 'praise' }))
  }
  return ids
}
const isLearned = async (id: string) =>
  (await test.db.execute(sql`select 1 from correction where id = ${id} and not held_out`)).length > 0

describe('what people say of skills', () => {
  const skillsOf = async (text: string) =>
    classify({ text }, (await openKits(test.db).of(brandId)).model).skills.map(({ skill }) => skill)

  it('is learned from corrections and thanked answers, unlearned by passes, and never of another brand (U4, F7)', async () => {
    const skills = { wifi: { en: ['router'] }, oven: { en: ['oven'] } }
    await test.db.execute(
      sql`update brand set settings = ${JSON.stringify({ ...SETTINGS, skills })}::text::jsonb where id = ${brandId}`,
    )
    const asked = 'the crust stays pale whatever I bake'
    expect(await skillsOf(asked)).toEqual([])
    for (const text of [
      'my crust is pale',
      'pale crust after an hour, how do you bake yours?',
      'crust pale, baked twice',
    ]) {
      await corrected(text, { skill: 'oven' })
    }
    expect(await skillsOf(asked)).toEqual(['oven'])
    brandId = await aBrandWithRules()
    await test.db.execute(
      sql`update brand set settings = ${JSON.stringify({ ...SETTINGS, skills })}::text::jsonb where id = ${brandId}`,
    )
    expect(await skillsOf(asked)).toEqual([])
  })

  it('names only rows of skills that the brand has, with their weights, oldest first', async () => {
    const member = await aMember(test.db, brandId)
    const understood = { skills: [{ skill: 'oven', weight: 0.8 }] }
    await brand(async (tx) => {
      const thanked = await aMention(tx, { text: 'pale crust', state: 'replied', understood })
      const passed = await aMention(tx, { text: 'my order', state: 'offered', understood })
      const answer = { mentionId: thanked.id, userId: member.userId, memberId: member.id }
      await aReply(tx, { ...answer, state: 'sent', sentAt: NINE, outcome: 'thanked', outcomeAt: after(2) })
      const end = { state: 'passed' as const, passReason: 'wrong-topic', closedAt: after(3) }
      await anOffer(tx, { mentionId: passed.id, memberId: member.id, ...end })
      expect(await skillRows(tx, ['oven'])).toEqual([
        { text: 'pale crust', skill: 'oven', holds: true, weight: 0.5 },
        { text: 'my order', skill: 'oven', holds: false, weight: 0.5 },
      ])
      expect(await skillRows(tx, ['wifi'])).toEqual([])
    })
  })
})

describe('a correction', () => {
  it('counts from the next mention on, in every process, and never at another brand (U4, I5)', async () => {
    const [one, two] = [aProcess(), aProcess()]
    const other = await aBrandWithRules()
    const before = await outputsOf(one)
    expect(await outputsOf(two, other)).toEqual(before)
    await manyCorrections()
    const learned = await outputsOf(one)
    expect(learned[0]?.sentiment.score).toBeLessThan(before[0]!.sentiment.score)
    expect(await outputsOf(two)).toEqual(learned)
    expect(await outputsOf(aProcess())).toEqual(learned)
    for (const kits of [one, two]) expect(await outputsOf(kits, other)).toEqual(before)
    await inBrand(test.db, other, async (tx) => {
      expect(await lessons(tx, 0, 1_000, 10)).toEqual([])
      expect(await listCorrections(tx, { mentionId: null, limit: 10, after: null })).toEqual([])
    })
  })

  it('is unlearned, and its text gone, when the author deletes the post (L7)', async () => {
    const kits = aProcess()
    const before = await outputsOf(kits)
    await manyCorrections()
    expect(await outputsOf(kits)).not.toEqual(before)
    await brand(async (tx) => {
      const posts = await tx.execute<{ network: string; instance: string; nativeId: string }>(
        sql`select network, instance, native_id as "nativeId" from mention`,
      )
      await withdraw(tx, posts[0]!.network, posts, after(1))
      const kept = await listCorrections(tx, { mentionId: null, limit: 100, after: null })
      expect(kept.map(({ text, undone_by }) => ({ text, undone_by }))).toEqual(
        kept.map(() => ({ text: '', undone_by: null })),
      )
    })
    expect(await outputsOf(kits)).toEqual(before)
  })

  it('that is undone was never heard: every process is bit-identical to one that never knew of it (U4)', async () => {
    const kits = aProcess()
    const before = await outputsOf(kits)
    const ids = await manyCorrections()
    await outputsOf(kits)
    const wrong: string[] = []
    for (let n = 0; n < 8; n++) wrong.push(await corrected(`Gate ${n} again, lovely`, { sentiment: 'positive' }))
    const withWrong = (await kits.of(brandId)).model
    await manyCorrections()
    const rows = await brand((tx) => lessons(tx, 0, 1_000, 1_000))
    const base = openModel({ languages: SETTINGS.languages, skills: SETTINGS.skills })
    const never = { ...base, learned: newLearned(base.weights) }
    for (const row of rows.filter(({ text }) => !text.includes('lovely'))) learn(never.learned, row, never)
    expect(outputs(withWrong)).not.toEqual(outputs(never))

    await Promise.all(wrong.map((id) => brand((tx) => takeBack(tx, id, by, after(1)))))
    for (const each of [kits, aProcess()]) {
      const { model } = await each.of(brandId)
      expect(outputs(model)).toEqual(outputs(never))
      expect(model.learned).toEqual(never.learned)
    }

    const all = await brand((tx) => listCorrections(tx, { mentionId: null, limit: 100, after: null }))
    for (const { id } of all) await brand((tx) => takeBack(tx, id, by, after(2)))
    expect(ids.every((id) => all.some((row) => row.id === id))).toBe(true)
    expect(await outputsOf(kits)).toEqual(before)
  })

  it('is learned once, however many pages ask together and however many people correct at once', async () => {
    const kits = aProcess()
    const texts = Array.from({ length: 20 }, (_, n) => `Gate ${n} is closed`)
    await Promise.all(texts.flatMap((text) => [corrected(text, { sentiment: 'negative' }), kits.of(brandId)]))
    const together = await Promise.all(texts.map(() => kits.of(brandId)))
    const { learned } = (await aProcess().of(brandId)).model
    for (const { model } of together) expect(model.learned).toEqual(learned)
    const rows = await test.db.execute<{ seq: number }>(
      sql`select seq from correction where brand_id = ${brandId} order by seq`,
    )
    expect(rows.map(({ seq }) => seq)).toEqual(texts.map((_, n) => n + 1))
  })

  it('is learned anew when the brand’s settings change what a post is read with', async () => {
    const kits = aProcess()
    await manyCorrections()
    await kits.of(brandId)
    await test.db.execute(
      sql`update brand set settings = jsonb_set(settings, '{languages}', '["de","en"]') where id = ${brandId}`,
    )
    expect((await kits.of(brandId)).model.learned).toEqual((await aProcess().of(brandId)).model.learned)
  })

  it('makes its own post count as what the person said, readably, until it is undone to the last bit', async () => {
    const { id: mentionId } = await brand((tx) => aMention(tx, { text: GATE, state: 'escalated' }))
    const stored = async () => {
      const [row] = await test.db.execute(sql`select * from classification where mention_id = ${mentionId}`)
      return row as Record<string, unknown> & { result: ReturnType<typeof classify> }
    }
    const guess = await stored()
    const first = await brand((tx) => tell(tx, mentionId, { sentiment: 'negative', anger: 0.9 }, by, NINE))
    const second = await brand((tx) => tell(tx, mentionId, { intent: 'problem', language: 'fr' }, by, after(1)))
    const told = await stored()
    expect(told).toMatchObject({ sentiment: 'negative', intent: 'problem', language: 'fr', guessed: guess.result })
    expect(told.anger).toBeCloseTo(0.9)
    expect(told.result.sentiment).toEqual({ label: 'negative', score: -1, confidence: 1 })
    expect(told.result.why).toContainEqual({ head: 'sentiment', words: '[a person said so]', push: 1 })
    expect(told.result.unsure).not.toContain('sentiment')

    await brand((tx) => takeBack(tx, first, by, after(2)))
    expect(await stored()).toMatchObject({ sentiment: guess.sentiment, intent: 'problem' })
    await brand((tx) => takeBack(tx, second, by, after(3)))
    expect(await stored()).toEqual(guess)
    const [mention] = await test.db.execute(sql`select state from mention where id = ${mentionId}`)
    expect(mention).toEqual({ state: 'escalated' })
    const acts = await test.db.execute<{ kind: string; words: string }>(
      sql`select kind, data->>'words' as words from event where mention_id = ${mentionId} order by id`,
    )
    expect(acts.map(({ kind, words }) => `${kind}: ${words}`)).toEqual([
      'mention.corrected: sentiment negative, anger 0.9',
      'mention.corrected: language fr, intent problem',
      'mention.correction-undone: sentiment negative, anger 0.9',
      'mention.correction-undone: language fr, intent problem',
    ])
    expect(await test.db.execute(sql`select 1 from audit where target = ${mentionId}`)).toHaveLength(4)
  })

  it('said twice is one, and undone twice is undone', async () => {
    const { id } = await brand((tx) => aMention(tx, { state: 'escalated' }))
    const say = () => brand((tx) => tell(tx, id, { intent: 'idea', anger: 0 }, by, NINE))
    const [one, two] = await Promise.all([say(), say()])
    expect(one).toBe(two)
    await Promise.all([1, 2].map(() => brand((tx) => takeBack(tx, one, by, after(1)))))
    expect(await test.db.execute(sql`select 1 from event where mention_id = ${id}`)).toHaveLength(2)
    expect(await say()).not.toBe(one)
  })

  it('needs a post that is there, was judged, and was not deleted by its author', async () => {
    const about = (row: Parameters<typeof aMention>[1]) =>
      brand(async (tx) => tell(tx, (await aMention(tx, row)).id, { intent: 'idea' }, by, NINE))
    await expect(about({ state: 'withdrawn' })).rejects.toMatchObject({ code: 'gone' })
    await expect(about({ state: 'new' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(brand((tx) => tell(tx, brandId, { intent: 'idea' }, by, NINE))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(brand((tx) => takeBack(tx, brandId, by, NINE))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is held out one time in five, and then measured and never learned', async () => {
    const ids = await manyCorrections()
    const learned = (await Promise.all(ids.map(isLearned))).filter(Boolean).length
    const { rows, ...counts } = await brand((tx) => heldOut(tx, 1_000))
    expect(counts).toEqual({ learned, heldOut: ids.length - learned })
    expect(rows).toHaveLength(ids.length - learned)
    const { learned: state } = (await aProcess().of(brandId)).model
    expect(state?.corrections).toBe(learned)
  })
})
