import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { openVault } from '../../src/people/secrets.ts'
import { aSource } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { freePort } from '../services/servers.ts'
import { aCast, type Cast, SECRET } from '../world.ts'
import { assertInvariants } from './invariants.ts'
import { aNetwork, type TestNetwork } from './network.ts'
import { openWorkers, type Workers } from './processes.ts'
import { aText, draws, seed, withSeed } from './texts.ts'

/** Where the process that takes deliveries dies; null: wherever it is when it is killed, with deliveries on their way. */
const DEATHS = ['push.before-commit:3', 'push.stored:3', null]
/** Five processes start at once, on a machine with much else to do. */
const WITHIN_MS = 480_000
const DELIVERIES = 12
const POSTS = 4
const KEY = `whsec_${Buffer.from('shared with that system'.padEnd(32, '.')).toString('base64')}`
const signed = new Webhook(KEY)
const draw = draws(seed)

let test: TestDatabase
let network: TestNetwork
let cast: Cast
let workers: Workers
let sourceId: string
beforeAll(async () => {
  test = await freshDatabase()
  network = await aNetwork(systemClock)
  cast = await aCast(test.db, systemClock, network, { members: 4 })
  sourceId = newId()
  const settings = openVault(SECRET).seal(JSON.stringify({ secret: KEY, instance: 'helpdesk' }), sourceId)
  await inBrand(test.db, cast.brandId, (tx) =>
    aSource(tx, { id: sourceId, network: 'webhook', instance: 'helpdesk', settings, nextPollAt: systemClock.now() }),
  )
  workers = await openWorkers(test.url, null)
})
afterAll(async () => {
  await workers.close()
  await network.close()
  await test.drop()
})

type Delivery = { id: string; posts: string[]; removed: string[]; body: string }

/** New posts, and word that others are gone. */
function aDelivery(removed: string[]): Delivery {
  const posts = Array.from({ length: POSTS }, newId)
  const told = posts.map((id) => ({ type: 'post.created', data: { id, text: aText(draw), author: { handle: 'ana' } } }))
  const gone = removed.map((id) => ({ type: 'post.deleted', data: { id } }))
  return { id: newId(), posts, removed, body: JSON.stringify([...told, ...gone]) }
}

/** @returns whether it was taken; not when the connection broke before the answer */
async function deliver(port: number, { id, body }: Delivery): Promise<boolean> {
  const at = new Date()
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signed.sign(id, at, body),
  }
  const url = `http://127.0.0.1:${port}/hooks/${sourceId}`
  const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null)
  if (answer && answer.status !== 200)
    throw new Error(`a delivery was answered ${answer.status}: ${await answer.text()}`)
  return answer !== null
}

type Stored = { stored: string[]; judged: number; received: number; withdrawn: string[] }

async function stored(): Promise<Stored> {
  const [row] = await test.db.execute<Stored>(sql`
    select coalesce(array_agg(native_id order by native_id), '{}') as stored,
      count(*) filter (where state <> 'new')::int as judged,
      coalesce(array_agg(native_id order by native_id) filter (where state = 'withdrawn'), '{}') as withdrawn,
      (select count(*)::int from event where kind = 'mention.received') as received
    from mention where source_id = ${sourceId}`)
  return row! // an aggregate has one row
}

const postsOf = (deliveries: readonly Delivery[]) => deliveries.flatMap(({ posts }) => posts).sort()
const removedBy = (deliveries: readonly Delivery[]) => deliveries.flatMap(({ removed }) => removed).sort()

describe('a process killed while it takes deliveries', () => {
  it(
    'keeps what it answered for, and what is sent again counts once (L3, I1, I4)',
    async () => {
      const worker = workers.start()
      const servers = await Promise.all([...DEATHS, null].map(serving))
      await Promise.all([worker, ...servers].map(({ working }) => working))
      const survivor = servers.pop()! // of one more than die
      const sent: Delivery[] = []
      let [answered, unanswered]: [Delivery[], Delivery[]] = [[], []]
      for (const { port, fault, kill, ended } of servers) {
        const fresh = Array.from({ length: DELIVERIES }, (_, n) => aDelivery(answered[n]?.posts.slice(0, 1) ?? []))
        const round = [...unanswered, ...fresh]
        sent.push(...fresh)
        const taken = await Promise.all(
          round.map(async (one) => {
            const isTaken = await deliver(port, one)
            if (fault === null && isTaken) kill('SIGKILL')
            return isTaken
          }),
        )
        const { signal, said } = await ended
        expect(signal, said).toBe('SIGKILL')
        answered = round.filter((_, n) => taken[n])
        unanswered = round.filter((_, n) => !taken[n])
        expect(unanswered.length, withSeed).toBeGreaterThan(0)

        // Nobody was woken for what the dead had stored last, and it is judged all the same.
        const { stored: ids, withdrawn } = await stored()
        expect(ids, withSeed).toEqual(expect.arrayContaining(postsOf(answered)))
        expect(withdrawn, withSeed).toEqual(expect.arrayContaining(removedBy(answered)))
        await judgedAll()
      }

      for (const one of [...unanswered, ...sent.slice(0, 3)]) expect(await deliver(survivor.port, one)).toBe(true)
      await judgedAll()
      const posts = postsOf(sent)
      const every = { stored: posts, judged: posts.length, received: posts.length, withdrawn: removedBy(sent) }
      expect(await stored(), withSeed).toEqual(every)
      expect(await counted()).toEqual({ deliveries: sent.length, mentions: posts.length, refusals: 0 })
      await workers.close()
      await assertInvariants(test.db, new Date(), withSeed)
    },
    WITHIN_MS,
  )
})

async function serving(fault: string | null) {
  const port = await freePort()
  return { port, fault, ...workers.serve(port, fault) }
}

const judgedAll = () =>
  expect
    .poll(async () => (await stored()).stored.length - (await stored()).judged, { timeout: 120_000, interval: 100 })
    .toBe(0)

/** What the source says of itself: its deliveries, the posts of its day, and what it refused. */
async function counted() {
  const [row] = await test.db.execute<{ deliveries: number; mentions: number; refusals: number }>(sql`
    select (select count(*)::int from delivery where source_id = ${sourceId}) as deliveries,
      (select coalesce(sum(mentions), 0)::int from source_day where source_id = ${sourceId}) as mentions,
      (select coalesce(sum(count), 0)::int from refusal where source_id = ${sourceId}) as refusals`)
  return row! // a select without from has one row
}
