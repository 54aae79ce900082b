import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { setDisclosures } from '../../src/reply/disclosure/queries.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let member: Ask
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1, rank: 'helper', password: PASSWORD })
  await w.network.account('quiet', 'summoned')
  app = await buildApp(w.world, null)
  member = await signedIn(app, w.cast.members[0]!.email, PASSWORD)
}, 60_000)
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const texts = [
  'phone with the acme scanner',
  'tablet with the acme plotter',
  'watch with the acme camera',
  'car with the acme radio',
]

/** A claimed card of a post that its author lets no app answer. */
async function aClosedCard() {
  w.clock.pass(MINUTE)
  await w.postAs('quiet', `How do I pair my ${texts.pop()}?`)
  await w.drain()
  const { body } = await member('GET', '/feed')
  await member('POST', `/offers/${body.items[0].offerId}/claim`)
  return body.items[0]
}

/** What a person does on the network's own page. */
async function postOnPage(link: string, as: string, text: string): Promise<number> {
  const page = await (await fetch(link)).text()
  const named = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ proof: named('proof'), replyTo: named('replyTo'), as, text })
  return (await fetch(new URL('/compose', link), { method: 'POST', body, redirect: 'manual' })).status
}

const replies = () =>
  test.db.execute<Record<string, unknown>>(sql`
    select r.state, r.note, m.state as mention, r.url is not null as linked,
      (select coalesce(sum(points), 0)::int from ledger where reply_id = r.id) as points
    from reply r join mention m on m.id = r.mention_id order by r.requested_at, r.id`)

describe('a post that the network lets no app answer (F8)', () => {
  it('says so on its card and hands over the network’s own page; what is posted there is found and counts', async () => {
    const card = await aClosedCard()
    expect(card.closed).toMatchObject({
      why: 'Sandbox lets an app answer only where the author asked for it, and this author did not.',
      handle: 'helper0',
      refusal: null,
    })
    const path = `/mentions/${card.mentionId}`
    const answer = { text: '@quiet Hold the button of your acme scanner.', voice: 'own' }
    expect(await member('POST', `${path}/replies`, answer, 'key-one-of-the-app')).toMatchObject({ status: 403 })

    const said = await member('POST', `${path}/posted`, { text: answer.text }, 'key-two-by-hand-1')
    expect(said).toMatchObject({ status: 201, body: { state: 'by-hand', text: answer.text } })
    const again = await member('POST', `${path}/posted`, { text: answer.text }, 'key-two-by-hand-1')
    expect(again.body.id).toBe(said.body.id)
    expect(await member('POST', `${path}/posted`, { text: 'Another' }, 'key-three-by-hand')).toMatchObject({
      status: 409,
    })
    await w.drain()
    expect(await replies()).toMatchObject([{ state: 'by-hand', mention: 'claimed', points: 0 }])

    // In other words than they told us, as people do.
    expect(await postOnPage(card.closed.link, 'helper0', 'Hold the big button of the acme scanner!')).toBe(303)
    w.clock.pass(MINUTE)
    await w.drain()
    expect(await replies()).toMatchObject([{ state: 'sent', mention: 'replied', linked: true, points: 10 }])
    const [mentions] = await test.db.execute<{ n: number }>(sql`select count(*)::int as n from mention`)
    expect(mentions?.n).toBe(1) // our own post was heard, and known for ours (L5)
    await assertInvariants(test.db, w.clock.now())
  })

  it('comes back to its author when nothing was found for a day, and then goes to staff', async () => {
    const { mentionId } = await aClosedCard()
    await member('POST', `/mentions/${mentionId}/posted`, { text: 'Never posted.' }, 'key-four-by-hand')
    for (let n = 0; n < 8; n++) {
      w.clock.pass(3 * HOUR)
      await w.drain()
    }
    w.clock.pass(DAY / 24)
    await w.drain()
    const [, second] = await replies()
    expect(second).toMatchObject({ state: 'failed', note: expect.stringContaining('not found under the post') })
    w.clock.pass(HOUR)
    await w.drain()
    expect((await replies())[1]).toMatchObject({ mention: 'escalated', points: 0 })
    await assertInvariants(test.db, w.clock.now())
  })

  it.each([
    [
      'says so in its own way',
      'Hold the dial.\n\n #AcmeHelper',
      { text: 'Hold the dial.\n#acmehelper', undisclosed: null, points: 25 },
    ],
    ['does not say so', 'Hold the dial.', { text: 'Hold the dial.', undisclosed: '#acmehelper', points: 0 }],
  ])(
    'earns its author points, thanks too, only where it says that helpers are rewarded: one that %s',
    async (_, posted, made) => {
      const { brandId } = w.cast
      await inBrand(test.db, brandId, (tx) =>
        setDisclosures(tx, [{ network: null, language: null, text: '#acmehelper' }]),
      )
      const card = await aClosedCard()
      expect(card.closed.ends).toBe('\n#acmehelper')
      const key = `key-of-${made.points}-points`
      const said = await member('POST', `/mentions/${card.mentionId}/posted`, { text: 'Hold the dial.' }, key)
      expect(said).toMatchObject({ status: 201, body: { text: 'Hold the dial.\n#acmehelper', undisclosed: null } })
      const again = await member('POST', `/mentions/${card.mentionId}/posted`, { text: 'Hold the dial.' }, key)
      expect(again.body.id).toBe(said.body.id)
      expect(await postOnPage(card.closed.link, 'helper0', posted)).toBe(303)
      w.clock.pass(MINUTE)
      await w.drain()
      const answer = [...w.network.answers().values()].flat().findLast(({ text }) => text.startsWith('Hold the dial'))
      await w.postAs('quiet', 'Thank you so much, that helped!', answer!.id)
      w.clock.pass(MINUTE)
      await w.drain()
      const [mine] = (await member('GET', '/replies')).body.items
      expect(mine).toMatchObject({ state: 'sent', outcome: 'thanked', ...made })
      await assertInvariants(test.db, w.clock.now())
    },
  )

  it('is posted by nobody but the page itself', async () => {
    const [post] = w.network.asked()
    const body = new URLSearchParams({ proof: 'guessed', replyTo: post!.id, as: 'helper0', text: 'Forged' })
    expect((await fetch(`${w.network.url}/compose`, { method: 'POST', body })).status).toBe(403)
  })
})
