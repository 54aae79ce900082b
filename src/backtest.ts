import { setImmediate as breathe } from 'node:timers/promises'
import type { CompiledPolicy } from '../rules/evaluate.ts'
import type { Facts } from '../rules/fields.ts'
import { readPolicy } from '../rules/language.ts'
import { type BrandTx, type Db, inBrand } from './db/client.ts'
import { appendEvents } from './db/events.ts'
import {
  type Both,
  emptyTally,
  expectBreaches,
  type Move,
  type Outlook,
  type Past,
  replayPage,
  type Tally,
} from './decide/backtest.ts'
import * as q from './decide/backtest-queries.ts'
import { decide } from './decide/decide.ts'
import { type Held, openHeld } from './decide/held.ts'
import { policyText } from './decide/queries.ts'
import { compileTried, underCosts } from './decide/tried.ts'
import { type Clock, DAY, MINUTE } from './domain/clock.ts'
import { deadlines } from './domain/deadline.ts'
import { DomainError } from './domain/errors.ts'
import type { FaultPoint } from './domain/fault.ts'
import { localTime } from './domain/local-time.ts'
import { type Forecast, openForecast } from './match/forecast.ts'
import { weighted } from './match/need.ts'
import type { Seeking } from './match/offers.ts'
import { type Brand, brandById } from './people/brands.ts'
import { memberProfiles } from './people/members.ts'

/** So many are replayed at a stretch: some 10 ms, in which nobody else of this process is served. */
const PAGE = 500
/** Matching costs more than deciding, so only the latest mentions are matched: so many, or fewer where members are many. */
const MATCHED = 4_000
const MATCHED_TIMES_MEMBERS = 8_000_000
/** Which rules held is asked of the latest so many, all final rules where deciding stops at the first. Not below `MATCHED`. */
const HELD_OVER = 4_000
const MOST_TRIES = 5
const BREATH = 100

/** So many members are named, those with the most offers under the version tried first. */
const NAMED = 100

export type BacktestDeps = { db: Db; clock: Clock; fault: FaultPoint }

/**
 * Goes on with a backtest, page by page, each in a transaction of its own: killed anywhere, it goes on from its row.
 * Two workers on one row take turns at worst, and no page is counted twice.
 */
export function runBacktest({ db, clock, fault }: BacktestDeps) {
  return async (
    { brandId, backtestId }: { brandId: string; backtestId: string },
    signal?: AbortSignal,
  ): Promise<void> => {
    const inOwn = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(db, brandId, work)
    const taken = await inOwn((tx) => q.takeUp(tx, backtestId, clock.now()))
    if (!taken) return
    if (taken.attempts > MOST_TRIES)
      return inOwn((tx) => end(tx, backtestId, { state: 'failed', trouble: NOT_GETTING_ON, at: clock.now() }))
    const [brand, policies] = await Promise.all([brandOf(db, brandId), policiesOf(db, brandId, taken)])
    for (;;) {
      const step = await inOwn((tx) => nextPage(tx, backtestId, policies, brand, clock.now()))
      fault('backtest.page')
      if (step === 'not ours' || signal?.aborted) return
      if (step === 'all seen') break
    }
    const stay = () => inOwn((tx) => q.beat(tx, backtestId, clock.now()))
    const counted = await inOwn((tx) => q.backtestById(tx, backtestId))
    const outlook = await outlookOf(db, brand, policies, taken, counted?.tally ?? emptyTally(), clock.now(), stay)
    if (outlook) await inOwn((tx) => end(tx, backtestId, { state: 'done', outlook, at: clock.now() }))
  }
}

const NOT_GETTING_ON = 'It was begun several times and did not get on; the log says why.'

async function nextPage(
  tx: BrandTx,
  id: string,
  policies: Both<CompiledPolicy>,
  brand: Brand,
  at: Date,
): Promise<'more' | 'all seen' | 'not ours'> {
  const row = await q.holdBacktest(tx, id)
  if (!row) return 'not ours'
  const after = row.placeAt && row.placeId ? { at: row.placeAt, id: row.placeId } : null
  const page = costed(await q.pastPage(tx, row, after, PAGE), brand)
  const last = page.at(-1)
  if (!last) return 'all seen'
  const tally = row.tally ?? emptyTally()
  const moves = replayPage(page, policies, dayIn(brand.timeZone), tally)
  await q.insertMoves(tx, id, moves)
  await q.keepProgress(tx, id, { seen: row.seen + page.length, tally, place: last, at })
  return 'more'
}

const costed = <T extends Past>(page: readonly T[], { settings }: Brand): T[] =>
  page.map((past) => underCosts(past, settings.costs ?? null))

/** Ends a backtest and tells the pages that show it. */
export async function end(tx: BrandTx, id: string, how: Parameters<typeof q.endBacktest>[2]): Promise<void> {
  const ended = await q.endBacktest(tx, id, how)
  if (!ended) return
  const data = { backtestId: id, version: ended.version, state: how.state }
  await appendEvents(tx, [
    { kind: 'policy.backtested', mentionId: null, memberIds: [], actor: 'system', data, at: how.at },
  ])
}

/** The same for a policy that nobody saved: nothing is written. `onPage` hears how many were replayed. */
export async function tryPolicy(
  db: Db,
  brand: Brand,
  policies: Both<CompiledPolicy>,
  period: q.Period,
  now: Date,
  onPage: (seen: number, moves: readonly Move[]) => void,
): Promise<{ tally: Tally; outlook: Outlook }> {
  const tally = emptyTally()
  for (let after: q.PastPlace | null = null; ; ) {
    const page: Past[] = costed(await inBrand(db, brand.id, (tx) => q.pastPage(tx, period, after, PAGE)), brand)
    const last = page.at(-1)
    if (!last) break
    onPage(tally.total + page.length, replayPage(page, policies, dayIn(brand.timeZone), tally))
    after = last
  }
  const outlook = await outlookOf(db, brand, policies, period, tally, now, async () => true)
  return { tally, outlook: outlook as Outlook } // only whoever is told to stop gets null
}

/** What is expected of members and clocks. @param stay says that we are still at it; false: we are to stop, with null */
async function outlookOf(
  db: Db,
  brand: Brand,
  policies: Both<CompiledPolicy>,
  period: q.Period,
  tally: Tally,
  now: Date,
  stay: () => Promise<boolean>,
): Promise<Outlook | null> {
  const { members, asked, late, known } = await inBrand(db, brand.id, async (tx) => {
    const members = await memberProfiles(tx, now)
    const most = Math.min(MATCHED, Math.max(100, Math.floor(MATCHED_TIMES_MEMBERS / Math.max(1, members.length))))
    const asked = await q.latestOf(tx, period, HELD_OVER)
    return { members, asked, late: await q.latestOf(tx, period, most), known: await q.keptByPlace(tx, period, now) }
  })
  const dayOf = dayIn(brand.timeZone)
  const { offerTo, offerMinutes, responseMinutes } = brand.settings
  const openFor = ({ matching }: CompiledPolicy) =>
    openForecast(members, { policy: matching, usual: { offerTo, offerMinutes }, dayOf })
  const open = { went: openFor(policies.went), goes: openFor(policies.goes) }
  const held = countHeld(policies.goes, period, tally.total)
  const days = new Set<string>()
  let mentions = 0
  for (let after: q.PastPlace | null = null; ; ) {
    const found = await inBrand(db, brand.id, (tx) => q.pastWithSkills(tx, asked, after, PAGE))
    const page: q.PastWithSkills[] = costed(found, brand)
    for (const past of page) {
      held.ask(past.facts, dayOf(past.at))
      if (past.at < late.since) continue // what is matched is the newest of what the rules are asked about
      days.add(dayOf(past.at))
      for (const which of ['went', 'goes'] as const) {
        const decision = decide(past.facts, policies[which])
        if (decision.destination === 'community') open[which].offer(past.at, seekingOf(past, decision, responseMinutes))
      }
      if (++mentions % BREATH === 0) await breathe()
    }
    after = page.at(-1) ?? null
    if (!after) break
    if (!(await stay())) return null
  }
  const [went, goes] = [open.went.result(), open.goes.result()]
  const ids = new Set([...goes.members.slice(0, NAMED), ...went.members.slice(0, NAMED)].map(({ id }) => id))
  const shown = (forecast: Forecast) => ({ ...forecast, members: forecast.members.filter(({ id }) => ids.has(id)) })
  return {
    loads: { mentions, days: days.size, members: members.length, went: shown(went), goes: shown(goes) },
    breaches: expectBreaches(tally, known),
    held: held.result(),
    names: Object.fromEntries(members.filter(({ id }) => ids.has(id)).map(({ id, name }) => [id, name])),
  }
}

/** Counts which rules of the version tried hold of mentions of a period, which has `total` of them. */
function countHeld(policy: CompiledPolicy, { since, until }: q.Period, total: number) {
  const held = openHeld(policy)
  const days = new Set<string>()
  let mentions = 0
  return {
    ask(facts: Facts, day: string): void {
      held.ask(facts)
      days.add(day)
      mentions++
    },
    result(): Held {
      const all = mentions >= total
      const whole = Math.round((until.getTime() - since.getTime()) / DAY)
      return { mentions, days: all ? whole : days.size, all, rules: held.rules() }
    },
  }
}

/** A mention as it sought a taker when it was new, with the whole of its time before it. */
function seekingOf(
  { at, mentionId, facts, found }: q.PastWithSkills,
  { skills, minimumRank }: ReturnType<typeof decide>,
  responseMinutes: number,
): Seeking {
  const { network, language, anger, needsExpert, flags } = facts
  const handle = facts['author.handle']
  const author = network && handle ? { network, handle } : null
  return {
    id: mentionId,
    need: { language, skills: weighted(skills, found), minimumRank, author, passed: [], blocked: [] },
    stakes: { anger, needsExpert, flags: flags ?? [], followers: facts['author.followers'] },
    wave: 0,
    handOverAt: deadlines(at, responseMinutes).handOverAt,
  }
}

/** Mentions come in the order of time, and no day begins within a quarter of an hour: asked once for each of them. */
function dayIn(timeZone: string): (at: Date) => string {
  let [quarter, day] = [Number.NaN, '']
  return (at) => {
    const now = Math.floor(at.getTime() / (15 * MINUTE))
    if (now !== quarter) day = localTime(at, timeZone).date
    quarter = now
    return day
  }
}

async function policiesOf(
  db: Db,
  brandId: string,
  { against, version }: { against: number; version: number },
): Promise<Both<CompiledPolicy>> {
  const open = async (number: number) => {
    const policy = readPolicy(await policyText(db, brandId, number))
    return inBrand(db, brandId, (tx) => compileTried(tx, policy))
  }
  return { went: await open(against), goes: await open(version) }
}

async function brandOf(db: Db, id: string): Promise<Brand> {
  const brand = await brandById(db, id)
  if (!brand) throw new DomainError('not-found', 'There is no such brand.')
  return brand
}
