import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/domain/clock.ts'
import { type OfferEvent, replayOffers } from '../../src/people/offer-log.ts'
import { after, NINE } from '../builders.ts'

const event = (kind: string, minutes: number, more: Partial<OfferEvent> = {}): OfferEvent => ({
  ...{ kind, mentionId: 'm', at: after(minutes * MINUTE), memberIds: [], until: [], memberId: null },
  ...more,
})
const offered = (minutes: number, lasts: Record<string, number>) =>
  event('mention.offered', minutes, {
    memberIds: Object.keys(lasts),
    until: Object.values(lasts).map((length) => after((minutes + length) * MINUTE)),
  })
const told = (events: OfferEvent[]) => {
  const { times, open } = replayOffers(events)
  const minutes = (at: Date) => (at.getTime() - NINE.getTime()) / MINUTE
  return {
    times: times.map(({ memberId, offeredAt, endedAt, claimed }) =>
      [memberId, minutes(offeredAt), minutes(endedAt), claimed ? 'claimed' : ''].join(' ').trim(),
    ),
    open: open.map(({ memberId, until }) => `${memberId} ${minutes(until)}`),
  }
}

describe('offers told again from the event log', () => {
  it('end with a claim, of whoever claimed as a claim, at the moment it was made', () => {
    expect(told([offered(0, { ana: 30, ben: 30 }), event('mention.claimed', 40, { memberId: 'ben' })])).toEqual({
      times: ['ben 0 40 claimed', 'ana 0 30'],
      open: [],
    })
  })

  it('end with a pass for one, with staff, a storm or a deletion for all, and no later than they were to stand', () => {
    const first = offered(0, { ana: 30, ben: 10, cleo: 30 })
    const pass = event('mention.passed', 5, { memberId: 'ana' })
    for (const kind of ['mention.escalated', 'mention.held', 'mention.withdrawn', 'reply.sent'])
      expect(told([first, pass, event(kind, 20)]).times).toEqual(['ana 0 5', 'ben 0 10', 'cleo 0 20'])
  })

  it('that lapsed need no event: the next one, or the row, says so', () => {
    expect(told([offered(0, { ana: 30, ben: 60 }), offered(31, { ana: 30 })])).toEqual({
      times: ['ana 0 30'],
      open: ['ben 60', 'ana 61'],
    })
  })

  it('that staff gave to somebody were claimed by nobody', () => {
    expect(told([offered(0, { ana: 30 }), event('mention.claimed', 10)]).times).toEqual(['ana 0 10'])
  })
})
