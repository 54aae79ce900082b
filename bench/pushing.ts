import { fork } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { RawMention } from '../connectors/connector.ts'
import { WEBHOOK } from '../connectors/webhook/webhook.ts'
import { openDb } from '../src/db/client.ts'
import { SECOND, systemClock } from '../src/domain/clock.ts'
import { noFaults } from '../src/domain/fault.ts'
import { systemRandom } from '../src/domain/random.ts'
import { hookRoutes } from '../src/ingest/hooks.ts'
import { openKits } from '../src/kit.ts'
import { bareInsert } from './bare-insert.ts'
import type { Place } from './places.ts'
import { manyPosts } from './posts.ts'
import type { Push } from './push-sender.ts'
import { aStage } from './stage.ts'
import { assertStored, type Rounds, type Taken, timed } from './taken.ts'

const SECRET = Buffer.from('a secret that opens nothing outside')

/** The signed webhook: another process sends a delivery a post, one after another; beside it a server that parses and inserts. */
export async function pushed(place: Place, count: number, rounds: number): Promise<Rounds> {
  const lone = openDb(place.url, { max: 1 })
  const sender = openSender()
  const taken = { bare: [] as Taken[], ours: [] as Taken[] }
  try {
    for (let round = -1; round < rounds; round++) {
      const posts = manyPosts(count, 100 + round)
      const [bare, ours] = [await bareServer(place, lone.db, posts), await hookServer(place)]
      try {
        const arms = ['bare', 'ours'] as const
        for (const arm of round % 2 === 0 ? arms : arms.toReversed()) {
          const { url } = { bare, ours }[arm]
          const pushes = posts.map(asPush)
          const took = await timed(place, () => sender.send(url, pushes))
          if (round >= 0) taken[arm].push(took) // the round before the first compiles what is hot
        }
        await assertStored(place.db, ours.sourceId, count)
      } finally {
        await bare.close()
        await ours.close()
      }
    }
    return { posts: count, requests: count, ...taken }
  } finally {
    sender.close()
    await lone.close()
  }
}

/** `/hooks/…` of the product over a source of its own. */
async function hookServer({ db }: Place) {
  const kits = openKits(db)
  const { brandId, sourceId } = await aStage(db, 1, { network: 'webhook' })
  await kits.of(brandId)
  const settings = { secret: `whsec_${SECRET.toString('base64')}` }
  const connector = WEBHOOK.open!(settings, { fetch, random: systemRandom, clock: systemClock }) // a webhook is opened from its settings
  const app = fastify()
  hookRoutes(app, {
    ...{ db, clock: systemClock, connectorOf: () => connector, wake: async () => {}, fault: noFaults },
    brandOf: async (id) => (await kits.of(id)).brand,
  })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return { sourceId, url: `${origin}/hooks/${sourceId}`, close: () => app.close() }
}

async function bareServer({ db }: Place, lone: Parameters<typeof bareInsert>[0], posts: readonly RawMention[]) {
  const stage = await aStage(db, 1)
  const inserts = posts.map((post) => bareInsert(lone, stage, [post]))
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set, so it comes in bytes
    JSON.parse(String(Buffer.concat(chunks)))
    await inserts.shift()?.()
    response.end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** A delivery as Standard Webhooks signs it. */
function asPush({ ref, author, text, language, createdAt }: RawMention): Push {
  const data = { id: ref.id, text, author: { handle: author.handle, followers: author.followers }, language, createdAt }
  const body = JSON.stringify({ type: 'post.created', data })
  const [id, timestamp] = [`d-${ref.id}`, `${Math.floor(Date.now() / SECOND)}`]
  const signature = createHmac('sha256', SECRET).update(`${id}.${timestamp}.${body}`).digest('base64')
  const signed = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
  return { headers: { ...signed, 'content-type': 'application/json' }, body }
}

function openSender() {
  const sender = fork(new URL('./push-sender.ts', import.meta.url))
  return {
    send: async (url: string, pushes: Push[]) => {
      sender.send({ url, pushes })
      const refused = await new Promise((resolve, reject) => {
        sender.once('message', resolve)
        sender.once('exit', () => reject(new Error('The sender ended before it had sent all.')))
      })
      if (refused !== 0) throw new Error(`${String(refused)} of ${pushes.length} deliveries were not taken.`)
    },
    close: () => sender.disconnect(),
  }
}
