import { describe, expect, it } from 'vitest'
import { LIVE_KEYS, staleAfter } from '../../web/src/api/live-table.ts'
import { EACH_MINUTE, HELD_IN } from '../../web/src/views/each-minute.ts'

describe('what saved views hold', () => {
  it('is counted once a minute, and not anew with every event of a storm (E1, F1)', () => {
    expect(staleAfter('case.taken')).not.toContain(HELD_IN)
    expect(LIVE_KEYS).not.toContain(HELD_IN)
    expect(EACH_MINUTE.staleTime).toBeGreaterThanOrEqual(30_000)
    expect(EACH_MINUTE.refetchInterval).toBeGreaterThanOrEqual(60_000)
  })
})
