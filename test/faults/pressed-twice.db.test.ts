import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { dose } from './dose.ts'
import { assertInvariants, assertNetwork } from './invariants.ts'
import { aText, draws, seed, withSeed } from './texts.ts'

const REPLIES = dose(100)
const password = randomBytes(12).toString('hex')

let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let cookie: string
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1, capacity: 1_000, password, clock: { ...systemClock, pass: () => {} } })
  app = await buildApp(w.world, null)
  const [member] = w.cast.members
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin: w.world.config.baseUrl },
    payload: { email: member!.email, password },
  })
  expect(answer.statusCode, answer.body).toBe(200)
  cookie = answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
})
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const press = (url: string, key?: string, payload?: object) =>
  app.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    headers: { cookie, origin: w.world.config.baseUrl, ...(key && { 'idempotency-key': key }) },
    ...(payload && { payload }),
  })

describe('a member who presses reply more than once', () => {
  it(`is heard once by the network: twice at once, two tabs, a retry after a lost answer, ${REPLIES} times (R9, F6, I3)`, async () => {
    const draw = draws(seed)
    // Questions only: every one of them comes to the member.
    while (w.network.asked().length < REPLIES) {
      const text = aText(draw)
      if (text.includes('?')) await w.postAs(`author${draw(30)}`, text)
    }
    await w.drain()
    const offers = await test.db.execute<{ id: string; mention_id: string }>(
      sql`select id, mention_id from offer where state = 'open' order by id`,
    )
    expect(offers).toHaveLength(REPLIES)

    const answered = new Map<string, string>()
    for (const { id, mention_id: mentionId } of offers) {
      expect((await press(`/offers/${id}/claim`)).statusCode).toBe(200)
      const url = `/mentions/${mentionId}/replies`
      const body = { text: `Hold the button for five seconds (${id.slice(-6)}).`, voice: 'own' }
      const key = randomBytes(12).toString('hex')
      // A double press, and the other tab with the composer it opened itself.
      const [first, second, tab] = await Promise.all([
        press(url, key, body),
        press(url, key, body),
        press(url, randomBytes(12).toString('hex'), body),
      ])
      const taken = [first, second, tab].filter(({ statusCode }) => statusCode === 201)
      const ids = new Set(taken.map((answer) => answer.json<{ id: string }>().id))
      expect([...ids], `${first.body} ${second.body} ${tab.body} ${withSeed}`).toHaveLength(1)
      expect([201, 409]).toContain(tab.statusCode)
      const [replyId] = ids
      answered.set(mentionId, replyId!)
      const usedKey = first.statusCode === 201
      if (!usedKey) continue // the tab won; the other two were told that it has its answer
      expect(second.statusCode).toBe(201)

      // Another text under the key is another reply, and is refused; so is another mention.
      const other = await press(url, key, { ...body, text: 'Something else altogether.' })
      expect(other.statusCode, other.body).toBe(422)
      if (draw(2) === 0) await w.drain() // sometimes it has left by then
      const retried = await press(url, key, body)
      expect({ status: retried.statusCode, id: retried.json<{ id: string }>().id }).toEqual({
        status: 201,
        id: replyId,
      })
    }
    await w.drain()

    expect(w.network.answers().size, withSeed).toBe(REPLIES)
    expect(w.network.requests.size, withSeed).toBe(REPLIES)
    const rows = await test.db.execute<{ id: string; mention_id: string; state: string }>(
      sql`select id, mention_id, state from reply`,
    )
    expect(new Map(rows.map((row) => [row.mention_id, row.id]))).toEqual(answered)
    expect(rows.filter(({ state }) => state !== 'sent')).toEqual([])
    await assertInvariants(test.db, undefined, withSeed)
    await assertNetwork(test.db, w.network, withSeed)
  }, 180_000)

  it('hears that a key is missing before anything is stored', async () => {
    const answer = await press('/mentions/0197b0a0-0000-7000-8000-000000000000/replies', undefined, {
      text: 'Hello',
      voice: 'own',
    })
    expect(answer.statusCode).toBe(422)
  })
})
