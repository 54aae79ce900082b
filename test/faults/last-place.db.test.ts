import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asRows, inBrand, type OpenDb, openDb } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { newId } from '../../src/domain/id.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { deliver } from '../../src/match/queries.ts'
import { aBrand, after, aMember, aSource, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { dose } from './dose.ts'
import { draws, seed, withSeed } from './texts.ts'

/** Races of each kind with two workers, and as many with eight. */
const RACES = dose(500)
const why = { score: 1, words: 'a race', terms: {} }

let test: TestDatabase
let workers: OpenDb[]
beforeAll(async () => {
  test = await freshDatabase()
  workers = Array.from({ length: 8 }, () => openDb(test.url, { max: 1 }))
})
afterAll(async () => {
  await Promise.all(workers.map(({ close }) => close()))
  await test.drop()
})

/** Mentions waiting for a taker, by one statement. */
async function waiting(brandId: string, count: number, state: 'triaged' | 'offered'): Promise<string[]> {
  return inBrand(test.db, brandId, async (tx) => {
    const { id: source } = await aSource(tx)
    const rows = Array.from({ length: count }, () => ({ id: newId(), source_id: source }))
    await tx.execute(sql`
      insert into mention (id, source_id, network, instance, native_id, kind, author_id, author_handle, text, addressed,
        posted_at, received_at, state, state_at, due_at)
      select id, source_id, 'sandbox', 'sandbox', id::text, 'keyword', 'author', 'author', 'How?', false,
        ${NINE.toISOString()}, ${NINE.toISOString()}, ${state}, ${NINE.toISOString()}, ${after(120 * MINUTE).toISOString()}
      from jsonb_to_recordset(${asRows(rows)}) as t(id uuid, source_id uuid)`)
    return rows.map(({ id }) => id)
  })
}

const members = async (brandId: string, count: number, capacity: number) => {
  const made: { id: string; userId: string }[] = []
  for (let n = 0; n < count; n++) made.push(await aMember(test.db, brandId, { capacity }))
  return made
}

/** Loads that are not the live offers, or are more than the capacity; empty in health. */
const wrongLoads = (brandId: string) =>
  test.db.execute(sql`
    select m.id, m.load, m.capacity, count(o.id)::int as live
    from member m left join offer o on o.member_id = m.id and o.state in ('open', 'claimed')
    where m.brand_id = ${brandId} group by m.id having m.load <> count(o.id) or m.load > m.capacity`)

describe.each([{ racers: 2 }, { racers: 8 }])('of $racers workers', ({ racers }) => {
  const racing = () => workers.slice(0, racers)

  it('one gives a member their last place, and nobody gets more than they can hold (R8, M1)', async () => {
    const { id: brandId } = await aBrand(test.db)
    const free = await members(brandId, 25, 1)
    for (let race = 0; race < RACES; race += free.length) {
      // Each worker has a mention of its own for the one free place of each member, all in the same instant.
      const pages = await Promise.all(racing().map(() => waiting(brandId, free.length, 'triaged')))
      const draw = draws(seed + race)
      const made = await Promise.all(
        racing().map(({ db }, n) => {
          const order = free.map((member, nth) => ({ member, nth, by: draw(1_000_000) })).sort((a, b) => a.by - b.by)
          const candidates = order.map(({ member, nth }) => ({
            ...{
              id: newId(),
              fresh: n % 2 === 0,
              mentionId: pages[n]![nth]!,
              memberId: member.id,
              nth: 0,
              why,
              guidance: null,
            },
            expiresAt: after(30 * MINUTE),
          }))
          return inBrand(db, brandId, (tx) => deliver(tx, candidates, NINE))
        }),
      )
      const winners = made.flat().map(({ memberId }) => memberId)
      expect({ won: winners.length, different: new Set(winners).size }, withSeed).toEqual({ won: 25, different: 25 })
      expect(await wrongLoads(brandId), withSeed).toEqual([])
      // The places are given back for the next race.
      await test.db.execute(sql`
        with ended as (update offer set state = 'expired' where brand_id = ${brandId} and state = 'open' returning member_id)
        update member set load = load - 1 where id in (select member_id from ended)`)
    }
  }, 300_000)

  it('one claims a mention, and the others are told who holds it (R8, I2, M5)', async () => {
    const { id: brandId } = await aBrand(test.db)
    const takers = await members(brandId, racers, RACES)
    const mentions = await waiting(brandId, RACES, 'offered')
    const offers = mentions.map((mentionId) => takers.map(({ id }) => ({ id: newId(), mentionId, memberId: id })))
    await inBrand(test.db, brandId, async (tx) => {
      const rows = offers.flat().map(({ id, mentionId, memberId }) => ({ id, m: mentionId, p: memberId }))
      await tx.execute(sql`
        insert into offer (id, mention_id, member_id, state, why, offered_at, expires_at)
        select id, m, p, 'open', ${JSON.stringify(why)}::text::jsonb, ${NINE.toISOString()}, ${after(30 * MINUTE).toISOString()}
        from jsonb_to_recordset(${asRows(rows)}) as t(id uuid, m uuid, p uuid)`)
      await tx.execute(sql`update member set load = ${RACES}`)
    })
    await test.db.execute(sql`analyze`) // as the sweep has it done
    let told = 0
    for (const race of offers) {
      const outcomes = await Promise.all(
        race.map(({ id, memberId }, n) =>
          inBrand(workers[n]!.db, brandId, (tx) => claimOffer(tx, id, memberId, NINE, 20 * MINUTE)).then(
            () => memberId,
            (error: unknown) => {
              if (!(error instanceof DomainError)) throw error
              return error
            },
          ),
        ),
      )
      const winners = outcomes.filter((one) => typeof one === 'string')
      expect(winners).toHaveLength(1)
      for (const lost of outcomes) {
        if (typeof lost === 'string') continue
        expect(lost).toMatchObject({ code: 'conflict', details: { holder: { memberId: winners[0] } } })
        told++
      }
    }
    expect(told).toBe(RACES * (racers - 1))
    expect(await wrongLoads(brandId)).toEqual([])
    const [held] = await test.db.execute(sql`
      select count(*)::int as claimed, (select count(*)::int from offer where brand_id = ${brandId} and state = 'claimed') as offers
      from mention where brand_id = ${brandId} and state = 'claimed'`)
    expect(held).toEqual({ claimed: RACES, offers: RACES })
  }, 300_000)
})
