import { describe, expect, it } from 'vitest'
import { newId } from '../../src/domain/id.ts'

describe('an id', () => {
  it('is a UUID of version 7 and variant 1 (RFC 9562)', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('sorts by the millisecond it was made in', () => {
    expect(newId(1_000) < newId(1_001)).toBe(true)
    expect(newId(Date.UTC(2026, 0, 1)) < newId(Date.UTC(2200, 0, 1))).toBe(true)
  })

  it('is another one every time, past the pool of randomness', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newId(7))).size).toBe(10_000)
  })
})
