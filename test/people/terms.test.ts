import { describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import type { Network } from '../../connectors/connector.ts'
import type { OwnTerms } from '../../src/domain/own-terms.ts'
import { changedTerms, underTerms, type WantedTerms } from '../../src/people/terms/terms.ts'

const of = (network: Network) => CONNECTORS[network]!.capabilities // each is in the catalogue
const change = (network: Network, wanted: WantedTerms, { accepts = false, before = {} as OwnTerms } = {}) =>
  changedTerms(network, of(network), before, wanted, accepts)

describe('a brand’s own terms on a network (P2)', () => {
  it('are the network’s where it has none: posts earn nothing on X, Facebook and Instagram, nor where it is unclear', () => {
    const rewarded = (network: Network) => underTerms(of(network)).rewardsForPosting === 'yes'
    expect((['x', 'facebook', 'instagram', 'mastodon', 'reddit'] as const).map(rewarded)).toEqual(Array(5).fill(false))
    expect((['discourse', 'sandbox'] as const).map(rewarded)).toEqual([true, true])
  })

  it('reward posts against the network’s only once that is accepted, and stop without it', () => {
    for (const network of ['x', 'facebook', 'instagram'] as const)
      expect(() => change(network, { rewards: true })).toThrow(/forbids rewards for posting, and may close accounts/)
    expect(() => change('mastodon', { rewards: true })).toThrow(/does not say whether/)
    expect(change('x', { rewards: true }, { accepts: true })).toEqual({ rewards: true })
    expect(underTerms(of('x'), { rewards: true }).rewardsForPosting).toBe('yes')
    expect(change('x', { rewards: false }, { before: { rewards: true } })).toEqual({})
    expect(change('discourse', { rewards: false })).toEqual({ rewards: false })
    expect(underTerms(of('discourse'), { rewards: false }).rewardsForPosting).toBe('no')
  })

  it('ask for a person at every answer where the network does not, and cannot do without one where it does', () => {
    expect(change('sandbox', { personSends: true })).toEqual({ personSends: true })
    expect(underTerms(of('sandbox'), { personSends: true }).automatedReplies).toBe('human only')
    expect(change('x', { personSends: true })).toEqual({})
    expect(underTerms(of('x')).automatedReplies).not.toBe('allowed')
  })

  it('shorten what the network gives, and never lengthen it', () => {
    expect(() => change('x', { deleteWithinHours: 25 })).toThrow(/gone within 24 hours/)
    expect(() => change('linkedin', { keepHours: 49 })).toThrow(/48 hours at most/)
    expect(change('x', { deleteWithinHours: 12 })).toEqual({ deleteWithinHours: 12 })
    expect(underTerms(of('x'), { deleteWithinHours: 12, keepHours: 100 })).toMatchObject({
      deleteWithinHours: 12,
      keepHours: 100,
    })
    // Terms that became stricter since then go before.
    expect(underTerms(of('linkedin'), { deleteWithinHours: 400, keepHours: 400 })).toMatchObject({
      deleteWithinHours: 48,
      keepHours: 48,
    })
    expect(() => change('rss', { deleteWithinHours: 12 })).toThrow(/does not tell what was deleted/)
    expect(() => change('rss', { rewards: true }, { accepts: true })).toThrow(/Nobody answers on RSS/)
  })

  it('keep what is not named, and go back to the network’s by null', () => {
    const before = { rewards: true, keepHours: 48 }
    expect(change('x', { keepHours: 72 }, { before })).toEqual({ rewards: true, keepHours: 72 })
    expect(change('x', { rewards: null }, { before })).toEqual({ keepHours: 48 })
    expect(change('x', { rewards: null, keepHours: null }, { before })).toEqual({})
  })
})
