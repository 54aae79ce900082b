import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asRows, type Db, inBrand, type OpenDb, openDb } from '../../src/db/client.ts'
import { moveMentions } from '../../src/db/move.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { newId } from '../../src/domain/id.ts'
import { claimOffer, passOffer, releaseClaim } from '../../src/feed/claim.ts'
import { reconcileLoads } from '../../src/feed/queries.ts'
import { openKits } from '../../src/kit.ts'
import { openRoster } from '../../src/match/roster.ts'
import { endOffers } from '../../src/people/offers.ts'
import { runTriage } from '../../src/triage.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { contradictions, driftedLoads } from '../feed/offered.ts'
import { aWorld, type Helper, type TestWorld } from '../world.ts'
import { dose } from './dose.ts'
import { draws, seed, withSeed } from './texts.ts'

/** Offers to be made before the race is over; RACE_OFFERS for more. */
const OFFERS = Number(process.env.RACE_OFFERS ?? dose(1_000))
const PEOPLE = 50
const PAGE = 40

let test: TestDatabase
let world: TestWorld
let workers: OpenDb[]
let hands: OpenDb
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: PEOPLE, capacity: 3 })
  workers = [openDb(test.url, { max: 2 }), openDb(test.url, { max: 2 })]
  hands = openDb(test.url, { max: 8 })
})
afterEach(async () => {
  await Promise.all([...workers, hands].map(({ close }) => close()))
  await world.close()
  await test.drop()
})

/** Mentions that wait for a taker, of two skills that half the people hold each. */
async function fill(count: number): Promise<void> {
  const at = world.clock.now()
  const rows = Array.from({ length: count }, (_, n) => ({ id: newId(), skill: n % 2 === 0 ? 'wifi' : 'ink' }))
  await inBrand(test.db, world.cast.brandId, async (tx) => {
    await tx.execute(sql`
      insert into mention (id, source_id, network, instance, native_id, kind, author_id, author_handle, text, addressed,
        posted_at, received_at, state, state_at, due_at, hand_over_at)
      select id, ${world.cast.sourceIds[0]!}::uuid, 'sandbox', 'sandbox', id::text, 'keyword', 'author', 'author', 'How?', false,
        ${at.toISOString()}, ${at.toISOString()}, 'triaged', ${at.toISOString()},
        ${new Date(at.getTime() + 600 * MINUTE).toISOString()}, ${new Date(at.getTime() + 500 * MINUTE).toISOString()}
      from jsonb_to_recordset(${asRows(rows)}) as t(id uuid, skill text)`)
    await tx.execute(sql`
      insert into decision (id, mention_id, by, facts, destination, reason, action, at)
      select gen_random_uuid(), id, 'policy', '{}', 'community', 'A race.',
        json_build_object('skills', json_build_array(skill)), ${at.toISOString()}
      from jsonb_to_recordset(${asRows(rows)}) as t(id uuid, skill text)`)
  })
}

const waiting = async (db: Db): Promise<string[]> => {
  const rows = await db.execute<{ id: string }>(
    sql`select id from mention where state = 'triaged' order by random() limit ${PAGE}`,
  )
  return rows.map(({ id }) => id)
}

describe('two workers who match and fifty people who take', () => {
  it(`over ${OFFERS} offers leave no mention with two holders, none stranded, and loads equal to live offers (I2, I4, M1, M5)`, async () => {
    const { brandId } = world.cast
    const mentions = Math.ceil(OFFERS / 3)
    await fill(mentions)
    const draw = draws(seed)
    const answered: string[] = []
    const unexpected: unknown[] = []
    let over = false

    const match = async ({ db }: OpenDb) => {
      const triage = runTriage({
        db,
        clock: world.clock,
        kits: openKits(db),
        roster: openRoster(world.clock),
        fault: noFaults,
      })
      while (!over) {
        world.clock.pass(SECOND / 4)
        await triage({ brandId, mentionIds: await waiting(db) })
      }
    }
    /** Looks into the feed and takes something; answers most of it, and returns or declines the rest. */
    const act = async (helper: Helper) => {
      const by = { memberId: helper.id, userId: helper.userId }
      const at = world.clock.now()
      const act = <T>(work: Parameters<typeof inBrand<T>>[2]) => inBrand(hands.db, brandId, work)
      const feed = await act((tx) =>
        tx.execute<{ id: string; mention: string }>(
          sql`select id, mention_id as mention from offer where member_id = ${helper.id} and state = 'open' limit 3`,
        ),
      )
      const chosen = feed[draw(Math.max(1, feed.length))]
      if (!chosen) return
      if (draw(20) === 0) return void (await act((tx) => passOffer(tx, chosen.id, by, 'not-now', at)))
      await act((tx) => claimOffer(tx, chosen.id, helper.id, at, 20 * MINUTE))
      if (draw(20) === 0) return void (await act((tx) => releaseClaim(tx, chosen.id, by, at)))
      await act(async (tx) => {
        const moved = await moveMentions(tx, [chosen.mention], 'replied', at, ['claimed'])
        await endOffers(tx, moved, 'answered', at)
        answered.push(...moved)
      })
    }
    const live = async (helper: Helper) => {
      while (!over)
        await act(helper).catch((error) => {
          // Whoever comes too late is told so; anything else has no place here.
          if (!(error instanceof DomainError)) unexpected.push(error)
        })
    }
    const watch = async () => {
      const ends = Date.now() + 150 * SECOND + OFFERS * 60
      while (!over) {
        const [left] = await test.db.execute<{ n: number }>(
          sql`select count(*)::int as n from mention where state in ('triaged', 'offered', 'claimed')`,
        )
        over = left?.n === 0 || Date.now() > ends
        await inBrand(test.db, brandId, async (tx) => unexpected.push(...(await contradictions(tx))))
      }
    }
    await Promise.all([...workers.map(match), ...world.cast.members.map(live), watch()])

    expect(unexpected, withSeed).toEqual([])
    expect(new Set(answered).size, withSeed).toBe(mentions)
    expect(answered, withSeed).toHaveLength(mentions)
    const { offers, mentions: states } = await world.counts()
    expect(states).toEqual({ replied: mentions })
    expect(Object.values(offers).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(mentions * 2)
    expect(await inBrand(test.db, brandId, driftedLoads)).toEqual([])
    expect(await inBrand(test.db, brandId, reconcileLoads)).toBe(0)
    const [most] = await test.db.execute<{ load: number }>(sql`select max(load) as load from member`)
    expect(most?.load).toBe(0)
  }, 900_000)
})
