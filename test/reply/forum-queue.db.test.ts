import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { linkedAccount } from '../../src/db/schema/account.ts'
import { source } from '../../src/db/schema/source.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { ADMIN_KEY, type DiscourseServer, openDiscourse } from '../connectors/discourse/server.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { answerSome } from '../faults/members.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
let forum: DiscourseServer
let asked: string
beforeEach(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
  forum = await openDiscourse(w.clock, null)
  await listenToForum()
  asked = forum.post(forum.user('ana'), 'How do I pair my phone with the acme scanner?')
  await later(MINUTE)
  expect(await answerSome(test.db, w.cast, 1, w.clock)).toBe(1)
})
afterEach(async () => {
  await assertInvariants(test.db, w.clock.now())
  await forum.close()
  await w.close()
  await test.drop()
})

/** A source that reads the forum as the brand, and a member whose answers there are read by its moderators first. */
async function listenToForum(): Promise<void> {
  const { baseUrl } = forum
  const { vault } = w.world
  const [at, instance, member] = [w.clock.now(), new URL(baseUrl).host, w.cast.members[0]!]
  forum.user('lumenor')
  const mia = forum.user('mia')
  mia.trusted = false
  const about = { network: 'discourse', instance } as const
  const account = (handle: string, memberId: string | null, session: object) => {
    const id = newId()
    const secret = vault.seal(JSON.stringify({ baseUrl, username: handle, ...session }), id)
    return { ...about, id, handle, memberId, secret, linkedAt: at }
  }
  const brand = account('lumenor', null, { kind: 'admin', key: ADMIN_KEY })
  const id = newId()
  await inBrand(test.db, w.cast.brandId, async (tx) => {
    await tx.insert(linkedAccount).values([brand, account('mia', member.id, { kind: 'user', key: mia.userKey })])
    await tx.insert(source).values({
      ...{ ...about, id, name: 'Forum', nextPollAt: at, accountId: brand.id },
      listen: { handles: [], words: ['acme'], exclude: [] },
      settings: vault.seal(JSON.stringify({ baseUrl }), id),
    })
  })
}

async function later(ms: number): Promise<void> {
  w.clock.pass(ms)
  await w.drain()
}

const replies = () =>
  test.db.execute<Record<string, unknown>>(sql`
    select r.state, r.attempts, r.remote_id, m.state as mention from reply r join mention m on m.id = r.mention_id`)

describe('an answer in a forum’s moderation queue (F6, I3, 43)', () => {
  it('is waited for, and is not asked for again until they release it', async () => {
    await w.drain()
    for (let n = 0; n < 12; n++) await later(5 * MINUTE)
    expect(await replies()).toEqual([{ state: 'pending', attempts: 1, remote_id: null, mention: 'claimed' }])
    expect(forum.queued()).toHaveLength(1)
    const released = forum.release()
    await later(3 * HOUR)
    expect(await replies()).toEqual([{ state: 'sent', attempts: 1, remote_id: released, mention: 'replied' }])
    expect(forum.answersTo(asked)).toHaveLength(1)
  })

  it('comes back to its author once they refused it', async () => {
    await w.drain()
    forum.refuse()
    await later(MINUTE)
    expect(await replies()).toMatchObject([{ state: 'failed', mention: 'claimed' }])
  })

  it('is left to a person, and is not sent again, when the forum’s answer was lost', async () => {
    // The request that posts is the first one of a send.
    forum.failNext('drop-after')
    await w.drain()
    expect(await replies()).toMatchObject([{ state: 'sending' }])
    await later(MINUTE)
    await later(DAY)
    expect(await replies()).toMatchObject([{ state: 'unknown', attempts: 1 }])
    expect(forum.queued()).toHaveLength(1)
  })
})
