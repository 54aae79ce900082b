import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { MINUTE, SECOND } from '../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { assertInvariants } from './faults/invariants.ts'
import { signedIn } from './signed-in.ts'
import { aWorld, type TestWorld } from './world.ts'

/** One post travels the whole way: network, feed, claim, reply, network, thanks, ledger, report; over real HTTP and rows. */

let test: TestDatabase
let it_: TestWorld
let app: FastifyInstance

beforeAll(async () => {
  test = await freshDatabase()
  it_ = await aWorld(test, { members: 2, rank: 'helper', password: 'a long password' })
  app = await buildApp(it_.world, null)
})
afterAll(async () => {
  await app.close()
  await it_.close()
  await test.drop()
})

/** What stands on the network, asked of the network itself. */
async function answersTo(id: string): Promise<{ id: string; text: string; author: { handle: string } }[]> {
  const { url, token } = it_.network
  const answer = await fetch(`${url}/api/posts?ids=${id}&answers=20`, { headers: { authorization: `Bearer ${token}` } })
  const { items } = (await answer.json()) as {
    items: { answers: { id: string; text: string; author: { handle: string } }[] }[]
  }
  return items[0]?.answers ?? []
}

async function removeAs(handle: string, id: string): Promise<void> {
  const token = await it_.network.account(handle)
  const { status } = await fetch(`${it_.network.url}/api/posts/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  })
  expect(status).toBe(204)
}

describe('a post about the brand', () => {
  it('reaches a member, is answered on the network, earns thanks and points, and counts in the report', async () => {
    const { network, drain, clock, cast } = it_
    const post = await it_.network.postAs(
      'frida',
      '@acme how do I connect the printer to my wifi router? It asks for a code.',
    )
    await drain()

    // The member who knows wifi finds it in the feed, with why, and claims it.
    const helper = await signedIn(app, cast.members[0]!.email, 'a long password')
    const feed = await helper('GET', '/feed')
    expect(feed.body.items).toHaveLength(1)
    const [card] = feed.body.items
    expect(card).toMatchObject({
      state: 'open',
      network: 'sandbox',
      intent: 'question',
      language: 'en',
      needsApproval: false,
    })
    expect(card.why).toContain('knows wifi')
    expect((await helper('POST', `/offers/${card.offerId}/claim`)).body.state).toBe('claimed')

    // The other one, to whom it was offered or not, cannot answer it now.
    const other = await signedIn(app, cast.members[1]!.email, 'a long password')
    const refused = await other(
      'POST',
      `/mentions/${card.mentionId}/replies`,
      { text: 'Me!', voice: 'own' },
      'key-of-another',
    )
    expect(refused).toMatchObject({ status: 409, body: { detail: `${cast.members[0]!.name} is answering this one.` } })

    // The reply is stored, leaves through the outbox, and stands under the post on the network.
    clock.pass(2 * MINUTE)
    const answer = { text: 'The code is on the sticker below the tray. Press WPS first, then type it.', voice: 'own' }
    const stored = await helper('POST', `/mentions/${card.mentionId}/replies`, answer, 'key-of-the-first')
    expect(stored).toMatchObject({ status: 201, body: { state: 'queued' } })
    await drain()
    const [standing] = await answersTo(post)
    expect(standing).toMatchObject({ text: answer.text, author: { handle: 'helper0' } })
    const [mine] = (await helper('GET', '/replies')).body.items
    expect(mine).toMatchObject({ state: 'sent', points: 10 })

    // The author thanks; the next look at the reply finds it.
    await network.postAs('frida', 'That worked, thank you so much! Great help.', standing!.id)
    clock.pass(30 * SECOND)
    await drain()
    expect((await helper('GET', '/replies')).body.items[0]).toMatchObject({ outcome: 'thanked', points: 25 })
    expect((await helper('GET', '/desk')).body).toMatchObject({ points: 25, load: 0 })
    const [first] = (await helper('GET', '/board')).body.rows
    expect(first).toMatchObject({ name: cast.members[0]!.name, points: 25, thanked: 1, me: true })

    // The brand reads that one of one was answered, by the community; a median of one would say too much.
    const staff = await signedIn(app, cast.staff.email, 'a long password')
    const { body: report } = await staff('GET', '/report')
    expect(report.response).toMatchObject({ answered: 1, total: 1 })
    expect(report.by).toEqual({ community: 1, staff: 0, none: 0 })
    expect(report.firstResponse).toEqual({ count: 1, medianMinutes: null, p90Minutes: null })
    await assertInvariants(test.db, it_.clock.now())
  })

  it('from somebody furious goes to staff, who answer as the brand', async () => {
    const { drain, cast, clock } = it_
    clock.pass(30 * SECOND)
    const post = await it_.network.postAs(
      'gustav',
      '@acme THIS IS A DISGRACE!!! You charged me twice, nobody answers, I am furious. I want my refund NOW.',
    )
    await drain()
    const staff = await signedIn(app, cast.staff.email, 'a long password')
    const { items } = (await staff('GET', '/escalations')).body
    expect(items).toHaveLength(1)
    const [{ id, mentionId }] = items
    const early = await staff(
      'POST',
      `/mentions/${mentionId}/replies`,
      { text: 'We are sorry.', voice: 'brand' },
      'staff-key-1',
    )
    expect(early).toMatchObject({ status: 409, body: { detail: 'Take the case first.' } })
    await staff('POST', `/escalations/${id}/take`)
    await staff('POST', `/escalations/${id}/notes`, { text: 'Refund approved by finance.' }, 'staff-note-1')
    const sent = await staff(
      'POST',
      `/mentions/${mentionId}/replies`,
      { text: 'We are sorry. The refund is on its way.', voice: 'brand' },
      'staff-key-2',
    )
    expect(sent.status).toBe(201)
    await drain()
    expect(await answersTo(post)).toMatchObject([{ author: { handle: 'acme' } }])
    const { body } = await staff('GET', `/escalations/${id}`)
    expect(body).toMatchObject({ state: 'answered', reply: { state: 'sent' } })
    expect(body.why.evidence.length).toBeGreaterThan(0)
    clock.pass(MINUTE)
    expect((await staff('GET', '/report')).body.by).toEqual({ community: 1, staff: 1, none: 0 })
    await assertInvariants(test.db, it_.clock.now())
  })

  it('that its author deletes disappears from the feed, and what was not sent stays unsent (L7)', async () => {
    const { drain, cast, clock } = it_
    clock.pass(30 * SECOND)
    const post = await it_.network.postAs('hana', '@acme which ink cartridge fits the small one?')
    await drain()
    const helper = await signedIn(app, cast.members[1]!.email, 'a long password')
    const [card] = (await helper('GET', '/feed')).body.items
    await helper('POST', `/offers/${card.offerId}/claim`)
    await removeAs('hana', post)
    clock.pass(30 * SECOND)
    await drain()
    const late = await helper(
      'POST',
      `/mentions/${card.mentionId}/replies`,
      { text: 'The 301.', voice: 'own' },
      'key-too-late',
    )
    expect(late).toMatchObject({ status: 410, body: { detail: 'The author deleted this post.' } })
    expect((await helper('GET', '/feed?view=all')).body.items[0]).toMatchObject({
      state: 'withdrawn',
      text: '[deleted by its author]',
    })
    expect((await helper('GET', '/desk')).body.load).toBe(0)
    await assertInvariants(test.db, it_.clock.now())
  })
})
