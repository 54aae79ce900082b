import type { Priority } from '../src/domain/roles.ts'
import { PRIORITIES } from '../src/domain/roles.ts'
import { type Asked, openAsked } from './asked.ts'
import { type Compiled, compileConditions, type Sharing } from './compile.ts'
import type { Facts } from './fields.ts'
import type { ListIndex } from './lists.ts'
import { type MatchingPolicy, matchingOf } from './matching.ts'
import { type Action, FINAL_ACTIONS, OTHERWISE, type Policy } from './shape.ts'

type CompiledRule = { name: string; condition: Compiled; action: Action; final: boolean; off: boolean }

export type CompiledPolicy = {
  name: string
  version: number | null
  rules: readonly CompiledRule[]
  otherwise: Action
  /** Said of what no rule took. */
  otherwiseReason: string
  sharing: Sharing
  /** The mention being asked about; one at a time, because nothing waits between. */
  asked: Asked
  matching: MatchingPolicy
}

/** What a policy says of one mention. `priority` is the highest that any rule on the way asked for, null when none did. */
export type Verdict = {
  rule: string
  action: Action
  tags: string[]
  priority: Priority | null
  notify: string[]
  reason: string
}

/**
 * Turns a checked policy into closures, once per version.
 * @param lists for trying a policy on past mentions: the lists as they stand now, in place of what was stored of each
 */
export function compile(policy: Policy, lists: ListIndex | null = null): CompiledPolicy {
  const asked = openAsked(lists)
  const conditions = policy.rules.map(({ when }) => when)
  const { compiled, sharing } = compileConditions(conditions, asked)
  return {
    name: policy.name,
    version: policy.version ?? null,
    matching: matchingOf(policy),
    rules: policy.rules.map((rule, at) => ({
      name: rule.name,
      condition: compiled[at]!, // one for each rule
      action: rule.then,
      final: isFinal(rule.then),
      off: rule.off === true,
    })),
    otherwise: policy.otherwise,
    otherwiseReason: 'no rule of the policy applied',
    sharing,
    asked,
  }
}

/**
 * Decides while the text of the version in force cannot be read, as after an update of the product that reads rules
 * differently: a person looks at everything, so that nothing waits unseen until an admin publishes another version.
 */
export const compileStopgap = (): CompiledPolicy => ({
  ...compile({ name: 'stopgap', rules: [], otherwise: { triage: {} } }),
  otherwiseReason: 'the rules in force cannot be read; until others are published, people decide',
})

export const isFinal = (action: Action): boolean => FINAL_ACTIONS.some((name) => action[name] !== undefined)

/**
 * The first rule with a final action that holds, and what the rules before it added (R1). The same policy and facts
 * give the same verdict (I7). The reason is made from the tree that was asked, so the two cannot drift apart.
 */
export function evaluate(compiled: CompiledPolicy, facts: Facts): Verdict {
  compiled.asked.load(facts)
  const passed: Action[] = []
  for (const rule of compiled.rules) {
    if (rule.off || !rule.condition.holds()) continue
    passed.push(rule.action)
    if (rule.final) return verdict(rule.name, rule.action, passed, rule.condition.grounds().join('; '))
  }
  passed.push(compiled.otherwise)
  return verdict(OTHERWISE, compiled.otherwise, passed, compiled.otherwiseReason)
}

/** Places of the final rules that hold, in order: the first of them decides, and takes the mention from the rest (R5). */
export function finalsHolding({ asked, rules }: CompiledPolicy, facts: Facts): number[] {
  asked.load(facts)
  return rules.flatMap(({ final, off, condition }, at) => (final && !off && condition.holds() ? [at] : []))
}

function verdict(rule: string, action: Action, passed: readonly Action[], reason: string): Verdict {
  const [tags, notify, priorities]: [string[], string[], Priority[]] = [[], [], []]
  for (const { tag, notify: teams, priority, escalate } of passed) {
    if (tag) tags.push(...tag)
    if (teams) notify.push(...teams)
    if (priority) priorities.push(priority)
    if (escalate?.priority) priorities.push(escalate.priority)
  }
  const priority = priorities.length === 0 ? null : highest(priorities)
  return { rule, action, tags: once(tags), priority, notify: once(notify), reason }
}

const highest = (asked: readonly Priority[]) => PRIORITIES.findLast((priority) => asked.includes(priority)) ?? null

const once = (names: string[]): string[] => (names.length < 2 ? names : [...new Set(names)])
