import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ConnectorError, Cursor, PollResult } from '../../connectors/connector.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { calm, LISTEN, type ListeningStage, type StageFault } from './stage.ts'

const faults: StageFault[] = ['drop-before', 'drop-after', '503', 'html', 'truncate', '429']
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('post' as const), many: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('late' as const),
      afterMs: fc.integer({ min: 1, max: 4 * MINUTE }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 10 * MINUTE }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('poll' as const),
      maxItems: fc.integer({ min: 1, max: 9 }),
      faults: fc.array(fc.oneof(fc.constant(null), fc.constantFrom(...faults)), { maxLength: 3 }),
      diesBeforeCommit: fc.boolean(),
    }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/**
 * Case 63 of the contract: any mixture of posts, edits, deletions, faults and crashes; many short ones, which shrink to
 * something readable when they fail, and a few of 200 ticks.
 */
export function chaosContract(open: () => Promise<ListeningStage>): void {
  it('collects what is on the network whatever goes wrong on the way (63)', async () => {
    const some = fc.array(step, { minLength: 5, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(some, (steps) => collects(open, steps)),
      { numRuns: 40 },
    )
  }, 180_000)

  it('collects what is on the network over 200 ticks of such days (63)', async () => {
    const long = fc.array(step, { minLength: 200, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(long, (steps) => collects(open, steps)),
      { numRuns: 2, endOnFailure: true },
    )
  }, 180_000)
}

/** Runs the steps, then reads to the end: what was stored is what stands on the network. */
async function collects(open: () => Promise<ListeningStage>, steps: readonly Step[]): Promise<void> {
  const stage = await open()
  try {
    const truth = new Map<string, string>()
    const store = new Map<string, string>()
    let cursor: Cursor | null = null
    const connector = stage.connector()
    const { deletes } = connector.capabilities.listen
    /** Of networks that tell of no deletion what was heard stays. */
    const stays = new Set<string>()
    const take = (result: PollResult) => {
      for (const change of result.changes) {
        if (change.type === 'upsert') store.set(change.mention.ref.id, change.mention.text)
        if (change.type === 'delete') store.delete(change.ref.id)
      }
      cursor = result.cursor
    }
    for (const [n, todo] of steps.entries()) {
      const picked = 'which' in todo ? [...truth.keys()][todo.which % Math.max(1, truth.size)] : undefined
      if (todo.do === 'post')
        for (let m = 0; m < todo.many; m++) truth.set(await stage.post(`kettle ${n} ${m}`), `kettle ${n} ${m}`)
      if (todo.do === 'late' && stage.postLate)
        truth.set(await stage.postLate(`kettle late ${n}`, todo.afterMs), `kettle late ${n}`)
      if (todo.do === 'delete' && picked) {
        await stage.remove(picked)
        if (deletes === 'none') stays.add(picked)
        truth.delete(picked)
      }
      if (todo.do === 'edit' && picked && stage.edit) {
        await stage.edit(picked, `kettle edited ${n}`)
        truth.set(picked, `kettle edited ${n}`)
      }
      if (todo.do === 'pass') stage.clock.pass(todo.ms)
      if (todo.do === 'poll') {
        stage.failNext(...todo.faults.filter((fault) => fault !== null))
        const result = await connector
          .poll({ listen: LISTEN, cursor, maxItems: todo.maxItems, signal: calm() })
          .catch((error: ConnectorError) => {
            expect(error.name).toBe('ConnectorError')
            return null
          })
        stage.failNext()
        if (result && !todo.diesBeforeCommit) take(result)
      }
    }
    // Late posts turn up within the overlap; then everything must be there.
    stage.clock.pass(4 * MINUTE)
    let state: PollResult['state'] = 'more'
    for (let n = 0; n < 300 && state === 'more'; n++) {
      const result: PollResult = await connector.poll({ listen: LISTEN, cursor, maxItems: 5, signal: calm() })
      take(result)
      state = result.state
    }
    // Where deletions are not told, what is gone is found by looking again.
    const looked = deletes === 'recheck' ? [...store.keys()].map((id) => stage.ref(id)) : []
    for (const { ref, gone } of await connector.standing(looked, calm())) if (gone) store.delete(ref.id)
    for (const id of stays) store.delete(id)
    expect(Object.fromEntries(store)).toEqual(Object.fromEntries(truth))
  } finally {
    await stage.close()
  }
}
