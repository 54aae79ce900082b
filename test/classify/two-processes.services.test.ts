import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeBack, tell } from '../../src/classify/told.ts'
import { inBrand } from '../../src/db/client.ts'
import type { Classification } from '../../src/domain/classification.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aNetwork, type TestNetwork } from '../faults/network.ts'
import { openWorkers, type Workers } from '../faults/processes.ts'
import { aCast, type Cast } from '../world.ts'

let test: TestDatabase
let network: TestNetwork
let cast: Cast
let other: Cast
let workers: Workers
beforeAll(async () => {
  test = await freshDatabase()
  network = await aNetwork(systemClock)
  cast = await aCast(test.db, systemClock, network, { members: 1, pollEverySeconds: 1 })
  other = await aCast(test.db, systemClock, network, { members: 1, pollEverySeconds: 1 })
  workers = await openWorkers(test.url, null)
  await Promise.all([workers.start(), workers.start()].map((worker) => worker.working))
}, 120_000)
afterAll(async () => {
  await workers.close()
  await network.close()
  await test.drop()
})

const WITHIN_MS = 60_000
const POSTS_A_ROUND = 6

/** Each round's posts differ by a number, which reads as any number does. */
let rounds = 0
async function post(): Promise<string[]> {
  rounds++
  const texts = Array.from({ length: POSTS_A_ROUND }, (_, n) => `@acme stuck at gate ${10 * rounds + n} again`)
  for (const text of texts) await network.postAs('frida', text)
  return texts
}

type Judged = { id: string; result: Classification }

/** What the workers made of these posts for one brand, once they have judged all. */
async function judged(brandId: string, texts: readonly string[]): Promise<Judged[]> {
  for (const until = Date.now() + WITHIN_MS; ; ) {
    const rows = await test.db.execute<Judged>(sql`
      select m.id, c.result from mention m join classification c on c.mention_id = m.id
      where m.brand_id = ${brandId} and m.text = any(${`{${texts.map((text) => `"${text}"`).join(',')}}`}::text[])`)
    if (rows.length === texts.length) return [...rows]
    if (Date.now() > until) throw new Error(`only ${rows.length} of ${texts.length} posts were judged`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const said = (rows: readonly Judged[]) => new Set(rows.map(({ result }) => JSON.stringify(result.sentiment)))

describe('a correction made in one process', () => {
  it('counts in the others from the next mention on, and its undoing does (U4)', async () => {
    const by = { userId: cast.staff.userId }
    const first = await judged(cast.brandId, await post())
    const before = said(first)
    expect(before.size).toBe(1)

    const ids: string[] = []
    for (const { id } of first) {
      for (const anger of [0.1, 0.2, 0.3]) {
        ids.push(
          await inBrand(test.db, cast.brandId, (tx) =>
            tell(tx, id, { sentiment: 'positive', anger }, by, systemClock.now()),
          ),
        )
      }
    }
    const texts = await post()
    const after = said(await judged(cast.brandId, texts))
    expect(after.size).toBe(1)
    expect(after).not.toEqual(before)
    expect(said(await judged(other.brandId, texts))).toEqual(before)

    for (const id of ids) await inBrand(test.db, cast.brandId, (tx) => takeBack(tx, id, by, systemClock.now()))
    expect(said(await judged(cast.brandId, await post()))).toEqual(before)
  }, 180_000)
})
