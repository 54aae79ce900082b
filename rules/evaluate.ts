import type { Priority } from '../src/domain/roles.ts'
import { PRIORITIES } from '../src/domain/roles.ts'
import { type Facts, type FieldName, fieldOf } from './fields.ts'
import { type Comparison, type Condition, type Operand, type Operator, parts } from './operators.ts'
import { sayHeld } from './say.ts'
import { type Action, FINAL_ACTIONS, OTHERWISE, type Policy } from './shape.ts'
import { foldPhrase, foldTag, foldText } from './words.ts'

/** One mention while it is asked; the text is folded once, when first needed. */
type Asked = { facts: Facts; folded: string | null }

/** A condition made ready: does it hold, and which of its comparisons, in words, made it hold? `cost` orders asking. */
type Compiled = { holds: (asked: Asked) => boolean; grounds: (asked: Asked) => string[]; cost: number }

type CompiledRule = { name: string; condition: Compiled; action: Action; final: boolean }

export type CompiledPolicy = { name: string; version: number | null; rules: readonly CompiledRule[]; otherwise: Action }

/** What a policy says of one mention. `priority` is the highest that any rule on the way asked for, null when none did. */
export type Verdict = {
  rule: string
  action: Action
  tags: string[]
  priority: Priority | null
  notify: string[]
  reason: string
}

/** Turns a checked policy into closures, once per version. */
export function compile(policy: Policy): CompiledPolicy {
  return {
    name: policy.name,
    version: policy.version ?? null,
    rules: policy.rules.map((rule) => ({
      name: rule.name,
      condition: compileCondition(rule.when, false),
      action: rule.then,
      final: FINAL_ACTIONS.some((name) => rule.then[name] !== undefined),
    })),
    otherwise: policy.otherwise,
  }
}

/**
 * The first rule with a final action that holds, and what the rules before it added (R1). Pure: the same policy and
 * facts give the same verdict (I7). The reason is made from the tree that was asked, so the two cannot drift apart.
 */
export function evaluate(compiled: CompiledPolicy, facts: Facts): Verdict {
  const asked: Asked = { facts, folded: null }
  const passed: Action[] = []
  for (const rule of compiled.rules) {
    if (!rule.condition.holds(asked)) continue
    passed.push(rule.action)
    if (rule.final) return verdict(rule.name, rule.action, passed, rule.condition.grounds(asked).join('; '))
  }
  passed.push(compiled.otherwise)
  return verdict(OTHERWISE, compiled.otherwise, passed, 'no rule of the policy applied')
}

function verdict(rule: string, action: Action, passed: readonly Action[], reason: string): Verdict {
  const asked = passed.flatMap(({ priority, escalate }) => [priority, escalate?.priority])
  return {
    rule,
    action,
    tags: [...new Set(passed.flatMap(({ tag }) => tag ?? []))],
    priority: PRIORITIES.findLast((priority) => asked.includes(priority)) ?? null,
    notify: [...new Set(passed.flatMap(({ notify }) => notify ?? []))],
    reason,
  }
}

/**
 * `not` is pushed down to the comparisons (De Morgan), each of which holds only of a known value: so whatever
 * depends on an unknown does not hold, negated or not (Kleene's strong logic, read as “is true”).
 */
function compileCondition(condition: Condition, negated: boolean): Compiled {
  if ('not' in condition) return compileCondition(condition.not, !negated)
  if (!('all' in condition) && !('any' in condition)) return compileComparison(condition, negated)
  const children = ('all' in condition ? condition.all : condition.any).map((child) => compileCondition(child, negated))
  const cost = children.reduce((sum, child) => sum + child.cost, 0)
  // The order of asking changes no answer, so words in a text are looked for last; grounds keep the written order.
  const cheapFirst = children.toSorted((a, b) => a.cost - b.cost)
  if ('all' in condition !== negated)
    return {
      cost,
      holds: (asked) => {
        for (const child of cheapFirst) if (!child.holds(asked)) return false
        return true
      },
      grounds: (asked) => children.flatMap((child) => child.grounds(asked)),
    }
  return {
    cost,
    holds: (asked) => {
      for (const child of cheapFirst) if (child.holds(asked)) return true
      return false
    },
    grounds: (asked) => children.filter((child) => child.holds(asked)).flatMap((child) => child.grounds(asked)),
  }
}

function compileComparison(comparison: Comparison, negated: boolean): Compiled {
  const { field: name, operator, operand } = parts(comparison)
  const { type, head } = fieldOf(name)
  const known = ({ facts }: Asked) => facts[name] !== null && !(head && facts.unsure?.includes(head))
  const say = ({ facts }: Asked, found: readonly string[]) => [sayHeld(comparison, negated, facts[name], found)]
  if (operator === 'isUnknown') {
    const wanted = (operand === true) === negated
    return { cost: 1, holds: (asked) => known(asked) === wanted, grounds: (asked) => say(asked, []) }
  }
  if (type === 'number' || type === 'boolean') {
    const test = type === 'number' ? numberTest(operator, Number(operand)) : (value: unknown) => value === operand
    return {
      cost: 1,
      holds: (asked) => known(asked) && test(asked.facts[name]) !== negated,
      grounds: (asked) => say(asked, []),
    }
  }
  const search = type === 'text' ? phraseSearch(operand) : tagSearch(operand, name)
  const wanted = (operator === 'isNot' || operator === 'noneOf') === negated
  return {
    cost: type === 'text' ? 10 + strings(operand).length : 2,
    holds: (asked) => known(asked) && search.any(asked) === wanted,
    grounds: (asked) => say(asked, search.found(asked)),
  }
}

/** A search for the words of an operand: is any there, and which, as they were written? */
type Search = { any: (asked: Asked) => boolean; found: (asked: Asked) => string[] }

function phraseSearch(operand: Operand): Search {
  const phrases = strings(operand).flatMap((word) => {
    const phrase = foldPhrase(word)
    return phrase === null ? [] : [{ word, phrase }]
  })
  const isIn = (asked: Asked) => (one: { phrase: string }) => folded(asked).includes(one.phrase)
  return {
    any: (asked) => phrases.some(isIn(asked)),
    found: (asked) => phrases.filter(isIn(asked)).map(({ word }) => word),
  }
}

function tagSearch(operand: Operand, name: FieldName): Search {
  const wanted = new Map(strings(operand).map((word) => [foldTag(word), word]))
  const isWanted = (value: unknown) => typeof value === 'string' && (wanted.has(value) || wanted.has(foldTag(value)))
  const values = ({ facts }: Asked) => [facts[name]].flat()
  return {
    any: ({ facts }) => {
      const value = facts[name]
      return Array.isArray(value) ? value.some(isWanted) : isWanted(value)
    },
    found: (asked) => values(asked).flatMap((value) => wanted.get(foldTag(String(value))) ?? []),
  }
}

const folded = (asked: Asked): string => {
  asked.folded ??= foldText(asked.facts.text ?? '')
  return asked.folded
}

const strings = (operand: Operand): string[] => [operand].flat().map(String)

function numberTest(operator: Operator, bound: number): (value: unknown) => boolean {
  const test = NUMBER_TESTS[operator]
  if (!test) throw new Error(`The operator ${operator} does not compare numbers`)
  return (value) => typeof value === 'number' && test(value, bound)
}

const NUMBER_TESTS: Partial<Record<Operator, (value: number, bound: number) => boolean>> = {
  is: (value, bound) => value === bound,
  isNot: (value, bound) => value !== bound,
  above: (value, bound) => value > bound,
  atLeast: (value, bound) => value >= bound,
  below: (value, bound) => value < bound,
  atMost: (value, bound) => value <= bound,
}
