import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { translateRoutes } from '../../src/answers/translate/routes.ts'
import { openTranslator, type Translator } from '../../src/answers/translate/server.ts'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { inBrand } from '../../src/db/client.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aMention, aStaff } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { anOffered } from '../feed/offered.ts'
import { aLibreTranslate, type LibreTranslate } from './libretranslate.ts'

const KEY = 'the-key-of-the-server'
const POST = '@acme ¿cómo limpio la cafetera? Escríbeme a pat.lee@mail.example'
let test: TestDatabase
let libre: LibreTranslate
let translator: Translator
let rooms: Asking
let bare: Asking

beforeAll(async () => {
  test = await freshDatabase()
  libre = await aLibreTranslate({ key: KEY })
  translator = openTranslator({ url: `${libre.url}/`, key: KEY }, 300)
  const served = (own: Translator | null) =>
    aServer((app, guard) => translateRoutes(app, { ...guard, db: test.db, mask: maskPersonalData, translator: own }))
  ;[rooms, bare] = [await served(translator), await served(null)]
})
afterEach(() => libre.misbehave(null))
afterAll(async () => {
  await translator.close()
  await libre.close()
  await rooms.app.close()
  await bare.app.close()
  await test.drop()
})

async function aScene() {
  const brand = await aBrand(test.db)
  const [ana, ben] = [await aMember(test.db, brand.id), await aMember(test.db, brand.id)]
  const sam = await aStaff(test.db, brand.id)
  const { mentionId } = await inBrand(test.db, brand.id, (tx) => anOffered(tx, [ana], { text: POST }))
  return {
    ...{ brandId: brand.id, mentionId, path: `/mentions/${mentionId}/translation` },
    ana: signedIn(ana.userId, brand.id, 'member', ana.id),
    ben: signedIn(ben.userId, brand.id, 'member', ben.id),
    sam: signedIn(sam.id, brand.id, 'staff'),
  }
}

describe('a translation by the operator’s own server', () => {
  it('is of the masked words, into the language asked for, and says what it was written in (F1, U7)', async () => {
    const { ana, sam, path } = await aScene()
    const before = libre.asked.length
    for (const me of [ana, sam]) {
      const { status, body } = await rooms.ask(me, 'POST', path, { to: 'en' })
      expect(status).toBe(200)
      expect(body).toEqual({ text: expect.stringMatching(/^\[es into en\] @acme ¿cómo limpio/), from: 'es', to: 'en' })
    }
    const asked = libre.asked.slice(before)
    expect(asked).toHaveLength(2)
    for (const one of asked) {
      expect(one).toMatchObject({ source: 'auto', target: 'en', format: 'text', api_key: KEY })
      expect(one.q).not.toContain('pat.lee')
    }
  })

  it('is of posts one may see: not of one that another member is offered, nor of another brand (I5)', async () => {
    const { ben, path } = await aScene()
    const elsewhere = await aScene()
    const before = libre.asked.length
    for (const me of [ben, elsewhere.ana, elsewhere.sam])
      expect((await rooms.ask(me, 'POST', path, { to: 'en' })).status).toBe(404)
    // What is gone at its network is translated for nobody.
    const gone = await inBrand(test.db, elsewhere.brandId, (tx) => aMention(tx, { state: 'withdrawn' }))
    expect((await rooms.ask(elsewhere.sam, 'POST', `/mentions/${gone.id}/translation`, { to: 'en' })).status).toBe(404)
    expect(libre.asked).toHaveLength(before)
  })

  it('says whether there is a server, and what to do where there is none', async () => {
    const { ana, path } = await aScene()
    expect((await rooms.ask(ana, 'GET', '/translation')).body).toEqual({ server: true })
    expect((await bare.ask(ana, 'GET', '/translation')).body).toEqual({ server: false })
    const { status, body } = await bare.ask(ana, 'POST', path, { to: 'en' })
    expect([status, body.detail]).toEqual([
      503,
      'This installation has no translation server; an operator can name one.',
    ])
  })

  it.each<[string, number, RegExp, (response: import('node:http').ServerResponse) => void]>([
    ['says nothing in time', 503, /does not answer/, () => {}],
    ['hangs up', 503, /does not answer/, (response) => response.destroy()],
    ['is busy', 503, /too much to do/, (response) => response.writeHead(429).end('{"error":"Slowdown"}')],
    ['refuses the key', 503, /refuses our key/, (response) => response.writeHead(403).end('{"error":"Invalid key"}')],
    ['cannot', 422, /cannot translate this post/, (response) => response.writeHead(400).end('{"error":"no"}')],
    ['breaks', 503, /in trouble/, (response) => response.writeHead(500).end('<h1>Oops</h1>')],
    [
      'sends us on',
      503,
      /in trouble/,
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['says something else', 503, /can be read/, (response) => response.end('{"hello":"world"}')],
    ['never ends', 503, /can be read/, (response) => response.end(`{"translatedText":"${'x'.repeat(300_000)}"}`)],
  ])('that %s is a sentence for the reader, and of nobody’s words', async (_what, wanted, says, how) => {
    const { ana, path } = await aScene()
    libre.misbehave(how)
    const { status, body } = await rooms.ask(ana, 'POST', path, { to: 'en' })
    expect(status).toBe(wanted)
    expect(body.detail).toMatch(says)
    expect(JSON.stringify(body)).not.toMatch(/limpio|Oops|Invalid key/)
  })

  it('knows the languages it knows, and takes no other word for one', async () => {
    const { ana, path } = await aScene()
    expect((await rooms.ask(ana, 'POST', path, { to: 'fi' })).status).toBe(422)
    expect((await rooms.ask(ana, 'POST', path, { to: 'en&source=x' })).status).toBe(422)
  })
})
