import type { RuleWords } from '../../../../src/decide/draft/contract.ts'
import { isRawMap, type Path, type Raw, type RawMap } from './policy-text.ts'

export type FieldWords = RuleWords['fields'][number]
export const GROUPS = ['all', 'any', 'not'] as const
export type Group = (typeof GROUPS)[number]

/** A condition as it is written. `strange`: nothing the builder knows; its text can be mended. */
export type Node =
  | { kind: 'all' | 'any'; children: Raw[] }
  | { kind: 'not'; child: Raw }
  | { kind: 'asks'; field: string; operator: string; operand: Raw }
  | { kind: 'strange' }

export function nodeOf(raw: Raw): Node {
  if (!isRawMap(raw)) return { kind: 'strange' }
  const { all, any, not, field } = raw
  if (Array.isArray(all)) return { kind: 'all', children: all }
  if (Array.isArray(any)) return { kind: 'any', children: any }
  if (not !== undefined) return { kind: 'not', child: not }
  const operators = Object.keys(raw).filter((key) => key !== 'field')
  const [operator = ''] = operators
  if (typeof field !== 'string' || operators.length > 1) return { kind: 'strange' }
  return { kind: 'asks', field, operator, operand: raw[operator] }
}

/** How many levels a condition has, itself included. */
export function depthOf(raw: Raw): number {
  const node = nodeOf(raw)
  if (node.kind === 'not') return 1 + depthOf(node.child)
  if (node.kind === 'all' || node.kind === 'any') return 1 + Math.max(0, ...node.children.map(depthOf))
  return 1
}

/** Operators whose value is several words. */
export const takesWords = (operator: string): boolean => ['anyOf', 'noneOf', 'matchesWords'].includes(operator)

/** What stands beside an operator before anybody has chosen. */
function firstOperand({ type, values, least }: FieldWords, operator: string): Raw {
  if (operator === 'isUnknown' || type === 'boolean') return true
  if (type === 'number') return least === null || least < 0 ? 0 : 0.5
  if (operator === 'inList' || operator === 'notInList' || operator === 'matches') return ''
  const first = values?.[0]
  return takesWords(operator) ? (first === undefined ? [] : [first]) : (first ?? '')
}

/** The first thing to ask of a field. */
export function firstQuestion(field: FieldWords): RawMap {
  const operator = field.type === 'number' ? 'atLeast' : (field.operators[0] ?? '')
  return { field: field.name, [operator]: firstOperand(field, operator) }
}

/** The same question with another operator, with its value where that still fits. */
export function asking(field: FieldWords, from: string, operand: Raw, operator: string): RawMap {
  const fits = (one: string) =>
    one === 'isUnknown' ? 'truth' : /inlist/i.test(one) ? 'list' : one === 'matches' ? 'pattern' : takesWords(one)
  if (fits(from) === fits(operator)) return { field: field.name, [operator]: operand }
  const [word] = Array.isArray(operand) ? operand : []
  if (takesWords(operator) && typeof operand === 'string' && operand !== '')
    return { field: field.name, [operator]: [operand] }
  if (takesWords(from) && typeof word === 'string' && fits(operator) === false)
    return { field: field.name, [operator]: word }
  return { field: field.name, [operator]: firstOperand(field, operator) }
}

/** A path as the server writes it: `rules[3].when.all[0]`. */
export const written = (path: Path): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')

export type Fault = { at: string; says: string }

/** Those faults that are about what stands at a path, or within it. */
export function within(faults: readonly Fault[], path: Path): Fault[] {
  const place = written(path)
  return faults.filter(({ at }) => {
    const own = placeOf(at)
    return own === place || own.startsWith(`${place}.`) || own.startsWith(`${place}[`)
  })
}

/** The server's place without its line. */
export const placeOf = (at: string): string => at.replace(/,? ?line \d+$/, '')
