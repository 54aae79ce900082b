import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cause, pointSettings, type Weights } from '../../src/domain/points.ts'
import { corrections, type Past, replay } from '../../src/reward/points/replay.ts'
import { beginTrial } from '../../src/reward/points/trial.ts'
import { pointsOf } from '../../src/reward/reward.ts'

const { weights: usual } = pointSettings(null)
const weights = fc.record<Weights>({
  accepted: fc.nat(40),
  acceptedPerDay: fc.option(fc.integer({ min: 1, max: 3 })),
  thanked: fc.nat(40),
  reach: fc.record({ scale: fc.nat(10), most: fc.nat(60) }),
  complained: fc.nat(20),
})

type Deed = { reply: number; cause: Cause; reading: number; day: number }
const deeds = fc.array(
  fc.record<Deed>({
    reply: fc.nat(4),
    cause: fc.constantFrom<Cause>('accepted', 'thanked', 'reach', 'complained', 'taken-back'),
    reading: fc.nat(90),
    day: fc.nat(2),
  }),
  { maxLength: 30 },
)

/** The ledger as it comes to be when deeds are done under some weights, one after the other. */
function ledgerOf(done: readonly Deed[], under: Weights): Past[] {
  const past: Past[] = []
  const days = [...done].sort((a, b) => a.day - b.day)
  for (const { reply, cause, reading, day } of days) {
    const replyId = `r${reply}`
    const key = cause === 'reach' ? `reached:${replyId}:${reading}` : `${cause}:${replyId}`
    if (past.some((one) => one.key === key)) continue
    const mine = past.filter((one) => one.replyId === replyId)
    const earned: Partial<Record<Cause, number>> = {}
    for (const one of mine) earned[one.cause] = (earned[one.cause] ?? 0) + one.points
    const acceptedToday = past.filter(
      (one) => one.cause === 'accepted' && one.day === `${day}` && one.points > 0,
    ).length
    const points = pointsOf(cause === 'reach' ? { cause, reading } : { cause }, under, { earned, acceptedToday })
    past.push({ replyId, cause, points, key, day: `${day}`, at: `2026-03-0${day + 1}T10:00:00.000Z` })
  }
  return past
}

const total = (entries: readonly { points: number }[]) => entries.reduce((all, { points }) => all + points, 0)

describe('the ledger under other weights (P7)', () => {
  it('brings what it brought under the weights it was earned by, and nothing is to be put right', () => {
    fc.assert(
      fc.property(deeds, weights, (done, under) => {
        const past = ledgerOf(done, under)
        const steps = replay(past, under)
        expect(steps.map(({ points }) => points)).toEqual(past.map(({ points }) => points))
        expect(corrections(past, steps)).toEqual([])
      }),
    )
  })

  it('adds up to the new weights once its corrections are written, however often it is weighed anew', () => {
    fc.assert(
      fc.property(deeds, weights, weights, weights, (done, first, second, third) => {
        const past = ledgerOf(done, first)
        const entries = [...past]
        for (const under of [second, third, first]) {
          const steps = replay(entries, under)
          const put = corrections(entries, steps)
          entries.push(
            ...put.map((one, nth) => ({
              ...one,
              key: `weighed-anew:${entries.length}:${nth}`,
              day: '9',
              at: '2026-04-01',
            })),
          )
          expect(total(entries)).toBe(total(steps))
          expect(corrections(entries, replay(entries, under))).toEqual([])
        }
      }),
    )
  })

  it('reads the reach that the first edition wrote down', () => {
    const old: Past = { replyId: 'r', cause: 'reach', points: 8, key: 'reach:r:8', day: '0', at: '2026-03-01' }
    expect(replay([old], usual)).toEqual([{ entry: old, points: 8 }])
    expect(replay([old], { ...usual, reach: { scale: 8, most: 40 } })[0]?.points).toBe(16)
  })
})

describe('a trial', () => {
  const past = ledgerOf(
    [0, 1, 2, 3].flatMap((reply) => [
      { reply, cause: 'accepted' as const, reading: 0, day: 0 },
      { reply, cause: 'thanked' as const, reading: 0, day: 1 },
    ]),
    usual,
  )
  const ana = {
    id: 'ana',
    name: 'Ana',
    points: 100,
    rank: 'helper' as const,
    granted: 'newcomer' as const,
    thanked: 4,
    past,
  }

  it('says who would lose a rank, and what a month would have brought', () => {
    const trial = beginTrial({ ...usual, accepted: 0, thanked: 5 }, { days: 28, since: '2026-03-02T00:00:00.000Z' })
    trial.add(ana)
    expect(trial.end()).toEqual({
      days: 28,
      // What was accepted was earlier.
      month: [{ cause: 'thanked', deeds: 4, points: { before: 60, after: 20 } }],
      anew: {
        ...{ members: 1, points: { before: 100, after: 20 }, won: 0, lost: 1 },
        moved: [
          {
            memberId: 'ana',
            name: 'Ana',
            points: { before: 100, after: 20 },
            rank: { before: 'helper', after: 'newcomer' },
          },
        ],
      },
    })
  })

  it('takes no rank that an admin granted', () => {
    const trial = beginTrial({ ...usual, accepted: 0, thanked: 0 }, { days: 28, since: '2026-03-02T00:00:00.000Z' })
    trial.add({ ...ana, granted: 'helper' })
    expect(trial.end().anew).toMatchObject({ lost: 0, points: { before: 100, after: 0 } })
  })

  it('leaves points alone that came with no answer', () => {
    const trial = beginTrial(usual, { days: 28, since: '2026-03-02T00:00:00.000Z' })
    trial.add({ ...ana, points: 130 })
    expect(trial.end().anew).toMatchObject({ members: 0, moved: [], points: { before: 130, after: 130 } })
  })
})
