import fc from 'fast-check'
import type { Network } from '../../connectors/connector.ts'
import type { Fetch } from '../../connectors/http.ts'
import { type Clock, MINUTE, SECOND } from '../../src/domain/clock.ts'
import type { Refusal, Stage, StageFault } from './stage.ts'

/** Fewer requests, please: told in `Retry-After` or in the network's own headers, or not told for how long. */
type Asks = { asks: 'in seconds' | 'by date' | 'its own way' | 'without a word'; seconds: number }
export type ChaosFault = 'drop-before' | 'drop-after' | '503' | 'html' | 'truncate' | Asks

const broken = fc.constantFrom<ChaosFault>('drop-before', 'drop-after', '503', 'html', 'truncate')
const fewer = fc.record({
  asks: fc.constantFrom<Asks['asks']>('in seconds', 'by date', 'its own way', 'without a word'),
  seconds: fc.integer({ min: 1, max: 600 }),
})
/** How far the network's clock and ours are apart: minutes, either way. */
const skew = fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE })
const faults = fc.array(fc.oneof(fc.constant(null), broken, fewer), { maxLength: 3 })

const post = fc.record({ do: fc.constant('post' as const), many: fc.integer({ min: 1, max: 12 }) })
/** More than any network gives on one page. */
const burst = fc.record({ do: fc.constant('post' as const), many: fc.integer({ min: 101, max: 160 }) })
/** `which` null: the newest, from which a careless cursor would go on. */
const remove = fc.record({ do: fc.constant('delete' as const), which: fc.option(fc.nat()) })
const edit = fc.record({ do: fc.constant('edit' as const), which: fc.nat() })
const late = fc.record({ do: fc.constant('late' as const), afterMs: fc.integer({ min: 1, max: 4 * MINUTE }) })
const pass = fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 10 * MINUTE }) })
/** The next poll is made by another machine, whose clock is another. */
const move = fc.record({ do: fc.constant('move' as const), skewMs: skew })
const poll = fc.record({
  do: fc.constant('poll' as const),
  maxItems: fc.integer({ min: 1, max: 9 }),
  faults,
  diesBeforeCommit: fc.boolean(),
})

const usual = [
  { weight: 8, arbitrary: post },
  { weight: 4, arbitrary: remove },
  { weight: 4, arbitrary: edit },
  { weight: 4, arbitrary: late },
  { weight: 4, arbitrary: pass },
  { weight: 1, arbitrary: move },
] as const
const step = fc.oneof(...usual, { weight: 10, arbitrary: poll })
export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** A day at a network: what happens there, what goes wrong on the way, and whose clock says what. */
const dayOf = <S>(steps: fc.Arbitrary<S[]>) => fc.record({ skewMs: skew, steps })
export const shortDay = dayOf(fc.array(step, { minLength: 5, maxLength: 40 }))
export const longDay = dayOf(
  fc.array(fc.oneof(...usual, { weight: 10, arbitrary: poll }), { minLength: 200, maxLength: 200 }),
)

/** A poll on the real store. `dies`: where the process is killed, or not. `restarts`: another process makes it. */
const kept = fc.record({
  do: fc.constant('poll' as const),
  maxItems: fc.option(fc.integer({ min: 1, max: 9 })),
  faults,
  dies: fc.option(fc.constantFrom('poll.fetched', 'poll.stored'), { freq: 4 }),
  restarts: fc.boolean(),
  /** It waits until the source is due, unless that is long; else it may be put off. */
  waits: fc.boolean(),
})
/** What was kept of the place in the network's lists is worth nothing any more. */
const forget = fc.record({ do: fc.constant('forget' as const) })
const look = fc.record({ do: fc.constant('look' as const), faults, dies: fc.boolean() })
const keptStep = fc.oneof(
  ...usual,
  { weight: 1, arbitrary: burst },
  { weight: 1, arbitrary: look },
  { weight: 1, arbitrary: forget },
  { weight: 12, arbitrary: kept },
)
export type KeptStep = typeof keptStep extends fc.Arbitrary<infer One> ? One : never
export const keptDay = fc.record({
  skewMs: skew,
  /** Of what the product draws by itself, such as how long it waits. */
  seed: fc.integer(),
  steps: fc.array(keptStep, { minLength: 200, maxLength: 200 }),
})
export type KeptDay = { skewMs: number; seed: number; steps: KeptStep[] }

/** A clock that is off by as much as it is told from the network's. */
export function skewed(network: Clock, skewMs: number): Clock & { skew: (ms: number) => void } {
  return {
    now: () => new Date(network.now().getTime() + skewMs),
    skew: (ms) => {
      skewMs = ms
    },
  }
}

/** No network sends it: until when one that refused wants to be left alone, by its own clock. */
const QUIET = 'chaos-quiet-until'

/** The real `fetch`, which notes until when the network wants to be left alone, and what it is asked all the same. */
export function attentive(network: Clock) {
  let quietUntil: Date | null = null
  const early: string[] = []
  const heard: Fetch = async (url, init) => {
    if (quietUntil !== null && network.now() < quietUntil) early.push(`${url} before ${quietUntil.toISOString()}`)
    const response = await fetch(url, init)
    const told = response.headers.get(QUIET)
    if (told !== null) quietUntil = new Date(Math.floor(Date.parse(told) / SECOND) * SECOND)
    return response
  }
  return {
    fetch: heard,
    early: early as readonly string[],
    quietUntil: () => quietUntil,
    /** Of what was said only this still holds. */
    forget: (but: Date | null = null) => {
      quietUntil = but
    },
  }
}

/** What the network answers, by its own clock. */
export const faultOf = (fault: ChaosFault, { ref, clock }: Pick<Stage, 'ref' | 'clock'>): StageFault =>
  typeof fault === 'string' ? fault : refusal(fault, ref('1').network, clock.now())

function refusal({ asks, seconds }: Asks, network: Network, now: Date): Refusal {
  const again = new Date(now.getTime() + seconds * SECOND)
  const headers: Record<Asks['asks'], () => Record<string, string>> = {
    'in seconds': () => ({ 'retry-after': String(seconds) }),
    'by date': () => ({ 'retry-after': again.toUTCString() }),
    'its own way': () => OWN_WAY[network]?.(again, seconds) ?? {},
    'without a word': () => ({}),
  }
  const told = headers[asks]()
  return { status: 429, headers: { ...told, ...(Object.keys(told).length > 0 && { [QUIET]: again.toISOString() }) } }
}

const epoch = (at: Date) => String(Math.floor(at.getTime() / SECOND))
const business = (seconds: number) =>
  JSON.stringify({
    '1': [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: Math.ceil(seconds / 60) }],
  })

/** How networks say in a refusal when their window opens again; the others have `Retry-After` alone. */
const OWN_WAY: Partial<Record<Network, (again: Date, seconds: number) => Record<string, string>>> = {
  x: (again) => ({ 'x-rate-limit-limit': '450', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': epoch(again) }),
  bluesky: (again) => ({
    'ratelimit-limit': '3000',
    'ratelimit-remaining': '0',
    'ratelimit-reset': epoch(again),
    'ratelimit-policy': '3000;w=300',
  }),
  mastodon: (again) => ({
    'x-ratelimit-limit': '300',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': again.toISOString(),
  }),
  reddit: (_again, seconds) => ({
    'x-ratelimit-used': '1000',
    'x-ratelimit-remaining': '0.0',
    'x-ratelimit-reset': String(seconds),
  }),
  sandbox: (_again, seconds) => ({ 'ratelimit-remaining': '0', 'ratelimit-reset': String(seconds) }),
  facebook: (_again, seconds) => ({ 'x-business-use-case-usage': business(seconds) }),
  instagram: (_again, seconds) => ({ 'x-business-use-case-usage': business(seconds) }),
}
