import type { CompiledPolicy } from '../../rules/evaluate.ts'
import { OTHERWISE } from '../../rules/shape.ts'
import type { Destination } from '../domain/roles.ts'
import { ANGRY, type Both, COSTS_DECIDED, cellsOf, movedOf, type Outlook, type Tally } from './backtest.ts'
import type { BacktestRow, MovedRow } from './backtest-queries.ts'
import type { Backtest, BacktestResult, MovedMention } from './contract.ts'
import { decide } from './decide.ts'
import type { Held } from './held.ts'
import type { Mask } from './show.ts'
import { sayHeld } from './show-held.ts'

/** Both versions of a backtest. */
export type Compared = Both<CompiledPolicy>

/** A mention that moves, decided again by both versions as the backtest did, so that each can say why. */
export function showMoved(row: MovedRow, policies: Compared, mask: Mask): MovedMention {
  const sent = (policy: CompiledPolicy) => {
    const { destination, team, priority, rule, reason } = decide(row.facts, policy)
    return { destination, team, priority, rule, reason: mask(reason) }
  }
  return {
    mentionId: row.mentionId,
    at: row.at.toISOString(),
    text: row.gone ? null : mask(row.text),
    network: row.network,
    authorHandle: row.authorHandle,
    went: sent(policies.went),
    goes: sent(policies.goes),
  }
}

export function showBacktest(row: BacktestRow, result: BacktestResult | null): Backtest {
  const { id, version, against, days, state, total, seen, trouble } = row
  return {
    ...{ id, version, against, days, state, total, seen, trouble, result },
    since: row.since.toISOString(),
    until: row.until.toISOString(),
    askedAt: row.askedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

/** What was counted, as it is told: places and rules in an order that can be read, loads a day. */
export function showResult(
  tally: Tally,
  outlook: Outlook | null,
  policies: Compared,
  sample: readonly MovedRow[],
  mask: Mask,
): BacktestResult {
  return {
    matrix: cellsOf(tally),
    moved: movedOf(tally),
    ...{ otherTeam: tally.otherTeam, otherwise: tally.otherwise },
    angryToCommunity: { ...tally.angryToCommunity, from: ANGRY },
    days: Object.keys(tally.days).length,
    places: placesOf(tally),
    rules: rulesOf(tally, policies, outlook?.held ?? null),
    byCosts: tally.rules[COSTS_DECIDED] ?? null,
    heldOver: outlook?.held ? overOf(outlook.held) : null,
    members: outlook && membersOf(outlook),
    breaches: outlook?.breaches ?? null,
    sample: sample.map((row) => showMoved(row, policies, mask)),
  }
}

type Load = { all: number; aDay: number; busiestDay: number }

const loadOf = (counts: readonly number[], days: number): Load => {
  const all = counts.reduce((sum, one) => sum + one, 0)
  return { all, aDay: rounded(all / Math.max(1, days)), busiestDay: Math.max(0, ...counts) }
}
const rounded = (value: number): number => Math.round(value * 10) / 10

/** The community first, then teams by name, then those who decide by hand; nobody works on what is ignored. */
function placesOf({ days }: Tally): BacktestResult['places'] {
  const all = Object.values(days)
  const teams = new Set(all.flatMap((places) => Object.keys(places).filter((place) => place.startsWith('team:'))))
  return ['community', ...[...teams].sort(), 'triage'].map((place) => {
    const load = (which: 'went' | 'goes') =>
      loadOf(
        all.map((places) => places[place]?.[which] ?? 0),
        all.length,
      )
    const team = place.startsWith('team:') ? place.slice(5) : null
    const destination: Destination = team === null ? (place as 'community' | 'triage') : 'escalation' // the two named above
    return { destination, team, went: load('went'), goes: load('goes') }
  })
}

const overOf = ({ mentions, days, all }: Held) => ({ mentions, days, all })

function rulesOf({ rules }: Tally, policies: Compared, held: Held | null): BacktestResult['rules'] {
  const names = (policy: CompiledPolicy) => [
    ...policy.rules.filter(({ final, off }) => final && !off).map(({ name }) => name),
    OTHERWISE,
  ]
  const [went, goes] = [names(policies.went), names(policies.goes)]
  return [...new Set([...goes, ...went])].map((name) => ({
    name,
    went: went.includes(name) ? (rules[`rule:${name}`]?.went ?? 0) : null,
    goes: goes.includes(name) ? (rules[`rule:${name}`]?.goes ?? 0) : null,
    held: held && heldBy(name, held),
  }))
}

function heldBy(name: string, over: Held): BacktestResult['rules'][number]['held'] {
  const found = over.rules.find(({ rule }) => rule === name)
  if (!found) return null
  const { rule: _, ...counts } = found
  return { ...counts, says: sayHeld(found, over) }
}

function membersOf({ loads, names }: Outlook): BacktestResult['members'] {
  const { mentions, days, members, went, goes } = loads
  const load = (of: typeof went, id: string): Load => {
    const found = of.members.find((member) => member.id === id)
    const all = found?.offers ?? 0
    return { all, aDay: rounded(all / Math.max(1, days)), busiestDay: found?.busiestDay ?? 0 }
  }
  const ids = [...new Set([...goes.members, ...went.members].map(({ id }) => id))]
  return {
    ...{ mentions, days, members },
    went: { offered: went.offered, nobody: went.nobody },
    goes: { offered: goes.offered, nobody: goes.nobody },
    loads: ids.map((id) => ({ name: names[id] ?? 'somebody', went: load(went, id), goes: load(goes, id) })),
  }
}
