import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { capabilitiesOf } from '../../src/connections.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import type { FeedCard, MyDesk } from '../../src/feed/contract.ts'
import { feedRoutes } from '../../src/feed/routes.ts'
import { originsOf, type Person } from '../../src/http/access.ts'
import { answeringFor } from '../../src/reply/answering.ts'
import { aBrand, after, aMember, aMention, anAccount, anOffer, aReply, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aPerson, aToyServer, OWN, type Toy } from '../http/toy.ts'
import { anOffered } from './offered.ts'

type Member = Awaited<ReturnType<typeof aMember>>

let test: TestDatabase
let toy: Toy
let brandId: string
let ana: Member
let ben: Member
let now = NINE
const people = new Map<string, Person>()
const woken: [string, string[]][] = []
const forgotten: string[] = []

beforeAll(async () => {
  test = await freshDatabase()
  toy = await aToyServer()
  feedRoutes(toy.app, {
    db: test.db,
    clock: { now: () => now },
    whoIs: async ({ headers }) => people.get(String(headers['x-test-me'])) ?? null,
    origins: originsOf(OWN),
    mask: (text) => text.replaceAll(/\S+@\S+/g, '[email]'),
    answeringFor: (...about) => answeringFor(...about, capabilitiesOf('sandbox')),
    nextRank: ({ points, thanked, rank }) =>
      rank === 'champion' ? null : { name: 'helper', missing: `${points} points, ${thanked} thanks` },
    wake: async (...page) => void woken.push(page),
    forgetRoster: (id) => void forgotten.push(id),
  })
})
afterAll(async () => {
  await toy.app.close()
  await test.drop()
})
beforeEach(async () => {
  now = NINE
  woken.length = 0
  brandId = (await aBrand(test.db)).id
  ana = await aMember(test.db, brandId, { name: 'Ana', rank: 'helper' })
  ben = await aMember(test.db, brandId, { name: 'Ben' })
})

const here = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
async function ask<T>(member: Member, method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T> {
  const membership = { brandId: member.brandId, role: 'member' as const, memberId: member.id }
  people.set(member.id, { ...aPerson(membership), userId: member.userId })
  const reply = await toy.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'x-test-me': member.id, 'sec-fetch-site': 'same-origin' },
    ...(body && { body }),
  })
  if (reply.statusCode >= 400) throw reply.json()
  return reply.json()
}
type Page = { items: FeedCard[]; nextCursor: string | null }
const feed = (member: Member, query = '') => ask<Page>(member, 'GET', `/feed${query}`)

describe('the newsfeed', () => {
  it('shows a card with everything a member answers from, personal data masked (F1, U7)', async () => {
    await here((tx) => anAccount(tx, { handle: 'acme' }))
    await here((tx) => anAccount(tx, { handle: 'ana', memberId: ana.id }))
    await here((tx) => anAccount(tx, { handle: 'elsewhere', memberId: ana.id, network: 'bluesky' }))
    const { mentionId, offers } = await here((tx) =>
      anOffered(tx, [ana, ben], {
        text: 'My wifi is gone, write to pat@example.com',
        authorFollowers: 12,
        understood: { skills: [{ skill: 'wifi', weight: 1 }], anger: 0.25 },
      }),
    )
    expect((await feed(ana)).items).toEqual([
      {
        offerId: offers[0],
        mentionId,
        state: 'open',
        network: 'sandbox',
        author: { handle: 'pat', name: null, followers: 12 },
        text: 'My wifi is gone, write to [email]',
        shortened: false,
        url: null,
        language: 'en',
        sentiment: 'neutral',
        intent: 'question',
        anger: 0.25,
        snoozedUntil: null,
        abusive: false,
        skills: ['wifi'],
        alike: 1,
        stormId: null,
        postedAt: NINE.toISOString(),
        offeredAt: NINE.toISOString(),
        until: after(30 * MINUTE).toISOString(),
        dueAt: after(120 * MINUTE).toISOString(),
        holder: null,
        why: 'speaks en',
        guidance: null,
        keptUntil: null,
        voices: [
          { voice: 'own', handle: 'ana', refusal: null, ends: '' },
          {
            voice: 'cosigned',
            handle: 'acme',
            refusal: expect.stringContaining('champion'),
            ends: expect.stringMatching(/^\n– \w+, community$/),
          },
          { voice: 'brand', handle: 'acme', refusal: expect.stringContaining('champion'), ends: '' },
        ],
        maxLength: 500,
        thread: { most: 5 },
        lengthUnit: 'graphemes',
        begins: '',
        pictures: { refusal: null, most: 4, altLength: 1_000 },
        closed: null,
        needsApproval: false,
        earns: true,
        extendable: false,
        reply: null,
        question: null,
      },
    ])
    expect((await feed(ben)).items[0]).toMatchObject({ offerId: offers[1], needsApproval: true })
  })

  it('shows nobody the offers of somebody else, nor of another brand (I5)', async () => {
    const { offers } = await here((tx) => anOffered(tx, [ana]))
    expect((await feed(ben, '?view=all')).items).toEqual([])
    await expect(ask(ben, 'GET', `/offers/${offers[0]}`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(ask(ben, 'POST', `/offers/${offers[0]}/claim`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const stranger = await aMember(test.db, (await aBrand(test.db)).id)
    await expect(ask(stranger, 'GET', `/offers/${offers[0]}`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await ask(ana, 'GET', `/offers/${offers[0]}`)).toMatchObject({ offerId: offers[0] })
  })

  it('pages newest first without skipping or repeating offers of the same millisecond', async () => {
    const made: string[] = []
    for (let n = 0; n < 7; n++) {
      const at = after(n < 5 ? 0 : MINUTE)
      made.push((await here((tx) => anOffered(tx, [ana], { stateAt: at }))).offers[0]!)
    }
    const seen: FeedCard[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await feed(ana, `?limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    const newestFirst = [...made.slice(5).sort().reverse(), ...made.slice(0, 5).sort().reverse()]
    expect(seen.map(({ offerId }) => offerId)).toEqual(newestFirst)
  })

  it('refuses a cursor it did not write', async () => {
    for (const place of [
      ['never', ana.id],
      [NINE.toISOString(), 'nobody'],
    ]) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url')
      await expect(feed(ana, `?cursor=${cursor}`)).rejects.toMatchObject({ code: 'INVALID' })
    }
  })

  it('filters by language with its regions, network, skill and mood', async () => {
    const one = async (row: Parameters<typeof anOffered>[2]) =>
      (await here((tx) => anOffered(tx, [ana], row))).offers[0]
    const tagged = (tag: string) => ({ language: { tag, confidence: 1 } })
    const pt = await one({ understood: tagged('pt') })
    const br = await one({ understood: { ...tagged('pt-BR'), skills: [{ skill: 'wifi', weight: 0.4 }] } })
    const bluesky = await one({ network: 'bluesky' })
    const cross = await one({ understood: { sentiment: { label: 'negative', score: -0.8, confidence: 1 } } })
    const found = async (query: string) => (await feed(ana, query)).items.map(({ offerId }) => offerId).sort()
    expect(await found('?language=pt')).toEqual([pt, br].sort())
    expect(await found('?language=pt-BR')).toEqual([br])
    expect(await found('?network=bluesky')).toEqual([bluesky])
    expect(await found('?skill=wifi')).toEqual([br])
    expect(await found('?skill=wif')).toEqual([])
    expect(await found('?mood=negative')).toEqual([cross])
    expect(await found('?language=pt&mood=negative')).toEqual([])
  })

  it('shows what others answered to posts that say the same, thanked ones first, and to nobody else (F9)', async () => {
    const { mentionId: head, offers } = await here((tx) => anOffered(tx, [ana]))
    const clusterId = head
    await here((tx) => tx.execute(sql`update mention set cluster_id = ${clusterId} where id = ${head}`))
    const others = await here(async (tx) => [
      await aMention(tx, { clusterId, state: 'replied', authorHandle: 'quinn' }),
      await aMention(tx, { clusterId, state: 'replied', authorHandle: 'rory' }),
      await aMention(tx, { clusterId, state: 'escalated' }),
      await aMention(tx, { clusterId, state: 'hidden' }),
      await aMention(tx, { clusterId, state: 'replied' }),
      await aMention(tx, { clusterId, state: 'replied' }),
    ])
    const by = { memberId: ben.id, userId: ben.userId, state: 'sent' as const }
    const [first, second, third, hidden, hers, resented] = others.map(({ id }) => id)
    await here(async (tx) => {
      await aReply(tx, { ...by, mentionId: first!, text: 'Mail me: ben@example.com', sentAt: after(MINUTE) })
      await aReply(tx, {
        ...by,
        mentionId: second!,
        text: 'Press WPS.',
        sentAt: NINE,
        outcome: 'thanked',
        outcomeAt: NINE,
      })
      await aReply(tx, { ...by, mentionId: third!, text: 'Not sent yet.', state: 'awaiting-approval' })
      await aReply(tx, { ...by, mentionId: hidden!, text: 'To a hidden post.', sentAt: NINE })
      const own = { memberId: ana.id, userId: ana.userId }
      await aReply(tx, { ...by, ...own, mentionId: hers!, text: 'Her own.', sentAt: NINE })
      const resent = { outcome: 'complained' as const, outcomeAt: NINE }
      await aReply(tx, { ...by, ...resent, mentionId: resented!, text: 'Just restart it.', sentAt: NINE })
    })
    const said = await ask<{ items: object[] }>(ana, 'GET', `/offers/${offers[0]}/alike`)
    expect(said.items).toMatchObject([
      { by: 'Ben', to: 'rory', text: 'Press WPS.', thanked: true },
      { by: 'Ben', to: 'quinn', text: 'Mail me: [email]', thanked: false },
    ])
    await expect(ask(ben, 'GET', `/offers/${offers[0]}/alike`)).rejects.toMatchObject({ status: 404 })
  })

  it('counts how many posts say the same, once for the whole cluster', async () => {
    const { mentionId } = await here((tx) => anOffered(tx, [ana]))
    await here(async (tx) => {
      await tx.execute(sql`update mention set cluster_id = id where id = ${mentionId}`)
      for (let n = 0; n < 2; n++) await aMention(tx, { clusterId: mentionId })
    })
    await here((tx) => anOffered(tx, [ana]))
    expect((await feed(ana)).items.map(({ alike }) => alike).sort()).toEqual([1, 3])
  })

  it('says how much a view holds, as the same filters would show it', async () => {
    await here((tx) => anOffered(tx, [ana]))
    await here((tx) => anOffered(tx, [ana, ben]))
    const held = (member: Member, query: string) => ask(member, 'GET', `/feed/count${query}`)
    expect(await held(ana, '')).toEqual({ count: (await feed(ana)).items.length, more: false })
    expect(await held(ben, '')).toEqual({ count: (await feed(ben)).items.length, more: false })
    expect(await held(ana, '?view=mine')).toEqual({ count: 0, more: false })
    expect(await held(ana, '?network=nowhere')).toEqual({ count: 0, more: false })
    expect((await feed(ana)).items.length).toBeGreaterThan((await feed(ben)).items.length)
  })

  it('still shows a card whose classification was blanked with its post', async () => {
    const { id: mentionId } = await here((tx) => aMention(tx, { state: 'withdrawn', understood: null }))
    await here((tx) => anOffer(tx, { mentionId, memberId: ana.id, state: 'withdrawn' }))
    expect((await feed(ana, '?view=all')).items).toMatchObject([
      { state: 'withdrawn', language: 'und', skills: [], until: null },
    ])
  })
})

describe('a card', () => {
  it('goes from the open ones to one’s own by a claim, and shows the others who holds it', async () => {
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana, ben]))
    const until = after(20 * MINUTE).toISOString()
    expect(await ask(ana, 'POST', `/offers/${offers[0]}/claim`)).toMatchObject({
      state: 'claimed',
      until,
      holder: { name: 'Ana', me: true },
    })
    expect([(await feed(ana)).items, (await feed(ana, '?view=mine')).items.length]).toEqual([[], 1])
    expect((await feed(ben, '?view=all')).items).toMatchObject([{ state: 'taken', holder: { name: 'Ana', me: false } }])
    await expect(ask(ben, 'POST', `/offers/${offers[1]}/claim`)).rejects.toMatchObject({
      status: 409,
      holder: { name: 'Ana', until },
    })
    await here((tx) =>
      aReply(tx, { mentionId, memberId: ana.id, userId: ana.userId, state: 'queued', text: 'Try this.' }),
    )
    expect((await feed(ana, '?view=mine')).items[0]?.reply).toEqual({
      text: 'Try this.',
      state: 'queued',
      at: NINE.toISOString(),
    })
    expect((await feed(ben, '?view=all')).items[0]?.reply).toBeNull()
    expect(woken).toEqual([])
  })

  it('given back wakes matching at once', async () => {
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana]))
    await ask(ana, 'POST', `/offers/${offers[0]}/claim`)
    expect(await ask(ana, 'POST', `/offers/${offers[0]}/release`)).toMatchObject({ state: 'expired', holder: null })
    expect(woken).toEqual([[brandId, [mentionId]]])
  })

  it('passed on by the last who had it wakes matching, by another it does not', async () => {
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana, ben]))
    expect(await ask(ana, 'POST', `/offers/${offers[0]}/pass`, { reason: 'not-now' })).toMatchObject({
      state: 'passed',
    })
    expect(woken).toEqual([])
    await ask(ben, 'POST', `/offers/${offers[1]}/pass`, { reason: 'not-my-language' })
    expect(woken).toEqual([[brandId, [mentionId]]])
    await expect(ask(ben, 'POST', `/offers/${offers[1]}/pass`, { reason: 'bored' })).rejects.toMatchObject({
      status: 422,
    })
  })
})

describe('the desk', () => {
  it('shows rank, points, what is missing for the next rank, skills and load', async () => {
    const member = await aMember(test.db, brandId, { name: 'Eli', points: 40, skills: [{ skill: 'wifi', level: 0.5 }] })
    const { mentionId } = await here((tx) => anOffered(tx, [member]))
    const told = { mentionId, memberId: member.id, userId: member.userId }
    await here((tx) => aReply(tx, { ...told, outcome: 'thanked', outcomeAt: NINE }))
    expect(await ask<MyDesk>(member, 'GET', '/desk')).toEqual({
      memberId: member.id,
      name: 'Eli',
      rank: 'newcomer',
      points: 40,
      nextRank: { name: 'helper', missing: '40 points, 1 thanks' },
      languages: ['en'],
      skills: [{ skill: 'wifi', level: 0.5 }],
      capacity: 3,
      load: 1,
      paused: false,
      quiet: null,
      welfare: { mostAnHour: null, mostADay: null, mostHoursAWeek: null, angryShare: null, breakMinutes: null },
      listed: true,
      versions: { declared: expect.any(String), hours: expect.any(String), limits: expect.any(String) },
      restingUntil: null,
      onlyCalm: false,
    })
  })

  it('pauses and goes on, keeps what it is not told to change, and matching hears of it', async () => {
    const quiet = { from: '22:30', to: '07:00', timeZone: 'Asia/Kolkata' }
    expect(await ask(ana, 'PATCH', '/desk', { paused: true })).toMatchObject({ paused: true, capacity: 3, quiet: null })
    expect(await ask(ana, 'PATCH', '/desk', { quiet, capacity: 5 })).toMatchObject({ paused: true, capacity: 5, quiet })
    expect(await ask(ana, 'PATCH', '/desk', { paused: false, quiet: null })).toMatchObject({
      paused: false,
      capacity: 5,
      quiet: null,
    })
    expect(forgotten.filter((id) => id === brandId)).toHaveLength(3)
    const events = await here((tx) =>
      tx.execute(sql`select member_ids, data from event where kind = 'member.changed' order by id`),
    )
    expect(events).toMatchObject([
      { member_ids: [ana.id], data: { changed: ['paused'], paused: true } },
      { data: { changed: ['capacity', 'quiet'], capacity: 5 } },
      { data: { changed: ['paused', 'quiet'], paused: false } },
    ])
    expect(JSON.stringify(events)).not.toContain('Kolkata')
  })

  it('of two who change the same part from one version takes the first; other parts are not touched by it', async () => {
    const member = await aMember(test.db, brandId, { name: 'Uma', skills: [{ skill: 'wifi', level: 0.5 }] })
    const { versions } = await ask<MyDesk>(member, 'GET', '/desk')
    const hers = { languages: ['en', 'de'], skills: [{ skill: 'wifi', level: 0.9 }], versions }
    // Set by somebody else after the form was begun.
    await here((tx) => tx.execute(sql`update member_skill set level = 0.3 where member_id = ${member.id}`))
    await expect(ask(member, 'PATCH', '/desk', hers)).rejects.toMatchObject({
      status: 409,
      detail: expect.stringContaining('have been changed meanwhile'),
    })
    const now = await ask<MyDesk>(member, 'GET', '/desk')
    expect(now).toMatchObject({ languages: ['en'], versions: { hours: versions.hours, limits: versions.limits } })
    expect(now.versions.declared).not.toBe(versions.declared)
    const { declared: _, ...rest } = versions
    expect(await ask(member, 'PATCH', '/desk', { capacity: 4, versions: rest })).toMatchObject({ capacity: 4 })
    await expect(ask(member, 'PATCH', '/desk', { capacity: 5, versions: rest })).rejects.toMatchObject({ status: 409 })
  })

  it('takes no languages or skills from who does not say what they changed them from', async () => {
    for (const change of [{ languages: ['de'] }, { skills: [] }])
      await expect(ask(ana, 'PATCH', '/desk', change)).rejects.toMatchObject({ status: 422 })
  })

  it('takes the languages there are, and lets one be that stands there already', async () => {
    const member = await aMember(test.db, brandId, { name: 'Odd', languages: ['zz'] })
    const say = async (languages: string[]) => {
      const { versions } = await ask<MyDesk>(member, 'GET', '/desk')
      return ask(member, 'PATCH', '/desk', { languages, versions: { declared: versions.declared } })
    }
    await expect(say(['zz', 'de', 'qq'])).rejects.toMatchObject({ status: 422 })
    expect(await say(['de', 'zz'])).toMatchObject({ languages: ['de', 'zz'] })
    expect(await say(['yue', 'de'])).toMatchObject({ languages: ['yue', 'de'] })
    await expect(say(['zz'])).rejects.toMatchObject({ status: 422 })
  })

  it('refuses a time zone nobody knows and fields it does not have', async () => {
    const quiet = { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' }
    await expect(ask(ana, 'PATCH', '/desk', { quiet })).rejects.toMatchObject({
      status: 422,
      detail: expect.stringContaining('Mars'),
    })
    await expect(ask(ana, 'PATCH', '/desk', { rank: 'champion' })).rejects.toMatchObject({ status: 422 })
    expect(await ask(ana, 'GET', '/desk')).toMatchObject({ rank: 'helper', quiet: null })
  })
})
