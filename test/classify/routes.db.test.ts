import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { aMention } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let sam: Ask

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 1, password: PASSWORD })
  app = await buildApp(world.world, null)
  const { brandId } = world.cast
  const userId = await createUser(test.db, { name: 'Sam', email: 'sam@example.test', password: PASSWORD })
  await inBrand(test.db, brandId, (tx) =>
    addMembership(tx, { userId, role: 'staff', by: 'system', at: world.clock.now() }),
  )
  sam = await signedIn(app, 'sam@example.test', PASSWORD)
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

const aPost = async (text: string) =>
  (await inBrand(test.db, world.cast.brandId, (tx) => aMention(tx, { text, state: 'escalated' }))).id

describe('corrections over HTTP', () => {
  it('are made, listed newest first with what was guessed, and undone', async () => {
    const id = await aPost('Call me on +49 170 1234567, the kettle is on fire')
    const { status, body } = await sam('POST', `/mentions/${id}/corrections`, { sentiment: 'negative', anger: 0.5 })
    expect([status, body.labels, body.guessed]).toEqual([
      201,
      { sentiment: 'negative', anger: 0.5 },
      { sentiment: 'neutral', anger: 0.05 },
    ])
    expect(body).toMatchObject({ mentionId: id, by: { name: 'Sam', me: true }, undone: null })
    expect(body.text).not.toContain('1234567')
    world.clock.pass(1_000)
    await sam('POST', `/mentions/${id}/corrections`, { intent: 'problem' })

    const first = await sam('GET', `/corrections?mentionId=${id}&limit=1`)
    expect(first.body.items.map((item: { labels: object }) => item.labels)).toEqual([{ intent: 'problem' }])
    const rest = await sam('GET', `/corrections?mentionId=${id}&limit=1&cursor=${first.body.nextCursor}`)
    expect(rest.body).toMatchObject({ items: [{ id: body.id }], nextCursor: null })

    const undone = await sam('DELETE', `/corrections/${body.id}`)
    expect(undone.body).toMatchObject({ id: body.id, undone: { by: 'Sam' } })
    expect((await sam('DELETE', `/corrections/${body.id}`)).body).toEqual(undone.body)
    const why = await sam('GET', `/mentions/${id}/why`)
    expect(why.body.evidence).toEqual([{ head: 'intent', words: '[a person said so]', push: 1 }])
  })

  it('say something, and nothing that a post cannot be', async () => {
    const id = await aPost('Hello')
    for (const labels of [{}, { anger: 2 }, { sentiment: 'meh' }, { language: 'german!' }, { skills: 'kettle' }])
      expect([labels, (await sam('POST', `/mentions/${id}/corrections`, labels)).status]).toEqual([labels, 422])
  })

  it('show what learning is worth once twenty were held out', async () => {
    expect((await sam('GET', '/corrections/effect')).body.heads.every((head: { n: number }) => head.n < 20)).toBe(true)
    for (let n = 0; n < 200; n++) {
      await sam('POST', `/mentions/${await aPost(`The gate ${n} is shut`)}/corrections`, { sentiment: 'negative' })
    }
    const { learned, heldOut, heads } = (await sam('GET', '/corrections/effect')).body
    expect(learned).toBeGreaterThan(100)
    const [sentiment] = heads
    expect(sentiment.n).toBeLessThanOrEqual(heldOut)
    expect(sentiment.n).toBeGreaterThanOrEqual(20)
    expect(sentiment.after.accuracy).toBe(1)
    expect(sentiment.before.accuracy).toBeLessThanOrEqual(1)
  })
})
