import { describe, expect, it } from 'vitest'
import { faultsFrom, hastened } from '../src/faults.ts'

const deathsAt = (spec: string | null, reached: string[]) => {
  const deaths: number[] = []
  let step = 0
  const fault = faultsFrom(spec, () => deaths.push(step))
  for (const name of reached) {
    step += 1
    fault(name)
  }
  return deaths
}

describe('a fault point', () => {
  it('kills the process the first time it is reached', () => {
    expect(deathsAt('reply.sent', ['ingest.stored', 'reply.sent', 'reply.sent'])).toEqual([2])
  })
  it('kills the process the nth time it is reached', () => {
    expect(deathsAt('reply.sent:2', ['reply.sent', 'ingest.stored', 'reply.sent'])).toEqual([3])
  })
  it('does nothing when none is named', () => {
    expect(deathsAt(null, ['reply.sent'])).toEqual([])
  })
})

describe('haste', () => {
  it('shortens every wait by the same factor and leaves its source alone', () => {
    const waits = { lockMs: 30_000, stalledCheckMs: 10_000 }
    expect(hastened(waits, 20)).toEqual({ lockMs: 1_500, stalledCheckMs: 500 })
    expect(hastened(waits, 1)).toEqual({ lockMs: 30_000, stalledCheckMs: 10_000 })
    expect(waits.lockMs).toBe(30_000)
  })
})
