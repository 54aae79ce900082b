import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand, type OpenDb, openDb } from '../../src/db/client.ts'
import { moveMentions } from '../../src/db/move.ts'
import { offer } from '../../src/db/schema/offer.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { newId } from '../../src/domain/id.ts'
import { claimOffer, passOffer, releaseClaim } from '../../src/feed/claim.ts'
import { reconcileLoads, returnExpired } from '../../src/feed/queries.ts'
import { deliver, lockWaiting, settlePage } from '../../src/match/queries.ts'
import { endOffers } from '../../src/people/offers.ts'
import { aBrand, after, aMember, aMention, aSource, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { contradictions, driftedLoads } from './offered.ts'

const MENTIONS = 200
const WORKERS = 4
const ACTS = 120
const why = { score: 1, words: 'a race', terms: {} }

let test: TestDatabase
let connections: OpenDb[]
beforeAll(async () => {
  test = await freshDatabase()
  connections = Array.from({ length: WORKERS }, () => openDb(test.url, { max: 1 }))
})
afterAll(async () => {
  await Promise.all(connections.map(({ close }) => close()))
  await test.drop()
})

/** The same draws every time; what the processes make of them depends on who comes first. */
function draws(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('claims, passes, returns, sweeps, withdrawals and new offers in a race', () => {
  it('end with one holder at most a mention and loads equal to live offers, with no deadlock (I2, M5)', async () => {
    const brandId = (await aBrand(test.db)).id
    const members: Awaited<ReturnType<typeof aMember>>[] = []
    for (let n = 0; n < 12; n++) members.push(await aMember(test.db, brandId, { capacity: 500 }))
    const offered: { mentionId: string; offers: string[]; takers: typeof members }[] = []
    await inBrand(test.db, brandId, async (tx) => {
      const draw = draws(7)
      const { id: sourceId } = await aSource(tx)
      for (let n = 0; n < MENTIONS; n++) {
        const some = members.filter(() => draw(3) === 0)
        const takers = some.length > 0 ? some : [members[n % 12]!]
        const { id } = await aMention(tx, { sourceId, state: 'offered', understood: null })
        offered.push({ mentionId: id, offers: takers.map(() => newId()), takers })
      }
      await tx.insert(offer).values(
        offered.flatMap(({ mentionId, offers, takers }) =>
          takers.map((taker, n) => ({
            ...{ id: offers[n]!, mentionId, memberId: taker.id, state: 'open' as const, why },
            ...{ offeredAt: NINE, expiresAt: after(30 * MINUTE) },
          })),
        ),
      )
      await reconcileLoads(tx)
    })
    // With statistics the planner reads so small a table front to back, and locks in that order unless told otherwise.
    await test.db.execute(sql`analyze`)

    const tally: Record<string, number> = {}
    const work = async ({ db }: OpenDb, worker: number) => {
      const draw = draws(worker + 1)
      for (let n = 0; n < ACTS; n++) {
        // Few mentions at a time, so that the workers really meet.
        const { mentionId, offers, takers } = offered[(Math.floor(n / 8) * 8 + draw(8)) % MENTIONS]!
        const pick = draw(takers.length)
        const by = { memberId: takers[pick]!.id, userId: takers[pick]!.userId }
        const offerId = offers[pick]!
        const at = after(Math.floor(n / 20) * MINUTE)
        const acts: Record<string, (tx: BrandTx) => Promise<unknown>> = {
          claim: (tx) => claimOffer(tx, offerId, by.memberId, at, 5 * MINUTE),
          release: (tx) => releaseClaim(tx, offerId, by, at),
          pass: (tx) => passOffer(tx, offerId, by, 'not-now', at),
          sweep: (tx) => returnExpired(tx, after(MINUTE, at), 5),
          withdraw: async (tx) => {
            const [gone] = await moveMentions(tx, [mentionId], 'withdrawn', at)
            if (gone) await endOffers(tx, [mentionId], 'withdrawn', at)
          },
          offer: async (tx) => {
            const waiting = await tx.execute<{ id: string }>(
              sql`select id from mention where state = 'triaged' limit 5`,
            )
            const page = await lockWaiting(
              tx,
              waiting.map(({ id }) => id),
            )
            const candidates = page.flatMap(({ id }) =>
              members.slice(draw(9)).map((member, nth) => ({
                ...{ id: newId(), fresh: false, mentionId: id, memberId: member.id, nth, why, guidance: null },
                expiresAt: after(10 * MINUTE, at),
              })),
            )
            const made = new Set((await deliver(tx, candidates, at)).map((one) => one.mentionId))
            await settlePage(
              tx,
              [...made].map((id) => ({ id, state: 'offered', wave: 1 })),
              at,
            )
          },
        }
        const names = [
          'claim',
          'claim',
          'claim',
          'release',
          'pass',
          'sweep',
          'offer',
          ...(draw(5) === 0 ? ['withdraw'] : []),
        ]
        const name = names[draw(names.length)]!
        const outcome = await inBrand(db, brandId, acts[name]!).then(
          () => 'done',
          (error: unknown) => {
            if (error instanceof DomainError) return error.code
            throw error
          },
        )
        tally[`${name} ${outcome}`] = (tally[`${name} ${outcome}`] ?? 0) + 1
      }
    }
    await Promise.all(connections.map(work))

    const seen = await inBrand(test.db, brandId, async (tx) => ({
      drifted: await driftedLoads(tx),
      contradictions: await contradictions(tx),
      corrected: await reconcileLoads(tx),
    }))
    expect(seen).toEqual({ drifted: [], contradictions: [], corrected: 0 })
    // A race that nobody lost, or in which nothing happened, would prove nothing.
    for (const outcome of ['claim done', 'claim conflict', 'claim gone', 'release done', 'pass done', 'offer done'])
      expect(tally[outcome] ?? 0, outcome).toBeGreaterThan(0)
  }, 180_000)
})
