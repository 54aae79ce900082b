import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { setPassword } from '../../src/people/auth.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { answerSome } from '../faults/members.ts'
import { signedIn } from '../signed-in.ts'
import { aWorld, counts, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 2 })
  await w.network.account('forum', 'moderated')
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

const texts = ['phone with the acme scanner', 'tablet with the acme plotter', 'laptop with the acme label maker']

/** A reply that the network took, and that its moderators hold. @returns its post there */
async function aHeldReply(): Promise<string> {
  w.clock.pass(MINUTE)
  const asked = await w.postAs('forum', `How do I pair my ${texts.pop()}?`)
  await w.drain()
  expect(await answerSome(test.db, w.cast, 1, w.clock)).toBe(1)
  await w.drain()
  return w.network.answers().get(asked)![0]!.id // just sent
}

async function later(ms: number): Promise<void> {
  w.clock.pass(ms)
  await w.drain()
}

const newest = async () => {
  const [row] = await test.db.execute<Record<string, unknown>>(sql`
    select r.state, r.note, r.sent_at is not null as answered, m.state as mention from reply r
    join mention m on m.id = r.mention_id order by r.requested_at desc, r.id desc limit 1`)
  return row
}

describe('a reply that the network’s moderators hold (F6, 43)', () => {
  it('is no answer yet, is shown to author and staff as what it is, and is not sent again', async () => {
    const id = await aHeldReply()
    await setPassword(test.db, w.cast.staff.userId, 'a long password')
    const app = await buildApp(w.world, null)
    const staff = await signedIn(app, w.cast.staff.email, 'a long password')
    expect((await staff('GET', '/approvals')).body.items).toMatchObject([
      { state: 'pending', note: 'Moderators read answers here first.', sentAt: null },
    ])
    await app.close()
    await later(HOUR)
    expect(await newest()).toMatchObject({ state: 'pending', answered: false, mention: 'claimed' })
    expect(w.network.requests.size).toBe(1)

    await w.network.moderate(id, 'release')
    await later(3 * HOUR)
    expect(await newest()).toMatchObject({ state: 'sent', note: null, answered: true, mention: 'replied' })
    const { events } = await counts(test.db)
    expect([events['reply.pending'], events['reply.sent']]).toEqual([1, 1])
    await assertInvariants(test.db, w.clock.now())
  })

  it('comes back to its author when they refuse it', async () => {
    const id = await aHeldReply()
    await w.network.moderate(id, 'refuse')
    await later(MINUTE)
    expect(await newest()).toMatchObject({
      state: 'failed',
      note: 'The network’s moderators did not let it stand.',
      mention: 'claimed',
    })
    await assertInvariants(test.db, w.clock.now())
  })

  it('is asked after ever more rarely, and left to a person after a week', async () => {
    await aHeldReply()
    let looks = 0
    w.network.misbehave(({ url }) => {
      looks += url.startsWith('/api/posts/by-key') ? 1 : 0
      return null
    })
    for (let n = 0; n < 24; n++) await later(5 * MINUTE)
    expect(looks).toBeLessThan(9)
    expect(await newest()).toMatchObject({ state: 'pending' })
    await later(7 * DAY)
    expect(await newest()).toMatchObject({ state: 'unknown' })
    w.network.misbehave(null)
  })
})
