import { type Facts, fieldOf } from '../../rules/fields.ts'
import { type Condition, parts } from '../../rules/operators.ts'
import type { Policy, Rule } from '../../rules/shape.ts'
import { OTHERWISE } from '../../rules/shape.ts'

/** The language read literally, with nothing shared, ordered or prepared: what the engine is measured against. */
const isOn = ({ off }: Rule): boolean => off !== true

export function naiveRule({ rules }: Policy, facts: Facts): string {
  const finals = rules.filter(isOn).filter(({ then }) => then.escalate || then.community || then.triage || then.ignore)
  return finals.find(({ when }) => holds(when, facts) === true)?.name ?? OTHERWISE
}

/** The tags of all rules up to the one that decides. */
export function naiveTags(policy: Policy, facts: Facts): string[] {
  const decided = naiveRule(policy, facts)
  const end = policy.rules.findIndex(({ name }) => name === decided)
  const passed = end === -1 ? policy.rules : policy.rules.slice(0, end + 1)
  const tags = passed
    .filter(isOn)
    .filter(({ when }) => holds(when, facts) === true)
    .flatMap(({ then }) => then.tag ?? [])
  return [...new Set([...tags, ...(end === -1 ? (policy.otherwise.tag ?? []) : [])])]
}

/** Kleene's three values: null is unknown. */
export function holds(condition: Condition, facts: Facts): boolean | null {
  if ('not' in condition) {
    const inner = holds(condition.not, facts)
    return inner === null ? null : !inner
  }
  if ('all' in condition) {
    const values = condition.all.map((child) => holds(child, facts))
    return values.includes(false) ? false : values.includes(null) ? null : true
  }
  if ('any' in condition) {
    const values = condition.any.map((child) => holds(child, facts))
    return values.includes(true) ? true : values.includes(null) ? null : false
  }
  const { field, operator, operand } = parts(condition)
  const { head } = fieldOf(field)
  const value = head && facts.unsure?.includes(head) ? null : facts[field]
  if (operator === 'isUnknown') return (value === null) === operand
  if (value === null) return null
  const given = [value].flat().map((one) => String(one).toLowerCase())
  const wanted = [operand].flat().map((one) => String(one).toLowerCase())
  switch (operator) {
    case 'inList':
    case 'notInList':
      if (!facts.lists) return null
      return facts.lists.includes(String(operand)) === (operator === 'inList')
    case 'matches':
      return new RegExp(String(operand), 'iu').test(String(value))
    case 'matchesWords':
      return wanted.some((phrase) => says(String(value), phrase))
    case 'contains':
      return field === 'text' ? says(String(value), wanted.join()) : given.includes(wanted.join())
    case 'anyOf':
      return wanted.some((one) => given.includes(one))
    case 'noneOf':
      return !wanted.some((one) => given.includes(one))
    default:
      return compared(operator, value, operand)
  }
}

function compared(operator: string, value: unknown, operand: unknown): boolean {
  const [left, right] = [value, operand].map((one) => (typeof one === 'string' ? one.toLowerCase() : one))
  if (operator === 'is') return left === right
  if (operator === 'isNot') return left !== right
  const [a, b] = [Number(left), Number(right)]
  return operator === 'above' ? a > b : operator === 'atLeast' ? a >= b : operator === 'below' ? a < b : a <= b
}

/** Words one after another; the last may have any ending where a star says so, and Han stands anywhere. */
function says(text: string, phrase: string): boolean {
  const split = (from: string) =>
    from
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}\p{M}]+/u)
      .filter(Boolean)
  const [words, asked] = [split(text), split(phrase)]
  if (/\p{Script=Han}/u.test(phrase)) return text.includes(phrase)
  const isLast = (at: number) => at === asked.length - 1 && phrase.endsWith('*')
  return words.some((_, from) =>
    asked.every((word, at) => (isLast(at) ? words[from + at]?.startsWith(word) : words[from + at] === word)),
  )
}
