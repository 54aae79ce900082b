import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { freshDatabase, type TestDatabase, untilSomebodyWaits } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let kim: Ask
/** Two of the four know wifi. */
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 4, password: PASSWORD })
  app = await buildApp(world.world, null)
  kim = await signedIn(app, world.cast.members[0]!.email, PASSWORD)
})
afterEach(async () => {
  await assertInvariants(test.db, world.clock.now())
  await app.close()
  await world.close()
  await test.drop()
})

const rows = (query: ReturnType<typeof sql>) => test.db.execute<Record<string, unknown>>(query)
const asks = async (author: string, about: string) => {
  await world.postAs(author, `@acme how do I connect the ${about} to my wifi router?`)
  world.clock.pass(20 * SECOND)
  await world.drain()
}
const open = async () =>
  (await kim('GET', '/feed')).body.items as { offerId: string; text: string; mentionId: string }[]
const about = async () => (await open()).map(({ text }) => /the (\w+) to/.exec(text)?.[1]).sort()
const how = (offerId: string, to: 'muted' | 'blocked') => kim('POST', `/offers/${offerId}/author`, { how: to })

describe('an author whom a member mutes (F7)', () => {
  it('is offered to others from now on, the why counts it, and what was there stays', async () => {
    await asks('frida', 'printer')
    const [card] = await open()
    expect((await how(card!.offerId, 'muted')).body).toMatchObject({ offerId: card!.offerId, state: 'open' })
    await asks('frida', 'laptop')
    await asks('gustav', 'scanner')
    expect(await about()).toEqual(['printer', 'scanner'])
    const [row] = await rows(sql`
      select m.id, (select count(*)::int from offer where mention_id = m.id) as offers,
        g.rounds -> 0 -> 'leftOut' as left_out
      from mention m join matching g on g.mention_id = m.id where m.text like '%laptop%'`)
    expect(row).toMatchObject({ offers: 1, left_out: { skill: 2, blocked: 1 } })
    const staff = await signedIn(app, world.cast.staff.email, PASSWORD)
    const { body } = await staff('GET', `/mentions/${row!.id}/why`)
    expect(body.decisions[0].rounds[0].leftOut).toContainEqual({ filter: 'blocked', count: 1 })
  })

  it('is offered again once forgiven', async () => {
    await asks('frida', 'printer')
    await how((await open())[0]!.offerId, 'muted')
    const { items } = (await kim('GET', '/desk/authors')).body
    expect(items).toMatchObject([{ network: 'sandbox', handle: 'frida', how: 'muted' }])
    expect((await kim('DELETE', `/desk/authors/${items[0].id}`)).body).toEqual({ items: [] })
    expect((await kim('DELETE', `/desk/authors/${items[0].id}`)).status).toBe(404)
    await asks('frida', 'laptop')
    expect(await about()).toEqual(['laptop', 'printer'])
  })
})

describe('an author whom a member blocks (F7)', () => {
  it('is gone from the feed at once, but for what the member holds; a post left to nobody waits for somebody else', async () => {
    await asks('frida', 'printer')
    const [held] = await open()
    await kim('POST', `/offers/${held!.offerId}/claim`)
    await test.db.execute(sql`update member set paused = true where id <> ${world.cast.members[0]!.id}`)
    world.world.roster.forget(world.cast.brandId)
    await asks('frida', 'laptop')
    await asks('gustav', 'scanner')
    expect(await about()).toEqual(['laptop', 'scanner'])
    expect((await how(held!.offerId, 'blocked')).body).toMatchObject({ state: 'claimed' })
    expect(await about()).toEqual(['scanner'])
    expect(
      await rows(sql`select m.state, o.pass_reason from mention m join offer o on o.mention_id = m.id
        where m.text like '%laptop%'`),
    ).toEqual([{ state: 'triaged', pass_reason: 'blocked-author' }])
    expect(await rows(sql`select load from member where id = ${world.cast.members[0]!.id}`)).toEqual([{ load: 2 }])
    await world.drain()
    expect(await about()).toEqual(['scanner'])
    // The last word counts, and one author is on the list once.
    await how(held!.offerId, 'muted')
    expect((await kim('GET', '/desk/authors')).body.items).toMatchObject([{ handle: 'frida', how: 'muted' }])
  })

  it('is blocked without holding one of their posts while another before it is waited for', async () => {
    await asks('frida', 'printer')
    await asks('frida', 'laptop')
    const [first, last] = (await open()).sort((a, b) => (a.mentionId < b.mentionId ? -1 : 1))
    let blocked: Promise<{ status: number }> = Promise.resolve({ status: 0 })
    await test.db.transaction(async (other) => {
      await other.execute(sql`select 1 from mention where id = ${first!.mentionId} for update`)
      blocked = how(last!.offerId, 'blocked')
      await untilSomebodyWaits(test.db)
      expect(
        await other.execute(sql`select 1 from mention where id = ${last!.mentionId} for update nowait`),
      ).toHaveLength(1)
    })
    expect((await blocked).status).toBe(200)
    expect(await open()).toEqual([])
  })

  it('may not be handed to the member by staff either (E3)', async () => {
    await asks('frida', 'printer')
    const [card] = await open()
    await how(card!.offerId, 'blocked')
    const staff = await signedIn(app, world.cast.staff.email, PASSWORD)
    await world.postAs(
      'frida',
      '@acme I AM FURIOUS!!! You charged me twice and nobody answers. My lawyer will call you.',
    )
    world.clock.pass(20 * SECOND)
    await world.drain()
    const [row] = await rows(sql`select id from escalation`)
    const body = { memberId: world.cast.members[0]!.id, guidance: '' }
    await staff('POST', `/escalations/${row!.id}/take`)
    expect((await staff('POST', `/escalations/${row!.id}/hand-back`, body)).status).toBe(409)
    body.memberId = world.cast.members[2]!.id
    expect((await staff('POST', `/escalations/${row!.id}/hand-back`, body)).status).toBe(200)
  })

  it('is told by an offer of one’s own only', async () => {
    await asks('frida', 'printer')
    const [other] = await rows(sql`select id from offer where member_id <> ${world.cast.members[0]!.id}`)
    expect((await how(other!.id as string, 'blocked')).status).toBe(404)
    expect((await how(newId(), 'muted')).status).toBe(404)
    expect(await rows(sql`select 1 from avoided_author`)).toEqual([])
  })
})

describe('an offer that a member puts off (F7)', () => {
  it('leaves the open view until then, is there to be taken up again, and never outlives its end', async () => {
    await asks('frida', 'printer')
    const [card] = await open()
    const snooze = (minutes: number) => kim('POST', `/offers/${card!.offerId}/snooze`, { minutes })
    expect((await snooze(10)).body).toMatchObject({ state: 'open', snoozedUntil: expect.any(String) })
    expect(await open()).toEqual([])
    const later = async () => (await kim('GET', '/feed?view=later')).body.items
    expect(await later()).toMatchObject([{ offerId: card!.offerId }])
    world.clock.pass(10 * MINUTE + SECOND)
    expect(await about()).toEqual(['printer'])
    expect(await later()).toEqual([])
    await snooze(5)
    await snooze(0)
    expect(await about()).toEqual(['printer'])
    expect(await snooze(24 * 60)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('ends before') },
    })
    await kim('POST', `/offers/${card!.offerId}/pass`, { reason: 'hidden' })
    expect((await snooze(5)).status).toBe(409)
    expect(await rows(sql`select count(*)::int as n from event where kind = 'mention.snoozed'`)).toEqual([{ n: 3 }])
  })
})
