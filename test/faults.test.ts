import { describe, expect, it } from 'vitest'
import { faultsFrom } from '../src/faults.ts'

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
