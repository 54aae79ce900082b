import type { ConnectorError, Meter, Rate } from '../../connectors/connector.ts'
import { DAY, MINUTE, SECOND } from '../domain/clock.ts'

/** A window of a network's patience as it is stored; `owner` says whose, where it is an account's. */
export type Window = Rate & { owner: string }

/** What a poll took from its budget, to be settled when it is over. Half open: a single request tries. */
export type Taken = { ask: number; windows: Window[]; halfOpen: boolean }
/** What a poll may ask: so many requests, taken from these windows; or nothing before `until`. */
export type Allowance = Taken | { ask: 0; until: Date; why: string }

/** As a source remembers which windows it is counted in. */
export const nameOf = ({ scope, key }: Pick<Window, 'scope' | 'key'>): string => `${scope} ${key}`

/** What was spent this month, and what may be. Millionths of a US dollar; cap null: as much as it takes. */
export type Money = { microUsd: number; requests: number; capMicroUsd: number | null }

/** The core's own window, made of a refusal that named none. It stands before every request. */
export const ALL = 'all'
/** What a connector is given when nothing is known of a network's patience. */
export const MOST_REQUESTS = 40
/** One who tries whether a network listens again has it for so long to himself. */
export const TRIAL_MS = 1 * MINUTE

/**
 * How much of `windows` a poll may take at `now` (L4). A used-up window keeps everybody from asking until it opens; then
 * one request tries, and what its answer says counts. Money is kept below its cap by what a request has cost so far.
 */
export function allowance(windows: readonly Window[], money: Money, now: Date): Allowance {
  const affordable = requestsFor(money)
  if (affordable <= 0)
    return {
      ask: 0,
      until: nextMonth(now),
      why: `The ${dollars(money.capMicroUsd ?? 0)} it may cost this month are spent.`,
    }
  const closed = windows.filter(({ remaining, resetAt }) => remaining <= 0 && resetAt > now)
  const last = closed.reduce<Window | null>((a, b) => (a && a.resetAt > b.resetAt ? a : b), null)
  if (last) return { ask: 0, until: last.resetAt, why: whyClosed(last) }
  const open = windows.filter(({ resetAt }) => resetAt > now)
  const tried = windows.filter(({ remaining, resetAt }) => remaining <= 0 && resetAt <= now)
  const halfOpen = tried.length > 0
  const ask = halfOpen ? 1 : Math.min(MOST_REQUESTS, affordable, ...open.map(({ remaining }) => remaining))
  return { ask, windows: [...open, ...tried], halfOpen }
}

/** So many more requests keep a month below its cap, as far as past ones tell; without a past, one. */
function requestsFor({ microUsd, requests, capMicroUsd }: Money): number {
  if (capMicroUsd === null) return MOST_REQUESTS
  if (microUsd >= capMicroUsd) return 0
  if (microUsd === 0) return requests === 0 ? 1 : MOST_REQUESTS
  return Math.floor((capMicroUsd - microUsd) / (microUsd / requests))
}

const whyClosed = ({ key }: Window) =>
  key === ALL
    ? 'The network asked for fewer requests.'
    : `The network allows no more requests for now (its allowance “${key}” is used up).`

/** When one that was put off asks again: a little after the window opens, and not together with all the others. */
export const afterReset = (until: Date, random: number): Date =>
  new Date(until.getTime() + SECOND + random * 9 * SECOND)

/** What was counted while a connector worked. */
export type Spent = { requests: number; microUsd: number; rates: Rate[] }

/** A meter, what it has counted so far, and the same while it begins anew. Of one window the last word stands. */
export function openMeter(): { meter: Meter; spent: () => Spent; drain: () => Spent } {
  const rates = new Map<string, Rate>()
  let requests = 0
  let microUsd = 0
  const spent = () => ({ requests, microUsd: Math.round(microUsd), rates: [...rates.values()] })
  return {
    meter: {
      request: () => {
        requests += 1
      },
      rate: (rate) => void rates.set(nameOf(rate), rate),
      charge: (amount) => {
        microUsd += amount
      },
    },
    spent,
    drain: () => {
      const counted = spent()
      rates.clear()
      requests = microUsd = 0
      return counted
    },
  }
}

/**
 * What a refusal says of the network's patience beside its headers: null when those named a used-up window, or when it
 * was no refusal of this kind. A day's or month's allowance opens when the network says, else with the next UTC day.
 */
export function windowOfRefusal(
  error: ConnectorError,
  { rates }: Spent,
  scope: 'app' | 'account',
  now: Date,
): Rate | null {
  if (error.kind !== 'rate-limited' && error.kind !== 'quota') return null
  if (rates.some(({ remaining, resetAt }) => remaining <= 0 && resetAt > now)) return null
  const otherwise = error.kind === 'quota' ? nextDay(now) : new Date(now.getTime() + MINUTE)
  return { scope, key: ALL, limit: null, remaining: 0, resetAt: error.retryAt ?? otherwise }
}

/** What was spent, with the window that a refusal closed; and until when nothing is to be asked, as far as it said. */
export function withRefusal(
  error: ConnectorError | undefined,
  spent: Spent,
  { accountId }: { accountId: string | null },
  now: Date,
): { used: Spent; until: Date | null } {
  if (!error) return { used: spent, until: null }
  const refusal = windowOfRefusal(error, spent, accountId === null ? 'app' : 'account', now)
  const used = refusal ? { ...spent, rates: [...spent.rates, refusal] } : spent
  return { used, until: refusal?.resetAt ?? error.retryAt }
}

/**
 * Two answers mean the same window when they differ by no more than this about when it opens: more than an answer may be
 * late, by which clocks that disagree are misread, and less than any window is long.
 */
const SAME_WINDOW_MS = 15 * SECOND

/**
 * The windows as they stand after `used` requests: what the network reported, less what others have taken from the same
 * window and not used yet; what was taken and not needed goes back. A window that opened again without a word about it
 * is forgotten.
 */
export function settled(
  stored: readonly Window[],
  reported: readonly Window[],
  taken: Taken,
  used: number,
  at: Date,
): { keep: Window[]; drop: Window[] } {
  const find = (windows: readonly Window[], one: Window) => windows.find((window) => nameOf(window) === nameOf(one))
  const isTried = (one: Window) => taken.halfOpen && one.remaining <= 0
  const now = reported.map((said) => {
    const before = find(stored, said)
    const mine = find(taken.windows, said)
    if (!before || (mine && isTried(mine))) return said
    const apartMs = said.resetAt.getTime() - before.resetAt.getTime()
    if (apartMs > SAME_WINDOW_MS) return said
    const left = before.remaining + (mine ? taken.ask - used : 0)
    // An old answer of a window that is over; one that closes a window until a time to come is none, and holds.
    const isClosed = said.remaining <= 0 && said.resetAt > at
    if (apartMs < -SAME_WINDOW_MS) return isClosed ? said : { ...before, remaining: left }
    // Of a closed one the later word, or whoever tried would be refused.
    const resetAt = said.remaining <= 0 && apartMs > 0 ? said.resetAt : before.resetAt
    return { ...before, resetAt, limit: said.limit ?? before.limit, remaining: Math.min(left, said.remaining) }
  })
  const silent = taken.windows.filter((window) => !find(reported, window))
  const given = silent.flatMap((window) => {
    const before = find(stored, window)
    const same = before && !isTried(window) && before.resetAt.getTime() === window.resetAt.getTime()
    return same ? [{ ...before, remaining: before.remaining + taken.ask - used }] : []
  })
  return { keep: [...now, ...given], drop: silent.filter(isTried) }
}

const nextDay = (now: Date) => new Date((Math.floor(now.getTime() / DAY) + 1) * DAY)
const nextMonth = (now: Date) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1))

/** 1_250_000 → "1.25 $". */
export const dollars = (microUsd: number): string => `${(microUsd / 1e6).toFixed(2)} $`
