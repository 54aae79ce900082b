import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { appendEvents, tellPeopleChanged } from '../../src/db/events.ts'
import { newId } from '../../src/domain/id.ts'
import type { Person } from '../../src/http/access.ts'
import { fromEventId, isAfter } from '../../src/live/position.ts'
import { aBrand, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import type { Listener } from './listener.ts'
import { aLiveServer, happens, type LiveServer, mentions, someone, tell } from './live-server.ts'

let test: TestDatabase
let server: LiveServer
let brandId: string
const opened: Listener[] = []

beforeAll(async () => {
  test = await freshDatabase()
  // No look but those that a notification, or something held back, asks for.
  server = await aLiveServer(test, { again: 50, safety: 600_000 })
  brandId = (await aBrand(test.db)).id
})
afterEach(() => {
  for (const stream of opened.splice(0)) stream.close()
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

/**
 * Waits until all that was told is behind every running transaction. Those of other tests' databases count too, for
 * they share the server: what is told while one runs is heard later, and would be heard by a stream opened meanwhile.
 */
async function settled(): Promise<void> {
  for (let open = 1; open > 0; ) {
    const [row] = await test.db.execute<{ n: number }>(
      sql`select count(*)::int as n from event where xid >= pg_snapshot_xmin(pg_current_snapshot())`,
    )
    open = row?.n ?? 0
  }
}

async function open(me: Person, rest: Parameters<LiveServer['open']>[1] = {}, at = server): Promise<Listener> {
  await settled()
  const stream = await at.open(me, rest)
  opened.push(stream)
  return stream
}
/** Tells one more thing and answers all that came until it did: what was to come before it did not come. */
async function heardBy(stream: Listener, kind: 'mention.closed' = 'mention.closed'): Promise<(string | null)[]> {
  const marker = await tell(test.db, brandId, kind)
  await stream.until(() => mentions(stream).includes(marker))
  return mentions(stream).filter((id) => id !== marker)
}

describe('the stream', () => {
  it('brings what another connection committed, as an event with an id, a kind and the mention', async () => {
    const stream = await open(someone({ brandId }))
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    })
    expect(stream.raw()).toMatch(/^retry: 2000\n\n/)
    const mentionId = await tell(test.db, brandId, 'mention.received')
    await stream.until(() => stream.events().length > 0)
    expect(stream.events()).toEqual([{ id: expect.stringMatching(/^\d+-\d+$/), kind: 'mention.received', mentionId }])
    expect(stream.raw()).toContain(`"at":"${NINE.toISOString()}"`)
  })

  it('skips and repeats nothing when transactions commit in another order than they began', async () => {
    const stream = await open(someone({ brandId }))
    let late = ''
    let early = ''
    await inBrand(test.db, brandId, async (tx) => {
      late = await happens(tx, 'mention.received')
      early = await tell(test.db, brandId, 'mention.offered')
      // A look has been taken and has held it back; a reader going by ids would now be past the other.
      const looks = server.hub.counts().looks
      while (server.hub.counts().looks < looks + 2) await new Promise(setImmediate)
      expect(mentions(stream)).toEqual([])
    })
    expect(await heardBy(stream)).toEqual([late, early])
    const places = stream.events().map(({ id }) => fromEventId(id)!)
    expect(places.every((place, n) => n === 0 || isAfter(place, places[n - 1]!))).toBe(true)
  })

  it('loses and repeats nothing while many connections write at once', async () => {
    const stream = await open(someone({ brandId }))
    const written = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        inBrand(test.db, brandId, async (tx) => {
          const first = await happens(tx, 'mention.received')
          if (n % 3 === 0) await tx.execute(sql`select pg_sleep(0.01)`)
          return [first, await happens(tx, 'mention.offered')]
        }),
      ),
    )
    const heard = await heardBy(stream)
    expect(heard).toHaveLength(120)
    expect(new Set(heard)).toEqual(new Set(written.flat()))
  })

  it('never tells of another brand, nor a member of what concerns another member (I5)', async () => {
    const other = (await aBrand(test.db)).id
    const [ana, ben] = [newId(), newId()]
    const [anas, staffs] = [
      await open(someone({ brandId, role: 'member', memberId: ana })),
      await open(someone({ brandId })),
    ]
    await tell(test.db, other, 'mention.offered')
    const forBen = await tell(test.db, brandId, 'mention.offered', [ben])
    const forAna = await tell(test.db, brandId, 'mention.offered', [ben, ana])
    const forAll = await tell(test.db, brandId, 'mention.claimed')
    const notForMembers = await tell(test.db, brandId, 'policy.published')
    expect(await heardBy(anas)).toEqual([forAna, forAll])
    await staffs.until(() => staffs.events().length > 4)
    expect(mentions(staffs).slice(0, 5)).toEqual([forBen, forAna, forAll, notForMembers, expect.any(String)])
  })

  it('is refused to strangers and for brands of others', async () => {
    const me = someone({ brandId })
    expect((await open(me, { headers: { 'x-test-me': 'nobody' } })).status).toBe(401)
    expect((await open(me, { query: `?brand=${newId()}` })).status).toBe(403)
    expect((await open(me, { query: `?brand=${brandId}` })).status).toBe(200)
  })

  it('reaches the streams of every process', async () => {
    const another = await aLiveServer(test, { safety: 600_000 })
    const streams = [await open(someone({ brandId })), await open(someone({ brandId }), {}, another)]
    const mentionId = await tell(test.db, brandId, 'mention.received')
    for (const stream of streams) {
      await stream.until(() => stream.events().length > 0)
      expect(mentions(stream)).toEqual([mentionId])
    }
    await another.app.close()
  })

  it('brings what was committed while the listening connection was down', async () => {
    const stream = await open(someone({ brandId }))
    const [cut] = await test.db.execute<{ n: number }>(sql`
      select count(pg_terminate_backend(pid))::int as n from pg_stat_activity
      where application_name = 'deputize live' and datname = current_database()`)
    expect(cut?.n).toBe(1)
    const mentionId = await tell(test.db, brandId, 'mention.received')
    await stream.until(() => stream.events().length > 0)
    expect(mentions(stream)).toEqual([mentionId])
  })
})

describe('coming back after a break', () => {
  it('brings exactly what was missed, in order, whether or not it was the last thing heard', async () => {
    const me = someone({ brandId, role: 'member', memberId: newId() })
    const before = await open(me)
    const heard = await tell(test.db, brandId, 'mention.claimed')
    await before.until(() => before.events().length > 0)
    expect(mentions(before)).toEqual([heard])
    before.close()
    const missed = [await tell(test.db, brandId, 'mention.returned'), await tell(test.db, brandId, 'mention.claimed')]
    await tell(test.db, brandId, 'policy.published') // not for members
    const after = await open(me, { headers: { 'last-event-id': before.lastId() }, query: '?last=1-1' })
    expect(await heardBy(after)).toEqual(missed)
    expect(await heardBy(await open(me, { query: `?last=${before.lastId()}` }))).toEqual([
      ...missed,
      expect.any(String),
    ])
  })

  it('brings nothing twice to whoever had heard nothing yet', async () => {
    await tell(test.db, brandId, 'mention.received')
    const me = someone({ brandId })
    const before = await open(me)
    before.close()
    const missed = await tell(test.db, brandId, 'mention.received')
    expect(await heardBy(await open(me, { headers: { 'last-event-id': before.lastId() } }))).toEqual([missed])
  })

  it('asks to fetch anew when more than five hundred events were missed, or the id is not one of ours', async () => {
    const me = someone({ brandId })
    const before = await open(me)
    before.close()
    const many = (count: number) =>
      inBrand(test.db, brandId, (tx) =>
        appendEvents(
          tx,
          Array.from({ length: count }, () => ({
            kind: 'mention.received' as const,
            mentionId: newId(),
            actor: 'system',
            at: NINE,
          })),
        ),
      )
    await many(500)
    expect(await heardBy(await open(me, { headers: { 'last-event-id': before.lastId() } }))).toHaveLength(500)
    for (const last of [before.lastId(), 'made-up', '9999999999999999999-1']) {
      const stream = await open(me, { headers: { 'last-event-id': last } })
      expect(stream.events()).toEqual([{ id: stream.lastId(), kind: 'live.reload', mentionId: null }])
      expect(await heardBy(stream)).toEqual([null])
    }
  })
})

describe('a stream that ends', () => {
  it('ends with the session it belongs to, and no other', async () => {
    const [me, another] = [someone({ brandId }), someone({ brandId })]
    const [mine, theirs] = [await open(me), await open(another)]
    server.signOut(me.sessionId)
    await mine.ended
    expect(await heardBy(theirs)).toEqual([])
  })

  it('ends in every process when what its person may has changed, once that is committed, and no other’s does (O4)', async () => {
    const [ana, ben] = [someone({ brandId }), someone({ brandId })]
    const second = await aLiveServer(test, { safety: 600_000 })
    const told: string[] = []
    second.hub.onPersonChanged((userId) => void told.push(userId))
    const [here, there, other] = [await open(ana), await open(ana, {}, second), await open(ben)]
    await test.db
      .transaction(async (tx) => {
        await tellPeopleChanged(tx, [ana.userId])
        throw new Error('it was not to be')
      })
      .catch(() => {})
    expect(await heardBy(here)).toEqual([])
    await tellPeopleChanged(test.db, [ana.userId])
    await Promise.all([here.ended, there.ended])
    expect(told).toEqual([ana.userId])
    expect(await heardBy(other)).toHaveLength(1)
    await second.app.close()
  })

  it('is forgotten with its brand once nobody listens', async () => {
    const stream = await open(someone({ brandId: (await aBrand(test.db)).id }))
    const { brands } = server.hub.counts()
    stream.close()
    while (server.hub.counts().brands >= brands) await new Promise(setImmediate)
    expect(server.hub.counts().brands).toBe(brands - 1)
  })

  it('ends when the server closes, which waits for none', async () => {
    const closing = await aLiveServer(test)
    const stream = await closing.open(someone({ brandId }))
    await closing.app.close()
    await stream.ended
    expect(closing.hub.counts()).toMatchObject({ streams: 0, brands: 0 })
  })

  it('beats meanwhile, saying how far it has come, and is shown the door in time', async () => {
    const quick = await aLiveServer(test, { beat: 20, longest: 3_000 })
    await settled()
    const stream = await quick.open(someone({ brandId, role: 'reader' }))
    const start = stream.lastId()
    await tell(test.db, brandId, 'policy.published') // moves on the log, unheard by readers
    await stream.ended
    expect(stream.raw()).toContain(': beat\nid: ')
    expect(isAfter(fromEventId(stream.lastId())!, fromEventId(start)!)).toBe(true)
    expect(stream.events()).toEqual([])
    await quick.app.close()
  })

  it('makes room when one person opens more than twenty', async () => {
    const me = someone({ brandId })
    const streams: Listener[] = []
    for (let n = 0; n < 21; n++) streams.push(await open(me))
    await streams[0]!.ended
    expect(await heardBy(streams[1]!)).toEqual([])
  })
})
