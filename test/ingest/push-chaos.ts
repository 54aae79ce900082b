import fc from 'fast-check'
import { expect } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { withdrawMentions } from '../../src/ingest/store.ts'
import { standingLost } from '../../src/ingest/tombstones.ts'
import type { TestDatabase } from '../database.ts'
import type { Push } from './pushed.ts'
import type { Pusher, Told } from './pushers.ts'

const happens = fc.record({
  do: fc.constantFrom<Told['what']>('new', 'new', 'edited', 'edited', 'gone'),
  which: fc.nat(),
  /** Together with what happened before, where the network tells of many at once. */
  joins: fc.boolean(),
  afterMs: fc.integer({ min: 1, max: 20 * SECOND }),
})
/** Some of what waits is sent, all at the same moment and in no order. */
const send = fc.record({
  do: fc.constant('send' as const),
  which: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  /** What the sender’s clock says, next to ours; within what is borne. */
  skewMs: fc.integer({ min: -5 * MINUTE + 2 * SECOND, max: 5 * MINUTE - 2 * SECOND }),
  /** What becomes of the answers. */
  ends: fc.constantFrom('heard', 'heard', 'lost', 'push.before-commit', 'push.stored'),
  /** Those sent are on their way twice. */
  twice: fc.boolean(),
})
/** What was answered long ago comes once more. */
const again = fc.record({ do: fc.constant('again' as const), which: fc.nat() })
const restart = fc.record({ do: fc.constant('restart' as const) })
export const pushedDay = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: happens },
    { weight: 8, arbitrary: send },
    { weight: 2, arbitrary: again },
    { weight: 1, arbitrary: restart },
  ),
  { minLength: 200, maxLength: 200 },
)
type PushedDay = typeof pushedDay extends fc.Arbitrary<infer One> ? One : never
type Step = PushedDay[number]

/** One delivery, which the sender tries until it hears that it was taken. */
type Parcel = { id: string; events: Told[]; tries: number }
type World = {
  pusher: Pusher
  /** Posts that stand there, by id, and what they say. */
  truth: Map<string, string>
  waiting: Parcel[]
  taken: Parcel[]
  made: number
}

/** Lives one day, then everything that waits is sent: what stands here is what stands there. */
export async function takesAll(test: TestDatabase, pusher: Pusher, day: PushedDay): Promise<void> {
  const world: World = { pusher, truth: new Map(), waiting: [], taken: [], made: 0 }
  try {
    for (const [n, todo] of day.entries()) await live(world, todo, n)
    while (world.waiting.length > 0) await sent(world, [world.waiting[0]!], 0, 'heard')
    await expectWhole(test, world)
  } finally {
    await pusher.close()
  }
}

async function live(world: World, todo: Step, n: number): Promise<void> {
  const { pusher, waiting, taken } = world
  if (todo.do === 'restart') await pusher.kept.restart()
  else if (todo.do === 'again') {
    if (taken.length > 0) expect(await tried(pusher, taken[todo.which % taken.length]!, 0)).toBe(200)
  } else if (todo.do === 'send') {
    const picked = new Set(todo.which.flatMap((which) => waiting[which % Math.max(1, waiting.length)] ?? []))
    await sent(world, [...picked, ...(todo.twice ? picked : [])], todo.skewMs, todo.ends)
  } else await happened(world, todo, n)
}

async function happened(world: World, todo: Extract<Step, { joins: boolean }>, n: number): Promise<void> {
  const { pusher, truth, waiting } = world
  pusher.clock.pass(todo.afterMs)
  const standing = [...truth.keys()]
  const known = todo.do === 'new' ? undefined : standing[todo.which % Math.max(1, standing.length)]
  const id = known ?? (await pusher.post(`kettle ${n}`))
  const told: Told = { what: known ? todo.do : 'new', id, text: `kettle ${n}`, at: pusher.clock.now() }
  if (told.what === 'gone') truth.delete(id)
  else truth.set(id, told.text)
  const last = waiting.at(-1)
  // What was tried once stays as it is.
  if (todo.joins && last && last.tries === 0 && last.events.length < pusher.most) last.events.push(told)
  else waiting.push({ id: `msg_${world.made++}`, events: [told], tries: 0 })
}

/** Whoever hears no good answer tries again. */
async function sent(world: World, parcels: Parcel[], skewMs: number, ends: string): Promise<void> {
  const { pusher, waiting, taken } = world
  pusher.kept.dieAt(ends.startsWith('push.') ? ends : null)
  const statuses = await Promise.all(parcels.map((parcel) => tried(pusher, parcel, skewMs)))
  pusher.kept.dieAt(null)
  if (!ends.startsWith('push.')) expect(statuses).toEqual(statuses.map(() => 200))
  if (ends === 'lost') return
  for (const [n, parcel] of parcels.entries()) {
    if (statuses[n] !== 200 || !waiting.includes(parcel)) continue
    waiting.splice(waiting.indexOf(parcel), 1)
    taken.push(parcel)
  }
}

function tried({ kept, clock, tell }: Pusher, parcel: Parcel, skewMs: number): Promise<number> {
  parcel.tries += 1
  const push: Push = tell(parcel.events, parcel.id, new Date(clock.now().getTime() + skewMs))
  return kept.push(push)
}

async function expectWhole(test: TestDatabase, { pusher, truth, made }: World): Promise<void> {
  const { kept, clock } = pusher
  // Of a making and a deletion at the same instant neither saw the other: what the sweep is for.
  await inBrand(test.db, kept.brandId, async (tx) =>
    withdrawMentions(tx, await standingLost(tx, new Date(0), 1_000), clock.now()),
  )
  expect(await kept.standing()).toEqual(Object.fromEntries(truth))
  const { mentions, received, deliveries } = await kept.counts()
  expect({ received, deliveries }).toEqual({ received: mentions, deliveries: made })
}
