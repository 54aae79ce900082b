import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { assertInvariants, assertNetwork } from './invariants.ts'
import { answerSome } from './members.ts'
import { openWorkers, type Workers } from './processes.ts'
import { aText, draws, seed, withSeed } from './texts.ts'

/** Posts that are asked after at once: no more than the requests a source may take. */
const PAGE = 40
/** One after the other, on what the dead have left: where a worker dies, and how many pages it has settled until then. */
const DEATHS = [
  { at: 'recheck.fetched:2', pages: 1 },
  { at: 'recheck.before-commit', pages: 0 },
  { at: 'recheck.stored', pages: 1 },
  { at: 'recheck.stored:2', pages: 2 },
]
/** The last of them for those who come after the dead. */
const PAGES = DEATHS.reduce((sum, { pages }) => sum + pages, 0) + 1
/** Every so many-th post is taken back by its author: few enough to be believed at once. */
const GONE = 10
const ANSWERED = 12

let test: TestDatabase
let w: TestWorld
let workers: Workers
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { clock: { ...systemClock, pass: () => {} }, members: 6, capacity: 5_000 })
  workers = await openWorkers(test.url, null)
})
afterAll(async () => {
  await workers.close()
  await w.close()
  await test.drop()
})

type Seen = { due: number; leaving: number; withdrawn: string[]; told: string[]; legible: string[] }

/** How many posts are still to be asked after, how many replies on their way; which posts are withdrawn, were told of, and can be read. */
async function seen(): Promise<Seen> {
  const [row] = await test.db.execute<Seen>(sql`
    select count(*) filter (where recheck_at is not null)::int as due,
      (select count(*)::int from reply where state in ('queued', 'sending')) as leaving,
      coalesce(array_agg(native_id order by native_id) filter (where state = 'withdrawn'), '{}') as withdrawn,
      coalesce(array_agg(native_id order by native_id) filter (where text <> '[deleted by its author]'), '{}') as legible,
      (select coalesce(array_agg(m.native_id order by m.native_id), '{}') from event e join mention m on m.id = e.mention_id
        where e.kind = 'mention.withdrawn') as told
    from mention`)
  return row! // an aggregate has one row
}

describe('a worker killed while it asks whether posts still stand', () => {
  it('withdraws what is gone once and nothing else, wherever it dies (L7, I1-I4)', async () => {
    const draw = draws(seed)
    const posts: string[] = []
    for (let n = 0; n < PAGES * PAGE; n++) posts.push(await w.postAs(`author${n % 20}`, aText(draw)))
    await w.drain()
    await answerSome(test.db, w.cast, ANSWERED, systemClock)
    // Nobody tells of deletions: the source is not asked for what is new any more.
    await test.db.execute(sql`update source set next_poll_at = now() + interval '1 day'`)
    for (const [n, id] of posts.entries()) if (n % GONE === 0) await w.network.remove(`author${n % 20}`, id)
    await test.db.execute(sql`update mention set recheck_at = now()`)

    let due = posts.length
    for (const { at, pages } of DEATHS) {
      const { signal, said } = await workers.start(at).ended
      expect(signal, said).toBe('SIGKILL')
      const { withdrawn, told, ...left } = await seen()
      // A busy machine may have two pages under way at once, and the one that lived longer was not settled yet.
      expect([due, due - pages * PAGE], `after ${at}, ${withSeed}`).toContain(left.due)
      due = left.due
      expect(told, withSeed).toEqual(withdrawn)
    }

    workers.start()
    const atRest = { due: 0, leaving: 0 }
    await expect.poll(seen, { timeout: 120_000, interval: 100 }).toMatchObject(atRest)
    const gone = posts.filter((_, n) => n % GONE === 0).sort()
    const stands = posts.filter((_, n) => n % GONE !== 0).sort()
    expect(await seen(), withSeed).toEqual({ ...atRest, withdrawn: gone, told: gone, legible: stands })
    await workers.close()
    await assertInvariants(test.db, new Date(), withSeed)
    await assertNetwork(test.db, w.network, withSeed)
  }, 480_000)
})
