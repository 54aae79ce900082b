import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { appendEvents } from '../../src/db/events.ts'
import { newId } from '../../src/domain/id.ts'
import { aBrand, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aLiveServer, type LiveServer, mentions, someone, tell } from './live-server.ts'

let test: TestDatabase
let server: LiveServer
beforeAll(async () => {
  test = await freshDatabase()
  server = await aLiveServer(test)
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

describe('a reader that does not read', () => {
  it('is cut off once the system’s buffers and 64 kB of ours are full, and nobody else waits for it', async () => {
    const brandId = (await aBrand(test.db)).id
    const me = someone({ brandId })
    const reading = await server.open(me)
    const { port } = server.app.server.address() as { port: number }
    const stalled = connect(port, '127.0.0.1')
    const cut = new Promise((done) => stalled.on('close', done).on('error', done))
    stalled.pause()
    stalled.write(`GET /api/v1/stream HTTP/1.1\r\nhost: localhost\r\nx-test-me: ${me.sessionId}\r\n\r\n`)
    while (server.hub.counts().streams < 2) await new Promise(setImmediate)

    const batch = Array.from({ length: 10_000 }, () => ({
      ...{ kind: 'mention.received' as const, mentionId: newId(), actor: 'system', at: NINE },
    }))
    let batches = 0
    // How much the system itself takes in is its own affair, a few megabytes; 13 MB is more than it does.
    for (; batches < 10 && server.hub.counts().cut === 0; batches++) {
      await inBrand(test.db, brandId, (tx) => appendEvents(tx, batch))
      await reading.until(() => reading.events().length >= (batches + 1) * 10_000)
    }
    expect(server.hub.counts().cut).toBe(1)
    stalled.resume()
    await cut
    const mentionId = await tell(test.db, brandId, 'mention.closed')
    await reading.until(() => mentions(reading).at(-1) === mentionId)
    expect(reading.events()).toHaveLength(batches * 10_000 + 1)
    expect(server.hub.counts().streams).toBe(1)
    reading.close()
  }, 180_000)
})
