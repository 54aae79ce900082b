import type { CompiledPolicy } from '../../../rules/evaluate.ts'
import type { Facts } from '../../../rules/fields.ts'
import { OTHERWISE } from '../../../rules/shape.ts'
import { decide, isByCosts } from '../decide.ts'

type Counted = {
  looked: number
  rules: { name: string; holds: number; decides: number }[]
  otherwise: number
  byCosts: number
}

/**
 * Counts over mentions how often each rule of a policy holds, also where one above it takes the mention, and how often
 * it decides. Rules that only tag or tell decide nothing, nor do those that are off. Always `looked = Σ decides + otherwise + byCosts`.
 */
export function openMatches(policy: CompiledPolicy): { ask: (facts: Facts) => void; counted: () => Counted } {
  const rules = policy.rules.map(({ name }) => ({ name, holds: 0, decides: 0 }))
  const byName = new Map(rules.map((rule) => [rule.name, rule]))
  const rest = { looked: 0, otherwise: 0, byCosts: 0 }
  return {
    ask(facts) {
      rest.looked++
      policy.asked.load(facts)
      for (const [at, { condition }] of policy.rules.entries()) if (condition.holds()) rules[at]!.holds++ // one for each rule
      const decision = decide(facts, policy)
      if (isByCosts(facts, decision)) rest.byCosts++
      else if (decision.rule === OTHERWISE) rest.otherwise++
      else byName.get(decision.rule)!.decides++ // names of rules are theirs alone
    },
    counted: () => ({ ...rest, rules }),
  }
}
