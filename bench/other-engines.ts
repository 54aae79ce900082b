import jsonLogic, { type RulesLogic } from 'json-logic-js'
import { type ConditionProperties, Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine'
import type { Facts } from '../rules/fields.ts'
import { type Condition, parts } from '../rules/operators.ts'
import type { Rule } from '../rules/shape.ts'
import { foldPhrase, foldText } from '../rules/words.ts'

/**
 * The same rules for two engines one could take off the shelf. Both get the text folded beforehand, which ours does
 * itself, and facts without unknowns, which neither knows. Each returns the names of the rules that hold.
 */
export type OtherEngine = (facts: Facts) => string[] | Promise<string[]>

/** Names with dots are paths to both. */
const plainName = (field: string): string => field.replace('.', '_')

/** What both engines are handed for one mention. */
export const flat = (facts: Facts): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [plainName(name), value])),
  text: foldText(facts.text ?? ''),
})

const NUMBERS = {
  above: ['>', 'greaterThan'],
  atLeast: ['>=', 'greaterThanInclusive'],
  below: ['<', 'lessThan'],
  atMost: ['<=', 'lessThanInclusive'],
  is: ['==', 'equal'],
} as const

const words = (operand: unknown): string[] => [operand].flat().map(String)

function toJsonLogic(condition: Condition): RulesLogic {
  if ('not' in condition) return { '!': toJsonLogic(condition.not) }
  if ('all' in condition) return { and: condition.all.map(toJsonLogic) }
  if ('any' in condition) return { or: condition.any.map(toJsonLogic) }
  const { field, operator, operand } = parts(condition)
  const fact = { var: plainName(field) }
  if (field === 'text') return { or: words(operand).map((word) => ({ in: [foldPhrase(word) ?? '', fact] })) }
  if (field === 'flags' || field === 'skills') return { or: words(operand).map((word) => ({ in: [word, fact] })) }
  if (operator === 'anyOf') return { in: [fact, words(operand)] } as unknown as RulesLogic // its types know no list here
  const [sign] = NUMBERS[operator as keyof typeof NUMBERS]
  return { [sign]: [fact, operand] } as unknown as RulesLogic // one of its own comparisons
}

export function withJsonLogic(rules: readonly Rule[]): OtherEngine {
  const ready = rules.map(({ name, when }) => ({ name, logic: toJsonLogic(when) }))
  return (facts) => {
    const data = flat(facts)
    return ready.filter(({ logic }) => jsonLogic.apply(logic, data)).map(({ name }) => name)
  }
}

function toJsonRules(condition: Condition): NestedCondition {
  if ('not' in condition) return { not: toJsonRules(condition.not) }
  if ('all' in condition) return { all: condition.all.map(toJsonRules) }
  if ('any' in condition) return { any: condition.any.map(toJsonRules) }
  const { field, operator, operand } = parts(condition)
  const fact = plainName(field)
  const one = (name: string, value: unknown): ConditionProperties => ({ fact, operator: name, value })
  if (field === 'text') return { any: words(operand).map((word) => one('says', foldPhrase(word))) }
  if (field === 'flags' || field === 'skills') return { any: words(operand).map((word) => one('contains', word)) }
  if (operator === 'anyOf') return one('in', words(operand))
  return one(NUMBERS[operator as keyof typeof NUMBERS][1], operand)
}

export function withJsonRules(rules: readonly Rule[]): OtherEngine {
  const engine = new Engine()
  engine.addOperator<string, string>('says', (text, phrase) => text.includes(phrase))
  for (const { name, when } of rules) {
    // Safe: every rule of the bench is a group.
    engine.addRule({ conditions: toJsonRules(when) as TopLevelCondition, event: { type: name } })
  }
  return async (facts) => (await engine.run(flat(facts))).events.map(({ type }) => type)
}
