import { type Condition, parts } from './operators.ts'
import type { Policy } from './shape.ts'

/** The lists that a policy asks about, each with the names of the rules that do. */
export function rulesByList({ rules }: Policy): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { name, when } of rules)
    for (const list of new Set(listsIn(when))) found.set(list, [...(found.get(list) ?? []), name])
  return found
}

function listsIn(condition: Condition): string[] {
  if ('not' in condition) return listsIn(condition.not)
  if ('all' in condition || 'any' in condition)
    return ('all' in condition ? condition.all : condition.any).flatMap(listsIn)
  const { operator, operand } = parts(condition)
  return operator === 'inList' || operator === 'notInList' ? [String(operand)] : []
}
