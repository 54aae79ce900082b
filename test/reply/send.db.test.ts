import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { setPassword } from '../../src/people/auth.ts'
import type { Rank } from '../../src/people/ranks.ts'
import { approve, sendBack } from '../../src/reply/approval.ts'
import { requestReply } from '../../src/reply/request.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let world: TestWorld
let post: string
beforeEach(async () => {
  test = await freshDatabase()
})
afterEach(async () => {
  await assertInvariants(test.db, world.clock.now())
  await world.close()
  await test.drop()
})

const one = async (query: ReturnType<typeof sql>) => (await test.db.execute<Record<string, unknown>>(query))[0]
const posted = () =>
  world.network
    .answers()
    .get(post)
    ?.map(({ text }) => text) ?? []
const asked = () => [...world.network.requests.values()].reduce((sum, n) => sum + n, 0)
const replyNow = () => one(sql`select id, state, note, text, edited_from from reply`)

/** A mention claimed by a member of this rank, and their reply to it as the outbox takes it. */
async function aStoredReply(rank: Rank, text = 'Press WPS first.'): Promise<string> {
  world = await aWorld(test, { members: 1, rank })
  post = await world.network.postAs('frida', '@acme how do I connect the printer to my wifi router?')
  await world.drain()
  const [helper] = world.cast.members
  const offer = await one(sql`select id, mention_id from offer`)
  return inBrand(test.db, world.cast.brandId, async (tx) => {
    await claimOffer(tx, offer?.id as string, helper!.id, world.clock.now(), 20 * MINUTE)
    const author = { userId: helper!.userId, name: helper!.name, member: { id: helper!.id, rank } }
    const wanted = { mentionId: offer?.mention_id as string, text, voice: 'own' as const, key: 'key-of-one-reply' }
    return (await requestReply(tx, author, wanted, capabilitiesOf, world.clock, maskPersonalData)).id
  })
}

async function later(ms: number): Promise<void> {
  world.clock.pass(ms)
  await world.drain()
}

describe('a reply (F6, I3)', () => {
  it('whose connection broke after the network took it is looked up, and stands once', async () => {
    await aStoredReply('helper')
    let broken = 0
    world.network.misbehave(({ method, url }) =>
      method === 'POST' && url.startsWith('/api/posts') && broken++ === 0 ? 'drop-after' : null,
    )
    await world.drain()
    expect(await replyNow()).toMatchObject({ state: 'sending', note: expect.stringContaining('broke') })
    await later(MINUTE)
    expect(await replyNow()).toMatchObject({ state: 'sent', note: null })
    expect(posted()).toEqual(['Press WPS first.'])
    expect(asked()).toBe(1)
  })

  it('whose network is away waits, and goes once it is back', async () => {
    await aStoredReply('helper')
    world.network.misbehave(({ method }) => (method === 'POST' ? '429' : null))
    await world.drain()
    expect(await replyNow()).toMatchObject({ state: 'queued' })
    world.network.misbehave(null)
    await later(10 * MINUTE)
    expect(await replyNow()).toMatchObject({ state: 'sent' })
    expect(posted()).toHaveLength(1)
  })

  it('to a post that is gone comes back to its author with the reason', async () => {
    await aStoredReply('helper')
    const token = await world.network.account('frida')
    await fetch(`${world.network.url}/api/posts/${post}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
    await world.drain()
    const { state, note } = (await replyNow()) ?? {}
    expect(['failed', 'withdrawn']).toContain(state)
    expect(note).toBeTruthy()
    expect(posted()).toEqual([])
  })

  it('is taken up by another worker when its sender fell silent, which asks the network first', async () => {
    const id = await aStoredReply('helper')
    const silent = new Date(world.clock.now().getTime() - 10 * MINUTE).toISOString()
    await test.db.execute(
      sql`update reply set state = 'sending', sending_at = ${silent}, attempts = 1 where id = ${id}`,
    )
    await world.drain() // it never arrived: queued again
    await later(30 * SECOND)
    expect(await replyNow()).toMatchObject({ state: 'sent' })
    expect(posted()).toHaveLength(1)
  })
})

describe('a newcomer’s reply (F4)', () => {
  const staff = () => world.cast.staff.userId
  const act = <T>(work: Parameters<typeof inBrand<T>>[2]) => inBrand(test.db, world.cast.brandId, work)

  it('waits for a reader, who may change it; the author keeps sight of their own words', async () => {
    const id = await aStoredReply('newcomer', 'press wps')
    await later(30 * MINUTE)
    expect(await replyNow()).toMatchObject({ state: 'awaiting-approval' })
    expect(await one(sql`select state from mention`)).toEqual({ state: 'claimed' }) // the lease waits with it
    await act((tx) =>
      approve(tx, id, staff(), 'Press WPS first, then wait a minute.', capabilitiesOf, world.clock.now()),
    )
    await world.drain()
    expect(await replyNow()).toMatchObject({ state: 'sent', edited_from: 'press wps' })
    expect(posted()).toEqual(['Press WPS first, then wait a minute.'])
  })

  it('is not approved by its author', async () => {
    const id = await aStoredReply('newcomer')
    const own = act((tx) => approve(tx, id, world.cast.members[0]!.userId, null, capabilitiesOf, world.clock.now()))
    await expect(own).rejects.toThrow('Nobody approves their own reply.')
  })

  it('is dealt with once: of approving and returning at the same time one wins', async () => {
    const id = await aStoredReply('newcomer')
    const now = world.clock.now()
    const both = await Promise.allSettled([
      act((tx) => approve(tx, id, staff(), null, capabilitiesOf, now)),
      act((tx) => sendBack(tx, id, staff(), 'Too short.', now, now)),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await world.drain()
    expect(posted().length).toBe((await replyNow())?.state === 'sent' ? 1 : 0)
  })

  it('comes back with the reason, and its author still holds the mention for another try', async () => {
    const id = await aStoredReply('newcomer')
    await act((tx) =>
      sendBack(
        tx,
        id,
        staff(),
        'Please say which button.',
        new Date(world.clock.now().getTime() + 20 * MINUTE),
        world.clock.now(),
      ),
    )
    expect(await replyNow()).toMatchObject({ state: 'rejected', note: 'Please say which button.' })
    expect(await one(sql`select state, holder_id from mention`)).toEqual({
      state: 'claimed',
      holder_id: world.cast.members[0]!.id,
    })
    expect(posted()).toEqual([])
  })
})

describe('a reply of which the network cannot say whether it arrived (F6)', () => {
  async function unclear(): Promise<{
    id: string
    staff: Awaited<ReturnType<typeof signedIn>>
    close: () => Promise<void>
  }> {
    const id = await aStoredReply('helper')
    await test.db.execute(sql`update reply set state = 'unknown', note = 'The network cannot say.' where id = ${id}`)
    await setPassword(test.db, world.cast.staff.userId, 'a long password')
    const app = await buildApp(world.world, null)
    return { id, staff: await signedIn(app, world.cast.staff.email, 'a long password'), close: () => app.close() }
  }

  it('is shown to staff, and counts as an answer once they found it there', async () => {
    const { id, staff, close } = await unclear()
    expect((await staff('GET', '/approvals')).body.items).toMatchObject([{ id, state: 'unknown' }])
    expect((await staff('POST', `/replies/${id}/settle`, { arrived: true })).body).toMatchObject({ state: 'sent' })
    expect(await one(sql`select state from mention`)).toEqual({ state: 'replied' })
    expect((await staff('POST', `/replies/${id}/settle`, { arrived: false })).status).toBe(409)
    await close()
  })

  it('comes back to its author, who still holds the mention, once they did not find it', async () => {
    const { id, staff, close } = await unclear()
    expect((await staff('POST', `/replies/${id}/settle`, { arrived: false })).body).toMatchObject({ state: 'failed' })
    expect(await one(sql`select state from mention`)).toEqual({ state: 'claimed' })
    await close()
  })
})
