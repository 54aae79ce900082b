import { describe, expect, it } from 'vitest'
import { LIVE_KEYS, staleAfter } from '../../web/src/api/live-table.ts'
import { feedHeld } from '../../web/src/feed/queries.ts'
import { casesHeld } from '../../web/src/inbox/queries.ts'

describe('what saved views hold', () => {
  it('is counted once a minute, and not anew with every event of a storm (E1, F1)', () => {
    const filters = { language: null, network: null, skill: null, mood: null }
    for (const { queryKey, staleTime, refetchInterval } of [casesHeld('mine', null), feedHeld('open', filters)]) {
      const [key] = queryKey
      expect(staleAfter('case.taken')).not.toContain(key)
      expect(LIVE_KEYS).not.toContain(key)
      expect(staleTime).toBeGreaterThanOrEqual(30_000)
      expect(refetchInterval).toBeGreaterThanOrEqual(60_000)
    }
  })
})
