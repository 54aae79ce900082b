import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import type { Person } from '../../src/http/access.ts'
import { loungeRoutes } from '../../src/lounge/routes.ts'
import { loungeCircles } from '../../src/lounge/talk.ts'
import { noticesRoutes } from '../../src/people/notices/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aStaff } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aLiveServer, type LiveServer, tell } from '../live/live-server.ts'
import { setClock } from '../world.ts'

let test: TestDatabase
let server: Asking
let live: LiveServer
let brandId: string
let mia: Person
let sam: Person
const clock = setClock()

beforeAll(async () => {
  test = await freshDatabase()
  live = await aLiveServer(test, { again: 50 }, loungeCircles)
  server = await aServer((app, guard) => {
    loungeRoutes(app, { ...guard, db: test.db, clock })
    noticesRoutes(app, { ...guard, db: test.db, clock, mail: false })
  })
})
afterAll(async () => {
  await live.app.close()
  await server.app.close()
  await test.drop()
})
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  mia = await aGuest('champion')
  sam = signedIn((await aStaff(test.db, brandId)).id, brandId, 'staff')
})

async function aGuest(rank: 'newcomer' | 'helper' | 'champion', standing: 'trusted' | 'suspended' = 'trusted') {
  const { id, userId } = await aMember(test.db, brandId, { rank, standing, name: 'Mia' })
  const person = signedIn(userId, brandId, 'member', id)
  return { ...person, memberships: person.memberships.map((one) => ({ ...one, standing })) }
}

let presses = 0
const newKey = () => `press-number-${++presses}`
const post = (me: Person, path: string, body: object, key = newKey()) => {
  clock.pass(1_000)
  return server.ask(me, 'POST', path, body, key)
}
const get = async (me: Person, path: string) => (await server.ask(me, 'GET', path)).body
const begin = async (me: Person, title = 'Lamps', text = 'Which one do you like?') =>
  String((await post(me, '/lounge', { title, text })).body.id)
type Listed = Record<string, unknown>[]
const said = async (me: Person, id: string) => (await get(me, `/lounge/${id}/messages`)).items as Listed
const listed = async (me: Person) => (await get(me, '/lounge')).items as Listed

describe('the lounge (P3)', () => {
  it('is where staff and members of higher ranks talk, the thread with the newest message on top', async () => {
    const first = await begin(mia)
    const second = await begin(sam, 'Opening hours', 'We are closed on Friday.')
    expect((await listed(mia)).map(({ id }) => id)).toEqual([second, first])
    expect((await post(sam, `/lounge/${first}/messages`, { text: 'The small one.' })).status).toBe(201)
    expect(await listed(mia)).toMatchObject([
      { id: first, title: 'Lamps', author: 'Mia', count: 2, closed: null },
      { id: second, title: 'Opening hours', author: 'Sam', count: 1 },
    ])
    expect(await said(mia, first)).toMatchObject([
      { text: 'The small one.', author: 'Sam', fromStaff: true, mine: false },
      { text: 'Which one do you like?', author: 'Mia', fromStaff: false, mine: true },
    ])
  })

  it('is closed to newcomers with what would open it, and to the suspended, who may not even read', async () => {
    const id = await begin(mia)
    const [noah, eve] = [await aGuest('newcomer'), await aGuest('champion', 'suspended')]
    for (const [who, why] of [
      [noah, /opens with the rank helper/],
      [eve, /suspended/],
    ] as const)
      for (const asked of [
        server.ask(who, 'GET', '/lounge'),
        server.ask(who, 'GET', `/lounge/${id}`),
        server.ask(who, 'GET', `/lounge/${id}/messages`),
        post(who, '/lounge', { title: 'Mine', text: 'Hello' }),
        post(who, `/lounge/${id}/messages`, { text: 'Hello' }),
      ]) {
        const { status, body } = await asked
        expect([status, body.detail]).toEqual([403, expect.stringMatching(why)])
      }
    expect(await listed(mia)).toMatchObject([{ count: 1 }])
  })

  it('of one brand is nothing to another, whose guests find no such thread (I5)', async () => {
    const id = await begin(mia)
    const elsewhere = (await aBrand(test.db)).id
    const kim = signedIn((await aStaff(test.db, elsewhere)).id, elsewhere, 'staff')
    expect(await listed(kim)).toEqual([])
    const [message] = await said(mia, id)
    expect((await server.ask(kim, 'GET', `/lounge/${id}/messages`)).status).toBe(404)
    expect((await post(kim, `/lounge/${id}/messages`, { text: 'Hello' })).status).toBe(404)
    expect((await post(kim, `/lounge/${id}/close`, { reason: 'because' })).status).toBe(404)
    expect((await post(kim, `/lounge-messages/${message?.id}/remove`, { reason: 'because' })).status).toBe(404)
    expect((await post(kim, `/lounge-messages/${message?.id}/report`, { reason: 'because' })).status).toBe(404)
    expect(await inBrand(test.db, elsewhere, (tx) => tx.execute(sql`select 1 from lounge_thread`))).toEqual([])
    expect(await inBrand(test.db, elsewhere, (tx) => tx.execute(sql`select 1 from lounge_message`))).toEqual([])
  })

  it('hears the same press once, however often and how close together it comes', async () => {
    const key = newKey()
    const begun = await Promise.all([1, 2, 3, 4].map(() => post(mia, '/lounge', { title: 'Lamps', text: 'One' }, key)))
    const ids = new Set(begun.map(({ body }) => body.id))
    expect(ids.size).toBe(1)
    const [id] = [...ids]
    const again = newKey()
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => post(mia, `/lounge/${id}/messages`, { text: 'Two' }, again)),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    expect((await said(mia, String(id))).map(({ text }) => text)).toEqual(['Two', 'One'])
    expect(await listed(mia)).toMatchObject([{ count: 2 }])
  })

  it('is read page by page, threads and messages, and nothing twice', async () => {
    const id = await begin(mia, 'Lamps', '0')
    for (const text of ['1', '2', '3', '4']) await post(sam, `/lounge/${id}/messages`, { text })
    for (const title of ['Second', 'Third']) await begin(mia, title)
    const all = async (path: string) => {
      const found: Listed = []
      for (let cursor = ''; ; ) {
        const page = await get(mia, `${path}?limit=2${cursor}`)
        found.push(...(page.items as Listed))
        if (page.nextCursor === null) return found
        cursor = `&cursor=${page.nextCursor}`
      }
    }
    expect((await all(`/lounge/${id}/messages`)).map(({ text }) => text)).toEqual(['4', '3', '2', '1', '0'])
    expect((await all('/lounge')).map(({ title }) => title)).toEqual(['Third', 'Second', 'Lamps'])
  })

  it('refuses what is too long or empty', async () => {
    expect((await post(mia, '/lounge', { title: 'x'.repeat(121), text: 'Hello' })).status).toBe(422)
    expect((await post(mia, '/lounge', { title: '  ', text: 'Hello' })).status).toBe(422)
    expect((await post(mia, '/lounge', { title: 'Lamps', text: 'x'.repeat(2_001) })).status).toBe(422)
    expect(await listed(mia)).toEqual([])
  })
})

describe('staff in the lounge', () => {
  it('take a message away with a reason everybody reads, and of its words nothing is kept', async () => {
    const id = await begin(mia, 'A rude title', 'Rude words')
    const [message] = await said(mia, id)
    const path = `/lounge-messages/${message?.id}/remove`
    expect((await post(mia, path, { reason: 'because' })).status).toBe(403)
    expect((await post(sam, path, { reason: 'Not in this tone' })).status).toBe(200)
    expect((await post(sam, path, { reason: 'Again' })).status).toBe(409)
    expect(await said(mia, id)).toMatchObject([{ text: null, removed: 'Not in this tone', author: 'Mia' }])
    expect(await listed(mia)).toMatchObject([{ title: null, count: 1 }])
    await inBrand(test.db, brandId, async (tx) => {
      expect(await tx.execute(sql`select actor, act, details->>'reason' as reason from audit`)).toEqual([
        { actor: sam.userId, act: 'lounge.removed', reason: 'Not in this tone' },
      ])
      const [rest] = await tx.execute<{ rest: string }>(
        sql`select concat((select json_agg(x) from lounge_message x), (select json_agg(t) from lounge_thread t)) as rest`,
      )
      expect(rest?.rest).not.toMatch(/rude/i)
    })
  })

  it('close a thread, which is read on and written in no more; a press from before still finds its message', async () => {
    const id = await begin(mia)
    const key = newKey()
    const before = await post(mia, `/lounge/${id}/messages`, { text: 'Just before' }, key)
    expect((await post(mia, `/lounge/${id}/close`, { reason: 'because' })).status).toBe(403)
    expect((await post(sam, `/lounge/${id}/close`, { reason: 'All is said' })).body).toMatchObject({
      closed: 'All is said',
    })
    expect((await post(sam, `/lounge/${id}/close`, { reason: 'Again' })).status).toBe(409)
    expect((await post(mia, `/lounge/${id}/messages`, { text: 'Just before' }, key)).body.id).toBe(before.body.id)
    const late = await post(mia, `/lounge/${id}/messages`, { text: 'Too late' })
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('All is said')])
    expect((await said(mia, id)).map(({ text }) => text)).toEqual(['Just before', 'Which one do you like?'])
    const acts = await inBrand(test.db, brandId, (tx) => tx.execute(sql`select act, target from audit`))
    expect(acts).toEqual([{ act: 'lounge.closed', target: id }])
  })

  it('are told of a reported message once, and only they see what was said against it', async () => {
    const id = await begin(mia)
    const ben = await aGuest('helper')
    const [message] = await said(ben, id)
    const report = (reason: string) => post(ben, `/lounge-messages/${message?.id}/report`, { reason })
    expect((await report('It is an advert')).status).toBe(204)
    expect((await report('It still is')).status).toBe(204)
    expect(await said(sam, id)).toMatchObject([{ reported: 'It is an advert' }])
    expect(await said(mia, id)).toMatchObject([{ reported: null }])
    const told = async (me: Person) =>
      ((await get(me, '/notices')).items as Listed).filter(({ kind }) => kind === 'lounge-reported')
    expect(await told(sam)).toMatchObject([{ actor: 'Mia', detail: `${id}:It is an advert` }])
    expect(await told(mia)).toEqual([])
    await post(sam, `/lounge-messages/${message?.id}/remove`, { reason: 'An advert' })
    expect(await told(sam)).toEqual([])
  })
})

describe('a reported message that staff let stand', () => {
  const report = (me: Person, id: unknown, reason: string) => post(me, `/lounge-messages/${id}/report`, { reason })
  const dismiss = (me: Person, id: unknown) => post(me, `/lounge-messages/${id}/dismiss`, { reason: 'It is a joke' })
  const told = async (me: Person, which: string) =>
    ((await get(me, '/notices')).items as Listed).filter(({ kind }) => kind === which)

  it('stays; all who reported it are told why, staff are reminded no more, and the audit keeps who did it (O4)', async () => {
    const id = await begin(mia)
    const [ben, kai] = [await aGuest('helper'), await aGuest('helper')]
    const [message] = await said(ben, id)
    expect((await report(ben, message?.id, 'It is an advert')).status).toBe(204)
    expect((await report(kai, message?.id, 'It is rude')).status).toBe(204)
    expect((await dismiss(mia, message?.id)).status).toBe(403)
    expect(await dismiss(sam, message?.id)).toMatchObject({
      ...{ status: 200, body: { text: 'Which one do you like?', reported: null, removed: null } },
    })
    expect((await dismiss(sam, message?.id)).status).toBe(409)
    expect(await said(sam, id)).toMatchObject([{ reported: null, text: 'Which one do you like?' }])
    for (const one of [ben, kai])
      expect(await told(one, 'lounge-dismissed')).toMatchObject([{ actor: 'Sam', detail: `${id}:It is a joke` }])
    expect(await told(mia, 'lounge-dismissed')).toEqual([])
    expect(await told(sam, 'lounge-reported')).toEqual([])
    const audit = await inBrand(test.db, brandId, (tx) => tx.execute(sql`select actor, act, details from audit`))
    expect(audit).toMatchObject([
      { actor: sam.userId, act: 'lounge.dismissed', details: { reason: 'It is a joke', reported: 'It is an advert' } },
    ])
  })

  it('can be reported anew, of which staff are told once more', async () => {
    const id = await begin(mia)
    const ben = await aGuest('helper')
    const [message] = await said(ben, id)
    await report(ben, message?.id, 'It is an advert')
    await dismiss(sam, message?.id)
    await report(ben, message?.id, 'Look at the link')
    expect(await told(sam, 'lounge-reported')).toMatchObject([{ actor: 'Mia', detail: `${id}:Look at the link` }])
  })

  it('is for a colleague to judge when it is one’s own, and of two who press together one does', async () => {
    const id = await begin(sam)
    const [message] = await said(sam, id)
    await report(mia, message?.id, 'It is wrong')
    expect((await dismiss(sam, message?.id)).status).toBe(403)
    const colleagues = await Promise.all(
      [1, 2, 3].map(async () => signedIn((await aStaff(test.db, brandId)).id, brandId, 'staff')),
    )
    const presses = await Promise.all(colleagues.map((one) => dismiss(one, message?.id)))
    expect(presses.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await told(mia, 'lounge-dismissed')).toHaveLength(1)
  })
})

describe('what happens in the lounge', () => {
  it('names nobody, and is told to whoever may enter when it is told (I5)', async () => {
    const noah = await aGuest('newcomer')
    const [toNoah, toMia] = [await live.open(noah), await live.open(mia)]
    const heard = (stream: typeof toMia) => stream.events().filter(({ kind }) => kind === 'lounge.said').length
    await begin(sam)
    await toMia.until(() => heard(toMia) === 1)
    const memberOf = (person: Person) => String(person.memberships[0]?.memberId)
    await inBrand(test.db, brandId, async (tx) => {
      await tx.execute(sql`update member set rank = 'helper' where id = ${memberOf(noah)}`)
      await tx.execute(sql`update member set rank = 'newcomer' where id = ${memberOf(mia)}`)
    })
    await begin(sam, 'A second')
    await toNoah.until(() => heard(toNoah) === 1)
    await tell(test.db, brandId, 'reply.sent')
    await toMia.until(() => toMia.events().some(({ kind }) => kind === 'reply.sent'))
    expect([heard(toNoah), heard(toMia)]).toEqual([1, 1])
    const named = await inBrand(test.db, brandId, (tx) =>
      tx.execute(sql`select coalesce(cardinality(member_ids), -1) as n from event where kind = 'lounge.said'`),
    )
    expect(named).toEqual([{ n: 0 }, { n: 0 }])
  })

  it('is told again after a break to whoever may enter, and to nobody else', async () => {
    const noah = await aGuest('newcomer')
    const [first, other] = [await live.open(mia), await live.open(noah)]
    const places = [first.lastId(), other.lastId()]
    first.close()
    other.close()
    await begin(sam)
    const [again, outside] = [
      await live.open(mia, { query: `?last=${places[0]}` }),
      await live.open(noah, { query: `?last=${places[1]}` }),
    ]
    await again.until(() => again.events().some(({ kind }) => kind === 'lounge.said'))
    await tell(test.db, brandId, 'reply.sent')
    await outside.until(() => outside.events().some(({ kind }) => kind === 'reply.sent'))
    expect(outside.events().filter(({ kind }) => kind === 'lounge.said')).toEqual([])
  })

  it('is told live to its guests at that brand and to nobody else (E4, I5)', async () => {
    const noah = await aGuest('newcomer')
    const elsewhere = (await aBrand(test.db)).id
    const kim = signedIn((await aStaff(test.db, elsewhere)).id, elsewhere, 'staff')
    const bea = signedIn((await aStaff(test.db, brandId)).id, brandId, 'reader')
    const [toMia, toSam, toNoah, toKim, toBea] = [
      await live.open(mia),
      await live.open(sam),
      await live.open(noah),
      await live.open(kim),
      await live.open(bea),
    ]
    const id = await begin(sam)
    const [message] = await said(sam, id)
    await post(mia, `/lounge-messages/${message?.id}/report`, { reason: 'because' })
    await post(sam, `/lounge/${id}/close`, { reason: 'because' })
    const heard = (stream: typeof toMia) =>
      stream.events().flatMap(({ kind }) => (kind.startsWith('lounge.') ? [kind] : []))
    await toMia.until(() => heard(toMia).length >= 2)
    await toSam.until(() => heard(toSam).length >= 3)
    // What everybody of a brand hears comes after whatever was told before it.
    for (const [brand, streams] of [
      [brandId, [toMia, toNoah, toBea]],
      [elsewhere, [toKim]],
    ] as const) {
      await tell(test.db, brand, 'reply.sent')
      for (const stream of streams) await stream.until(() => stream.events().some(({ kind }) => kind === 'reply.sent'))
    }
    expect(heard(toMia)).toEqual(['lounge.said', 'lounge.changed'])
    expect(heard(toSam)).toEqual(['lounge.said', 'lounge.reported', 'lounge.changed'])
    expect([heard(toNoah), heard(toKim), heard(toBea)]).toEqual([[], [], []])
  })
})
