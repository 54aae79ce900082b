import { expect } from 'vitest'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { draws } from '../../src/domain/seeded.ts'
import { attentive, type ChaosFault, faultOf, type KeptDay, type KeptStep, skewed } from '../connectors/chaos-days.ts'
import { LISTEN, type ListeningStage } from '../connectors/stage.ts'
import type { TestDatabase } from '../database.ts'
import { aSource, type ChaosSource } from './chaos-store.ts'

/** What stands on the network: words by id, and when it was posted by the network's clock. */
type Truth = Map<string, { text: string; at: Date }>

/** First polls look back so far; a place that is lost is read again from there. */
const LOOKBACK = 1 * DAY
/** A poll that is put off for longer is left alone within the day. */
const PATIENCE = 20 * MINUTE

/**
 * Lives one day with the real poll, rows, budget and recheck, then lets the network get well and reads to the end.
 * What stands here then is what stands there, less what a reported gap may have cost.
 */
export async function keepsUp(
  test: TestDatabase,
  stage: ListeningStage,
  day: KeptDay,
  said = (text: string) => text,
): Promise<void> {
  const ours = skewed(stage.clock, day.skewMs)
  const network = attentive(stage.clock)
  const { network: name, instance } = stage.ref('1')
  let most: number | null = null
  const kept = await aSource(test, {
    ...{ network: name, instance, listen: LISTEN, clock: ours, random: draws(day.seed) },
    connector: (meter) => {
      const connector = stage.connector({ clock: ours, fetch: network.fetch, meter })
      const few = most
      if (few === null) return connector
      return { ...connector, poll: (asked) => connector.poll({ ...asked, maxItems: Math.min(asked.maxItems, few) }) }
    },
  })
  const truth: Truth = new Map()
  const gaps: Date[] = []
  const world: World = { stage, kept, said, truth, removed: new Map(), gaps, told: 0, hears: false, network, ours }
  try {
    for (const [n, todo] of day.steps.entries()) {
      if (todo.do === 'poll') {
        most = todo.maxItems
        if (todo.restarts) await kept.restart()
        if (todo.waits) await passUntilDue(world, PATIENCE)
        const before = network.quietUntil()
        const died = await failing(stage, todo.faults, () => kept.poll(todo.dies))
        // What the dead were told and had not written down yet, nobody knows.
        if (died && todo.dies === 'poll.fetched') network.forget(before)
        await noteGaps(world)
      } else if (todo.do === 'look') {
        await failing(stage, todo.faults, () => kept.look(todo.dies ? 'recheck.stored' : null))
        // What a look is refused closes the looks; polls have windows of their own.
        network.forget()
      } else if (todo.do === 'forget') await kept.forget()
      else if (todo.do === 'move') {
        ours.skew(todo.skewMs)
        network.forget()
      } else await happens(world, todo, n)
    }
    most = null
    await readToTheEnd(world)
    await expectWhole(world)
  } finally {
    await kept.close()
    await stage.close()
  }
}

type World = {
  stage: ListeningStage
  kept: ChaosSource
  truth: Truth
  /** How a post is told here. */
  said: (text: string) => string
  /** When posts were taken back, by the network's clock. */
  removed: Map<string, Date>
  /** When the network's place was lost and the source said so, by the network's clock. */
  gaps: Date[]
  told: number
  /** There is a place to go on from. */
  hears: boolean
  network: ReturnType<typeof attentive>
  ours: ReturnType<typeof skewed>
}

async function happens(
  { stage, truth, removed }: World,
  todo: Exclude<KeptStep, { do: 'poll' }>,
  n: number,
): Promise<void> {
  const add = (id: string, text: string) => truth.set(id, { text, at: stage.clock.now() })
  if (todo.do === 'post')
    for (let m = 0; m < todo.many; m++) add(await stage.post(`kettle ${n} ${m}`), `kettle ${n} ${m}`)
  if (todo.do === 'late' && stage.postLate)
    add(await stage.postLate(`kettle late ${n}`, todo.afterMs), `kettle late ${n}`)
  if (todo.do === 'pass') stage.clock.pass(todo.ms)
  const picked = 'which' in todo ? pick([...truth.keys()], todo.which) : undefined
  if (todo.do === 'delete' && picked !== undefined) {
    await stage.remove(picked)
    truth.delete(picked)
    removed.set(picked, stage.clock.now())
  }
  if (todo.do === 'edit' && picked !== undefined && stage.edit) {
    await stage.edit(picked, `kettle edited ${n}`)
    truth.get(picked)!.text = `kettle edited ${n}`
  }
}

/** The post meant; null: the newest. */
const pick = (ids: readonly string[], which: number | null) =>
  which === null ? ids.at(-1) : ids[which % Math.max(1, ids.length)]

async function failing(stage: ListeningStage, faults: readonly (ChaosFault | null)[], work: () => Promise<boolean>) {
  stage.failNext(...faults.filter((fault) => fault !== null).map((fault) => faultOf(fault, stage)))
  const died = await work()
  stage.failNext()
  return died
}

async function passUntilDue({ stage, kept, ours }: World, mostMs: number): Promise<void> {
  const waitMs = (await kept.read()).nextPollAt.getTime() - ours.now().getTime()
  if (waitMs > 0 && waitMs <= mostMs) stage.clock.pass(waitMs)
}

async function noteGaps(world: World): Promise<void> {
  const { gaps, cursor } = await world.kept.read()
  // What happens until the next poll is kept is part of the gap; and nothing is heard before the first.
  const begins = !world.hears && cursor !== null
  if (gaps > world.told || begins) world.gaps.push(world.stage.clock.now())
  world.hears = cursor !== null
  world.told = gaps
}

/** Late posts turn up within the overlap, and later where our clock is behind; then everything must come. */
async function readToTheEnd(world: World): Promise<void> {
  const { stage, kept, ours } = world
  stage.clock.pass(10 * MINUTE)
  const wellSince = ours.now()
  for (let n = 0; n < 300; n++) {
    await passUntilDue(world, 40 * DAY)
    await kept.poll()
    await noteGaps(world)
    const { drainedAt, state } = await kept.read()
    expect(state).toBe('on')
    if (drainedAt && drainedAt > wellSince) break
  }
  await lookAtAll(world)
}

/** Where deletions are not told, each post is asked after once more, and twice where too many were gone at once. */
async function lookAtAll({ stage, kept, ours }: World): Promise<void> {
  for (let rounds = 0; rounds < 8; rounds++) {
    const { last, hidden } = await kept.looks()
    if (last === null || (rounds > 0 && hidden === 0)) return
    stage.clock.pass(Math.max(1, new Date(last).getTime() - ours.now().getTime()))
    for (let n = 0; n < 400 && (await kept.looks()).due > 0; n++) {
      await kept.look()
      const { recheckAfter } = await kept.read()
      stage.clock.pass(Math.max(MINUTE, (recheckAfter?.getTime() ?? 0) - ours.now().getTime()))
    }
  }
}

async function expectWhole({ stage, kept, said, truth, removed, gaps, network }: World): Promise<void> {
  const here = await kept.standing()
  const { deletes, lookbackDays } = stage.connector().capabilities.listen
  const backMs = lookbackDays === 0 ? 0 : LOOKBACK - 10 * MINUTE
  const mayBeLost = ({ at }: { at: Date }) => gaps.some((gap) => at.getTime() < gap.getTime() - backMs)
  const missing = [...truth].filter(([id, post]) => !here.has(id) && !mayBeLost(post)).map(([id]) => id)
  const stale = [...truth].filter(([id, post]) => here.has(id) && here.get(id) !== said(post.text) && !mayBeLost(post))
  // A deletion that was told while the place was lost is part of the gap; where none is ever told, what is gone stays.
  const mayStay = (id: string) => deletes === 'none' || gaps.some((gap) => gap >= removed.get(id)!)
  const extra = [...here.keys()].filter((id) => !truth.has(id) && !mayStay(id))
  expect({ missing, stale, extra }).toEqual({ missing: [], stale: [], extra: [] })
  expect(await kept.rejected()).toEqual([])
  expect(kept.bugs).toEqual([])
  expect(network.early).toEqual([])
  expect(await kept.health()).toMatchObject({ trouble: null, putOff: null })
}
