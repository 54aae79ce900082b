import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { handBack } from '../../src/escalate/hand-back.ts'
import { giveTo } from '../../src/escalate/hand-back-queries.ts'
import { helpers } from '../../src/escalate/inbox-queries.ts'
import { sendToStaff } from '../../src/escalate/send-to-staff.ts'
import {
  aBrand,
  after,
  aMember,
  aMention,
  anAccount,
  anEscalation,
  anOffer,
  aReply,
  aStaff,
  NINE,
} from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
let by: { userId: string; isAdmin: boolean }
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  by = { userId: (await aStaff(test.db, brandId)).id, isAdmin: false }
})

const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw new Error('expected a refusal', { cause: error })
}
const one = async (tx: BrandTx, statement: ReturnType<typeof sql>) => (await tx.execute(statement))[0]
const stateOf = (tx: BrandTx, mentionId: string) =>
  one(tx, sql`select state, holder_id, lease_until, due_at, wave from mention where id = ${mentionId}`)
const loadOf = async (tx: BrandTx, memberId: string) =>
  (await one(tx, sql`select load from member where id = ${memberId}`))?.load
const lastDecision = (tx: BrandTx, mentionId: string) =>
  one(tx, sql`select destination, by, action from decision where mention_id = ${mentionId} order by id desc limit 1`)
const LATER = after(10 * HOUR)

describe('a case handed back', () => {
  it('is nobody’s who wrote the post, by their handle or, on one service for all, by their account (M1)', async () => {
    const ana = await aMember(test.db, brandId)
    await brand(async (tx) => {
      const here = { memberId: ana.id, network: 'linkedin', instance: 'linkedin' }
      await anAccount(tx, { ...here, handle: 'ana-lind', remoteId: 'urn:li:person:7' })
      const handedTo = async (authorId: string, authorHandle: string) => {
        const { id: mentionId } = await aMention(tx, {
          network: 'linkedin',
          authorId,
          authorHandle,
          state: 'escalated',
        })
        const gift = { mentionId, memberId: ana.id, guidance: null, at: LATER, leaseUntil: after(HOUR, LATER) }
        return (await giveTo(tx, gift)) !== null
      }
      expect(await handedTo('urn:li:person:8', 'Somebody on LinkedIn')).toBe(true)
      expect(await handedTo('urn:li:person:7', 'Somebody on LinkedIn')).toBe(false)
      expect(await handedTo('urn:li:person:8', 'Ana-Lind')).toBe(false)
    })
  })

  it('to one member is theirs at once: lease, guidance and a place in their load (E3)', async () => {
    const ana = await aMember(test.db, brandId)
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx, { assigneeId: by.userId })
      await handBack(tx, id, { memberId: ana.id, guidance: 'Ask for the serial number.' }, by, LATER, insertDecisions)
      const held = await stateOf(tx, mentionId)
      expect(held).toMatchObject({ state: 'claimed', holder_id: ana.id })
      expect(new Date(held?.lease_until as string)).toEqual(after(20 * MINUTE, LATER))
      expect(new Date(held?.due_at as string)).toEqual(after(2 * HOUR, LATER))
      expect(await one(tx, sql`select state, guidance from offer where mention_id = ${mentionId}`)).toEqual({
        state: 'claimed',
        guidance: 'Ask for the serial number.',
      })
      expect(await loadOf(tx, ana.id)).toBe(1)
      const events = await tx.execute(
        sql`select kind, member_ids::text as members from event where mention_id = ${mentionId} order by id`,
      )
      const members = `{${ana.id}}`
      expect([...events]).toEqual([
        { kind: 'case.handed-back', members },
        { kind: 'mention.claimed', members },
      ])
      expect(await one(tx, sql`select act, actor from audit`)).toEqual({ act: 'case.handed-back', actor: by.userId })
    })
  })

  it('to nobody in particular waits for a member, its skills and the guidance kept for the offers to come', async () => {
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx)
      const decision = {
        destination: 'escalation' as const,
        rule: 'angry',
        reason: 'anger',
        skills: ['wifi'],
        team: 'care',
      }
      await insertDecisions(tx, [{ mentionId, policyVersion: 1, by: 'policy', facts: {}, decision }], NINE)
      await handBack(tx, id, { memberId: null, guidance: 'A new part is on its way.' }, by, LATER, insertDecisions)
      expect(await stateOf(tx, mentionId)).toMatchObject({ state: 'triaged', holder_id: null, wave: 0 })
      expect(await lastDecision(tx, mentionId)).toEqual({
        destination: 'community',
        by: by.userId,
        action: { skills: ['wifi'], team: null, guidance: 'A new part is on its way.' },
      })
    })
  })

  it('goes to a member who passed on it before, when staff ask them by name', async () => {
    const ana = await aMember(test.db, brandId)
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx)
      await anOffer(tx, { mentionId, memberId: ana.id, state: 'passed', passReason: 'not-now', closedAt: NINE })
      await handBack(tx, id, { memberId: ana.id, guidance: '' }, by, LATER, insertDecisions)
      expect(
        await one(tx, sql`select state, pass_reason, guidance from offer where mention_id = ${mentionId}`),
      ).toEqual({
        state: 'claimed',
        pass_reason: null,
        guidance: null,
      })
    })
  })

  it.each([
    ['has no room', { capacity: 1, load: 1 }, 'trusted'],
    ['is paused', { paused: true }, 'trusted'],
    ['is suspended', {}, 'suspended'],
    ['wrote it', { name: 'Pat' }, 'trusted'],
  ] as const)('is refused when the member %s, and nothing has changed', async (_, row, standing) => {
    const ana = await aMember(test.db, brandId, { ...row, standing })
    const made = await brand(async (tx) => {
      if ('name' in row) await anAccount(tx, { memberId: ana.id, handle: 'Pat' })
      return anEscalation(tx)
    })
    const handing = brand((tx) => handBack(tx, made.id, { memberId: ana.id, guidance: '' }, by, LATER, insertDecisions))
    expect(await refusal(handing)).toMatchObject({ code: 'conflict' })
    await brand(async (tx) => {
      expect(await stateOf(tx, made.mentionId)).toMatchObject({ state: 'escalated' })
      expect(await one(tx, sql`select state from escalation`)).toEqual({ state: 'open' })
      expect(await tx.execute(sql`select 1 from event`)).toHaveLength(0)
    })
  })

  it('of two to one member with one place left goes through once', async () => {
    const ana = await aMember(test.db, brandId, { capacity: 1 })
    const cases = await brand(async (tx) => [await anEscalation(tx), await anEscalation(tx)])
    const results = await Promise.allSettled(
      cases.map(({ id }) =>
        brand((tx) => handBack(tx, id, { memberId: ana.id, guidance: '' }, by, LATER, insertDecisions)),
      ),
    )
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await brand((tx) => loadOf(tx, ana.id))).toBe(1)
  })

  it('is refused when it was answered before (I3)', async () => {
    const made = await brand(async (tx) => {
      const made = await anEscalation(tx)
      await aReply(tx, { mentionId: made.mentionId, userId: by.userId })
      return made
    })
    const handing = brand((tx) => handBack(tx, made.id, { memberId: null, guidance: '' }, by, LATER, insertDecisions))
    expect(await refusal(handing)).toMatchObject({ code: 'conflict' })
  })
})

describe('a mention sent to staff by a member', () => {
  const offered = async (tx: BrandTx, memberIds: string[], more: Parameters<typeof aMention>[1] = {}) => {
    const mention = await aMention(tx, { state: 'offered', ...more })
    for (const memberId of memberIds)
      await anOffer(tx, { mentionId: mention.id, memberId, state: more.holderId === memberId ? 'claimed' : 'open' })
    return mention.id
  }

  it('ends everybody’s offers, gives the places back, and opens a case with the reason (E2)', async () => {
    const [ana, ben] = [await aMember(test.db, brandId), await aMember(test.db, brandId, { name: 'Ben' })]
    await brand(async (tx) => {
      const mentionId = await offered(tx, [ana.id, ben.id])
      const decision = {
        destination: 'community' as const,
        rule: 'urgent',
        reason: '',
        priority: 'high',
        skills: ['wifi'],
      }
      await insertDecisions(tx, [{ mentionId, policyVersion: 1, by: 'policy', facts: {}, decision }], NINE)
      const sender = { memberId: ana.id, userId: ana.userId }
      const { escalationId } = await sendToStaff(tx, mentionId, 'needs a refund', sender, LATER, insertDecisions)
      expect(
        await one(tx, sql`select origin, reason, priority, team from escalation where id = ${escalationId}`),
      ).toEqual({
        ...{ origin: 'member', reason: 'needs a refund', priority: 'high', team: 'care' },
      })
      expect(await stateOf(tx, mentionId)).toMatchObject({ state: 'escalated' })
      expect([...(await tx.execute(sql`select state from offer order by state`))]).toEqual([
        { state: 'passed' },
        { state: 'taken' },
      ])
      expect([await loadOf(tx, ana.id), await loadOf(tx, ben.id)]).toEqual([0, 0])
      expect(await lastDecision(tx, mentionId)).toMatchObject({ destination: 'escalation', by: ana.userId })
    })
  })

  it('answers with the same case when it is pressed again', async () => {
    const ana = await aMember(test.db, brandId)
    const sender = { memberId: ana.id, userId: ana.userId }
    const mentionId = await brand((tx) => offered(tx, [ana.id], { state: 'claimed', holderId: ana.id }))
    const send = () => brand((tx) => sendToStaff(tx, mentionId, 'needs a refund', sender, LATER, insertDecisions))
    const [first, second] = await Promise.all([send(), send()])
    expect(first).toEqual(second)
    expect(await brand((tx) => loadOf(tx, ana.id))).toBe(0)
    expect(await brand((tx) => tx.execute(sql`select 1 from event where kind = 'mention.escalated'`))).toHaveLength(1)
  })

  it('is refused, by name, while somebody else holds it, and unknown to whoever was never offered it', async () => {
    const [ana, ben] = [await aMember(test.db, brandId), await aMember(test.db, brandId, { name: 'Ben' })]
    await brand(async (tx) => {
      const mentionId = await offered(tx, [ana.id, ben.id], { state: 'claimed', holderId: ben.id })
      const strangers = await offered(tx, [ben.id])
      const send = (id: string) =>
        refusal(sendToStaff(tx, id, 'because', { memberId: ana.id, userId: ana.userId }, LATER, insertDecisions))
      expect(await send(mentionId)).toMatchObject({ code: 'conflict', details: { holder: { name: 'Ben' } } })
      expect(await send(strangers)).toMatchObject({ code: 'not-found' })
    })
  })

  it('waits until the member has taken back an answer of their own (I3)', async () => {
    const ana = await aMember(test.db, brandId)
    await brand(async (tx) => {
      const mentionId = await offered(tx, [ana.id], { state: 'claimed', holderId: ana.id })
      await aReply(tx, { mentionId, userId: ana.userId, memberId: ana.id, state: 'awaiting-approval' })
      const sender = { memberId: ana.id, userId: ana.userId }
      expect(await refusal(sendToStaff(tx, mentionId, 'because', sender, LATER, insertDecisions))).toMatchObject({
        code: 'conflict',
      })
    })
  })
})

describe('helpers', () => {
  it('are those who can take a case now, the freest first', async () => {
    await aMember(test.db, brandId, { name: 'Ana', capacity: 2, load: 1, skills: [{ skill: 'wifi', level: 0.8 }] })
    await aMember(test.db, brandId, { name: 'Ben', capacity: 5 })
    await aMember(test.db, brandId, { name: 'Full', capacity: 1, load: 1 })
    await aMember(test.db, brandId, { name: 'Away', paused: true })
    await aMember(test.db, brandId, { name: 'Out', standing: 'suspended' })
    const found = await brand((tx) => helpers(tx))
    expect(found.map(({ name, free, skills }) => ({ name, free, skills }))).toEqual([
      { name: 'Ben', free: 5, skills: [] },
      { name: 'Ana', free: 1, skills: ['wifi'] },
    ])
  })
})
