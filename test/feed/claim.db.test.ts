import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand, type OpenDb, openDb } from '../../src/db/client.ts'
import { moveMentions } from '../../src/db/move.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { claimOffer, passOffer, releaseClaim } from '../../src/feed/claim.ts'
import { endOffers } from '../../src/people/offers.ts'
import { aBrand, after, aMember, aReply, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { anOffered, contradictions, driftedLoads } from './offered.ts'

const LEASE = 20 * MINUTE
let test: TestDatabase
let many: OpenDb
let brandId: string

beforeAll(async () => {
  test = await freshDatabase()
  many = openDb(test.url, { max: 20 })
  brandId = (await aBrand(test.db)).id
})
afterAll(async () => {
  await many.close()
  await test.drop()
})

const here = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const claim = (offerId: string, memberId: string, at = NINE) =>
  inBrand(many.db, brandId, (tx) => claimOffer(tx, offerId, memberId, at, LEASE))
const refused = async (act: Promise<unknown>): Promise<DomainError> => {
  const error = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof DomainError) return error
  throw error ?? new Error('it was not refused')
}
const people = async (count: number, names: string[] = []) => {
  const made: Awaited<ReturnType<typeof aMember>>[] = []
  for (let n = 0; n < count; n++) made.push(await aMember(test.db, brandId, { name: names[n] ?? `Member ${n}` }))
  return made
}
const helper = ({ id, userId }: { id: string; userId: string }) => ({ memberId: id, userId })
const mentionRow = async (id: string) =>
  (await here((tx) => tx.execute(sql`select state, holder_id, lease_until from mention where id = ${id}`)))[0]
const offersOf = async (mentionId: string) =>
  here((tx) =>
    tx.execute<{ member_id: string; state: string; pass_reason: string | null }>(
      sql`select member_id, state, pass_reason from offer where mention_id = ${mentionId} order by member_id`,
    ),
  )
const eventsOf = async (mentionId: string) =>
  here((tx) =>
    tx.execute<{ kind: string; member_ids: string[] | null; actor: string; data: Record<string, unknown> }>(
      sql`select kind, member_ids, actor, data from event where mention_id = ${mentionId} order by id`,
    ),
  )
const healthy = async () => {
  expect(await here(driftedLoads)).toEqual([])
  expect(await here(contradictions)).toEqual([])
}

describe('a claim', () => {
  it('goes to exactly one of twenty people who press at once, and the others’ places come free (I2, R8)', async () => {
    const members = await people(20)
    for (let round = 0; round < 3; round++) {
      const { mentionId, offers } = await here((tx) => anOffered(tx, members))
      const presses = await Promise.allSettled(members.map(({ id }, n) => claim(offers[n]!, id)))
      const won = presses.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []))
      expect(won).toHaveLength(1)
      const winner = members[won[0]!]!
      expect(await mentionRow(mentionId)).toMatchObject({ state: 'claimed', holder_id: winner.id })
      for (const press of presses)
        if (press.status === 'rejected')
          expect(press.reason).toMatchObject({
            code: 'conflict',
            details: { holder: { memberId: winner.id, name: winner.name, until: after(LEASE).toISOString() } },
          })
      const states = (await offersOf(mentionId)).map(({ state }) => state).sort()
      expect(states).toEqual(['claimed', ...Array(19).fill('taken')])
      expect(await eventsOf(mentionId)).toMatchObject([
        { kind: 'mention.claimed', member_ids: null, actor: winner.userId, data: { memberId: winner.id } },
      ])
    }
    await healthy()
  })

  it('pressed again by its holder is no error and does not prolong the lease', async () => {
    const [ana] = await people(1)
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!]))
    await claim(offers[0]!, ana!.id)
    await claim(offers[0]!, ana!.id, after(MINUTE))
    expect(new Date(String((await mentionRow(mentionId))?.lease_until))).toEqual(after(LEASE))
    expect(await eventsOf(mentionId)).toHaveLength(1)
  })

  it('of a post its author deleted says so', async () => {
    const [ana] = await people(1)
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!]))
    await here(async (tx) => {
      await moveMentions(tx, [mentionId], 'withdrawn', NINE)
      await endOffers(tx, [mentionId], 'withdrawn', NINE)
    })
    expect(await refused(claim(offers[0]!, ana!.id))).toMatchObject({ code: 'gone' })
  })

  it('of an offer of somebody else finds nothing', async () => {
    const [ana, ben] = await people(2)
    const { offers } = await here((tx) => anOffered(tx, [ana!, ben!]))
    expect(await refused(claim(offers[0]!, ben!.id))).toMatchObject({ code: 'not-found' })
  })

  it('and a pass of the same member in another window never both count', async () => {
    const [ana, ben] = await people(2)
    for (let round = 0; round < 6; round++) {
      const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!, ben!]))
      await Promise.allSettled([
        claim(offers[0]!, ana!.id),
        inBrand(many.db, brandId, (tx) => passOffer(tx, offers[0]!, helper(ana!), 'not-now', NINE)),
      ])
      const mine = (await offersOf(mentionId)).find(({ member_id }) => member_id === ana!.id)
      // Passing on the claim just made is fine; holding what one has passed on is not.
      expect(['claimed', 'passed']).toContain(mine?.state)
      expect((await mentionRow(mentionId))?.holder_id).toBe(mine?.state === 'claimed' ? ana!.id : null)
    }
    await healthy()
  })
})

describe('giving a claim back', () => {
  it('ends the offer without a word against the member, and the mention waits for matching again', async () => {
    const [ana] = await people(1)
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!]))
    await claim(offers[0]!, ana!.id)
    expect(await here((tx) => releaseClaim(tx, offers[0]!, helper(ana!), NINE))).toBe(mentionId)
    expect(await mentionRow(mentionId)).toMatchObject({ state: 'triaged', holder_id: null, lease_until: null })
    expect(await offersOf(mentionId)).toMatchObject([{ state: 'expired', pass_reason: null }])
    expect((await eventsOf(mentionId)).at(-1)).toMatchObject({
      kind: 'mention.returned',
      member_ids: null,
      data: { cause: 'released', memberId: ana!.id },
    })
    await healthy()
  })

  it('is refused while a reply to it is on its way', async () => {
    const [ana] = await people(1)
    for (const state of ['awaiting-approval', 'queued', 'sending', 'unknown'] as const) {
      const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!]))
      await claim(offers[0]!, ana!.id)
      await here((tx) => aReply(tx, { mentionId, memberId: ana!.id, userId: ana!.userId, state }))
      const release = here((tx) => releaseClaim(tx, offers[0]!, helper(ana!), NINE))
      expect(await refused(release)).toMatchObject({ code: 'conflict', message: expect.stringMatching(/on its way/) })
    }
  })

  it('by somebody who does not hold it is refused', async () => {
    const [ana, ben] = await people(2)
    const { offers } = await here((tx) => anOffered(tx, [ana!, ben!]))
    await claim(offers[0]!, ana!.id)
    const release = here((tx) => releaseClaim(tx, offers[1]!, helper(ben!), NINE))
    expect(await refused(release)).toMatchObject({ code: 'conflict' })
  })
})

describe('a pass', () => {
  it('keeps its reason and leaves the mention with the others who were offered it', async () => {
    const [ana, ben] = await people(2)
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!, ben!]))
    expect(await here((tx) => passOffer(tx, offers[0]!, helper(ana!), 'not-my-skill', NINE))).toBeNull()
    expect(await mentionRow(mentionId)).toMatchObject({ state: 'offered' })
    expect(await offersOf(mentionId)).toContainEqual({
      member_id: ana!.id,
      state: 'passed',
      pass_reason: 'not-my-skill',
    })
    expect(await eventsOf(mentionId)).toMatchObject([
      { kind: 'mention.passed', member_ids: [ana!.id], data: { reason: 'not-my-skill', returned: false } },
    ])
    await healthy()
  })

  it('of the last one sends the mention back to matching', async () => {
    const [ana, ben] = await people(2)
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!, ben!]))
    await here((tx) => passOffer(tx, offers[0]!, helper(ana!), 'not-now', NINE))
    expect(await here((tx) => passOffer(tx, offers[1]!, helper(ben!), 'not-now', NINE))).toBe(mentionId)
    expect(await mentionRow(mentionId)).toMatchObject({ state: 'triaged' })
  })

  it('of a claim frees the mention, unless a reply to it is on its way', async () => {
    const [ana] = await people(1)
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!]))
    await claim(offers[0]!, ana!.id)
    const pass = () => here((tx) => passOffer(tx, offers[0]!, helper(ana!), 'wrong-topic', NINE))
    const { id } = await here((tx) =>
      aReply(tx, { mentionId, memberId: ana!.id, userId: ana!.userId, state: 'awaiting-approval' }),
    )
    expect(await refused(pass())).toMatchObject({ code: 'conflict' })
    await here((tx) => tx.execute(sql`update reply set state = 'rejected' where id = ${id}`))
    expect(await pass()).toBe(mentionId)
    expect(await mentionRow(mentionId)).toMatchObject({ state: 'triaged', holder_id: null })
    expect((await eventsOf(mentionId)).at(-1)).toMatchObject({ member_ids: null, data: { held: true, returned: true } })
    await healthy()
  })

  it('said twice keeps the first reason', async () => {
    const [ana] = await people(1)
    const { mentionId, offers } = await here((tx) => anOffered(tx, [ana!]))
    await here((tx) => passOffer(tx, offers[0]!, helper(ana!), 'not-my-skill', NINE))
    expect(await here((tx) => passOffer(tx, offers[0]!, helper(ana!), 'not-now', NINE))).toBeNull()
    expect(await offersOf(mentionId)).toMatchObject([{ state: 'passed', pass_reason: 'not-my-skill' }])
    expect(await eventsOf(mentionId)).toHaveLength(1)
  })
})
