import { openAsked } from './asked.ts'
import { compileConditions } from './compile.ts'
import { isFinal } from './evaluate.ts'
import { type Facts, type FieldName, fieldOf } from './fields.ts'
import type { ListIndex } from './lists.ts'
import { type Condition, type Operand, type Operator, parts } from './operators.ts'
import type { Policy } from './shape.ts'

/** Yes, no, or neither, because the fact it asks about is not known: neither it nor its contrary holds then. */
export type Held = 'yes' | 'no' | 'unknown'

/**
 * One line of a rule as it was written, groups before what stands in them; `depth` counts from 0. A comparison also
 * says what the fact is: null is unknown, and `unsure` that the classifier guessed it and would not vouch for it. The
 * text itself is left out.
 */
export type Clause = { depth: number; held: Held } & (
  | { kind: 'all' | 'any' | 'not' }
  | { kind: 'asks'; field: FieldName; operator: Operator; operand: Operand; value: Facts[FieldName]; unsure: boolean }
)

/** `role`: it decided, it added something on the way, it was never asked, it was asked and does not hold, or it is off. */
export type TracedRule = {
  name: string
  held: Held
  final: boolean
  role: 'decides' | 'adds' | 'not asked' | 'does not hold' | 'is off'
  clauses: Clause[]
}

/**
 * Every rule of a policy over one mention, clause by clause, those after the one that decides too. Asks with the
 * engine that decides, so that the two cannot drift apart: a clause is a condition of its own, and so is its contrary.
 */
export function traceRules(policy: Policy, facts: Facts, lists: ListIndex | null = null): TracedRule[] {
  const asked = openAsked(lists)
  const nodes = policy.rules.map(({ when }) => flat(when, 0))
  const conditions = nodes.flat().flatMap(({ condition }) => [condition, { not: condition }])
  const { compiled } = compileConditions(conditions, asked)
  asked.load(facts)
  let next = 0
  let decided = false
  return policy.rules.map(({ name, then, off }, at) => {
    const clauses = nodes[at]!.map(({ condition, depth }): Clause => {
      const [itself, contrary] = [compiled[next++]!, compiled[next++]!] // two for each clause
      return clauseOf(condition, depth, itself.holds() ? 'yes' : contrary.holds() ? 'no' : 'unknown', facts)
    })
    const held = clauses[0]!.held // a rule has a condition
    const final = isFinal(then)
    const asked = held !== 'yes' ? 'does not hold' : final ? 'decides' : 'adds'
    const role = off ? 'is off' : decided ? 'not asked' : asked
    decided ||= role === 'decides'
    return { name, held, final, role, clauses }
  })
}

type Line = { condition: Condition; depth: number }

function flat(condition: Condition, depth: number): Line[] {
  const inside =
    'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : []
  return [{ condition, depth }, ...inside.flatMap((child) => flat(child, depth + 1))]
}

function clauseOf(condition: Condition, depth: number, held: Held, facts: Facts): Clause {
  if ('all' in condition) return { kind: 'all', depth, held }
  if ('any' in condition) return { kind: 'any', depth, held }
  if ('not' in condition) return { kind: 'not', depth, held }
  const { field, operator, operand } = parts(condition)
  const { head, type } = fieldOf(field)
  const unsure = head !== undefined && (facts.unsure?.includes(head) ?? false)
  const value = type === 'text' ? null : (facts[field] ?? null)
  return { kind: 'asks', depth, held, field, operator, operand, value, unsure }
}
