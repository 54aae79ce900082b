import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { setPassword } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let admin: Ask
let helper: Ask
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
  const { staff, members } = w.cast
  for (const one of [staff, members[0]!]) await setPassword(test.db, one.userId, PASSWORD)
  await inBrand(test.db, w.cast.brandId, (tx) =>
    addMembership(tx, { userId: staff.userId, role: 'admin', by: 'system', at: w.clock.now() }),
  )
  app = await buildApp(w.world, null)
  admin = await signedIn(app, staff.email, PASSWORD)
  helper = await signedIn(app, members[0]!.email, PASSWORD)
})
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const at = (text: string, network: string | null = null, language: string | null = null) => ({
  network,
  language,
  text,
})
const set = (...items: unknown[]) => admin('PUT', '/disclosures', { items })

describe('what rewarded helpers’ posts say (F3)', () => {
  it('is set by an admin, noted, and read back with where it counts', async () => {
    expect((await admin('GET', '/disclosures')).body.items).toEqual([])
    const { status, body } = await set(at('#acmehelper'), at('#ad', 'bluesky'), at('  #Helferin ', null, 'de'))
    expect(status).toBe(200)
    expect(body.items).toEqual([at('#acmehelper'), at('#ad', 'bluesky'), at('#Helferin', null, 'de')])
    expect(body.networks).toContainEqual({
      ...{ network: 'sandbox', label: 'Sandbox (simulated)', maxLength: 500, lengthUnit: 'graphemes' },
    })
    // Where points for posting are forbidden too: thanks earn them there.
    expect(body.networks.map(({ network }: { network: string }) => network)).toContain('x')
    const [audit] = await test.db.execute(sql`select actor, details from audit where act = 'disclosures.changed'`)
    expect(audit).toEqual({ actor: w.cast.staff.userId, details: { disclosures: body.items } })
  })

  it('stands in the preview as it is posted, byte for byte, and counts towards the length', async () => {
    const post = await w.postAs('frida', '@acme how do I connect the printer to my wifi router?')
    await w.drain()
    const [card] = (await helper('GET', '/feed')).body.items
    const { ends } = card.voices.find(({ voice }: { voice: string }) => voice === 'own')
    expect(ends).toBe('\n#acmehelper')
    await helper('POST', `/offers/${card.offerId}/claim`)
    const reply = (text: string, shown: string, key: string) =>
      helper('POST', `/mentions/${card.mentionId}/replies`, { text, voice: 'own', shown }, key)
    const tooLong = 'k'.repeat(500 - ends.length + 1)
    expect(await reply(tooLong, tooLong + ends, 'the-long-one')).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('Shorten it by 1.') },
    })
    expect(await reply('Press WPS.', 'Press WPS.', 'without-it')).toMatchObject({ status: 409 })
    expect((await reply('Press WPS.', `Press WPS.${ends}`, 'the-right-one')).status).toBe(201)
    await w.drain()
    expect(w.network.answers().get(post)).toMatchObject([{ text: 'Press WPS.\n#acmehelper' }])
  })

  it.each([
    ['two texts for one place', [at('#a'), at('#b')], 'two texts for any network, any language'],
    ['a network where helpers do not post', [at('#a', 'facebook')], 'do not post as themselves on Facebook'],
    ['two lines', [at('#a\n#b')], 'one line'],
    ['a turned direction', [at('#a\u202e#b')], 'one line'],
    ['nothing', [at('  ')], 'must not be empty'],
    ['no language', [at('#a', null, 'German!')], 'language tag'],
  ])('is refused with a sentence when it is %s', async (_, items, sentence) => {
    const { status, body } = await set(...items)
    expect([status < 500 && status >= 400, JSON.stringify(body)]).toEqual([true, expect.stringContaining(sentence)])
    expect((await admin('GET', '/disclosures')).body.items).toHaveLength(3)
  })

  it('is taken away again by setting none', async () => {
    expect((await set()).body.items).toEqual([])
  })
})
