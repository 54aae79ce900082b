import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ConnectorError, Cursor, PollResult } from '../../connectors/connector.ts'
import { type Clock, HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { attentive, faultOf, longDay, type Step, shortDay, skewed } from './chaos-days.ts'
import { calm, LISTEN, type ListeningStage } from './stage.ts'

/**
 * Case 63 of the contract: any mixture of posts, edits, deletions, faults, refusals, crashes and clocks that disagree; many
 * short ones, which shrink to something readable when they fail, and a few of 200 ticks.
 */
export function chaosContract(open: () => Promise<ListeningStage>): void {
  it('collects what is on the network whatever goes wrong on the way (63)', async () => {
    await fc.assert(
      fc.asyncProperty(shortDay, (day) => collects(open, day)),
      { numRuns: 40 },
    )
  }, 180_000)

  it('collects what is on the network over 200 ticks of such days (63)', async () => {
    await fc.assert(
      fc.asyncProperty(longDay, (day) => collects(open, day)),
      { numRuns: 2, endOnFailure: true },
    )
  }, 180_000)
}

/** Runs the steps, then reads to the end: what was stored is what stands on the network. */
async function collects(
  open: () => Promise<ListeningStage>,
  day: { skewMs: number; steps: readonly Step[] },
): Promise<void> {
  const stage = await open()
  try {
    const truth = new Map<string, string>()
    const store = new Map<string, string>()
    let cursor: Cursor | null = null
    const clock = skewed(stage.clock, day.skewMs)
    const network = attentive(stage.clock)
    const connector = stage.connector({ clock, fetch: network.fetch })
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
    for (const [n, todo] of day.steps.entries()) {
      const picked = 'which' in todo ? pick([...truth.keys()], todo.which) : undefined
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
      if (todo.do === 'move') clock.skew(todo.skewMs)
      if (todo.do === 'poll') {
        network.forget()
        stage.failNext(...todo.faults.filter((fault) => fault !== null).map((fault) => faultOf(fault, stage)))
        const result = await connector
          .poll({ listen: LISTEN, cursor, maxItems: todo.maxItems, signal: calm() })
          .catch((error: ConnectorError) => {
            expect(error.name).toBe('ConnectorError')
            if (error.kind === 'rate-limited') expectPatience(error, clock, stage.clock, network.quietUntil())
            return null
          })
        stage.failNext()
        if (result && !todo.diesBeforeCommit) take(result)
      }
    }
    // Late posts turn up within the overlap, and where our clock is behind, as much later; then everything must be there.
    stage.clock.pass(10 * MINUTE)
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

/** The post meant; null: the newest. */
const pick = (ids: readonly string[], which: number | null) =>
  which === null ? ids.at(-1) : ids[which % Math.max(1, ids.length)]

/** Not before the network said by its own clock, but for the second that its headers leave out, and within an hour. */
function expectPatience({ retryAt }: ConnectorError, ours: Clock, theirs: Clock, quietUntil: Date | null): void {
  const waitMs = (retryAt?.getTime() ?? Number.NaN) - ours.now().getTime()
  const askedMs = quietUntil === null ? 0 : quietUntil.getTime() - theirs.now().getTime()
  expect(waitMs).toBeGreaterThanOrEqual(Math.max(0, askedMs - SECOND))
  expect(waitMs).toBeLessThanOrEqual(HOUR)
}
