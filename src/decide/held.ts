import { type CompiledPolicy, finalsHolding } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import { decide } from './decide.ts'

/**
 * One final rule over past mentions: how often its condition held, how often it decided, and who took the rest, most
 * first. `byCosts`: it was the first to hold, and what mistakes cost sent the mention elsewhere. Always
 * `held = decided + byCosts + Σ takenBy`.
 */
export type RuleHeld = {
  rule: string
  held: number
  decided: number
  byCosts: number
  takenBy: { rule: string; count: number }[]
}

/** The same of all final rules that are on, over the latest `mentions` of a period; `all`: it had no more. `days` they lie on, or all it had. */
export type Held = { mentions: number; days: number; all: boolean; rules: RuleHeld[] }

/**
 * Counts which final rules of a policy hold, also of mentions that a rule before them takes: so shadowing shows that no
 * comparison of conditions finds, because what people post never tells the two apart (R5). Asks the rules as live does.
 */
export function openHeld(policy: CompiledPolicy): { ask: (facts: Facts) => void; rules: () => RuleHeld[] } {
  const counts = policy.rules.map(() => ({ held: 0, decided: 0, byCosts: 0, takenBy: new Map<number, number>() }))
  return {
    ask(facts) {
      const [first, ...later] = finalsHolding(policy, facts)
      if (first === undefined) return
      const own = counts[first]! // one for each rule
      own.held++
      if (policy.rules[first]?.action.community && decide(facts, policy).destination !== 'community') own.byCosts++
      else own.decided++
      for (const at of later) {
        const { takenBy } = counts[at]! // one for each rule
        counts[at]!.held++
        takenBy.set(first, (takenBy.get(first) ?? 0) + 1)
      }
    },
    rules: () =>
      policy.rules.flatMap(({ name, final, off }, at) => {
        if (!final || off) return []
        const { takenBy, ...own } = counts[at]! // one for each rule
        const takers = [...takenBy].map(([taker, count]) => ({ rule: policy.rules[taker]!.name, count }))
        return [{ rule: name, ...own, takenBy: takers.sort((a, b) => b.count - a.count) }]
      }),
  }
}
