import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/clock.ts'
import { silenceOf } from '../../src/ingest/silence.ts'

const now = new Date('2026-03-04T12:00:00.000Z')
const quiet = (hours: number) => new Date(now.getTime() - hours * HOUR)

describe('a silent source (L4)', () => {
  it('is told of when it usually brings much, and not when it usually brings little', () => {
    expect(silenceOf([100, 120, 80], quiet(7), now)).toContain('Silent for 7 hours; it usually brings 100 posts a day')
    expect(silenceOf([1, 0, 2, 1], quiet(48), now)).toBeNull()
    expect(silenceOf([1, 0, 2, 1], quiet(24 * 7), now)).toContain('usually brings 1.0 posts a day')
  })

  it('is not told of after an hour, nor while nobody knows what is usual', () => {
    expect(silenceOf([5_000, 5_000, 5_000], quiet(1), now)).toBeNull()
    expect(silenceOf([100, 100], quiet(48), now)).toBeNull()
    expect(silenceOf([100, 100, 100], null, now)).toBeNull()
    expect(silenceOf([0, 0, 0, 0], quiet(400), now)).toBeNull()
  })
})
