import { type Comparison, type Condition, type Operand, type Operator, parts } from './operators.ts'

/** A tree in which `not` stands at the comparisons only; equal keys mean equal answers. */
export type Node = { key: string } & (
  | { group: 'all' | 'any'; children: Node[] }
  | { comparison: Comparison; negated: boolean; asks: Question }
)

/** A comparison in its plainest form: `denies` when it holds of what is not so. */
export type Question = { operator: Operator; operand: Operand; denies: boolean }

/** Pushes `not` down to the comparisons (De Morgan). */
export function toNode(condition: Condition, negated: boolean): Node {
  if ('not' in condition) return toNode(condition.not, !negated)
  if (!('all' in condition) && !('any' in condition)) {
    const asks = plainest(condition, negated)
    const { operator, operand, denies } = asks
    return { comparison: condition, negated, asks, key: JSON.stringify([condition.field, operator, operand, denies]) }
  }
  const children = ('all' in condition ? condition.all : condition.any).map((child) => toNode(child, negated))
  const group = 'all' in condition !== negated ? 'all' : 'any'
  return { group, children, key: `${group}[${children.map(({ key }) => key).join()}]` }
}

const CONTRARY: Partial<Record<Operator, Operator>> = {
  ...{ above: 'atMost', atMost: 'above', below: 'atLeast', atLeast: 'below' },
}
const DENIED: Partial<Record<Operator, Operator>> = { isNot: 'is', noneOf: 'anyOf', notInList: 'inList' }

function plainest(comparison: Comparison, negated: boolean): Question {
  const { operator: written, operand } = parts(comparison)
  const contrary = CONTRARY[written]
  if (contrary) return { operator: negated ? contrary : written, operand, denies: false }
  const denied = DENIED[written]
  return { operator: denied ?? written, operand, denies: (denied !== undefined) !== negated }
}
