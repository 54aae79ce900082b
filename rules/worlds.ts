import { type FieldName, fieldOf } from './fields.ts'
import { type Node, type Question, toNode } from './nodes.ts'
import type { Condition } from './operators.ts'
import { matchesEverything } from './pattern.ts'
import type { Formula, Literal } from './solve.ts'
import { foldPhrase, foldTag } from './words.ts'

/**
 * Turns conditions into formulas over what can be so of a mention. Fields are taken to be independent of each other and
 * so are words of a text, but for phrases inside phrases: that allows more mentions than there are, so that whatever is
 * found to hold of none truly holds of none.
 */
export type Worlds = { formulaOf: (condition: Condition, negated?: boolean) => Formula }

/** Counted by ourselves, so no mention has a fraction of them. */
const WHOLE_NUMBERS: readonly FieldName[] = ['clock.hour', 'cluster.size']
const TRUE: Formula = { all: [] }

/** @param conditions all that will be asked about: their values are what is told apart */
export function worldsOf(conditions: readonly Condition[]): Worlds {
  const questions = conditions.flatMap((condition) => questionsIn(toNode(condition, false)))
  const numbers = new Map<FieldName, NumberCells>()
  const tags = new Map<FieldName, Map<string, number>>()
  const phrases = new Set<string>()
  for (const { field, operator, operand } of questions) {
    const { type } = fieldOf(field)
    const words = [operand].flat().map(String)
    if (operator === 'isUnknown' || operator === 'matches' || operator === 'inList') continue
    if (type === 'tag' || type === 'handle') {
      const known = tags.get(field) ?? new Map<string, number>()
      for (const word of words) if (!known.has(foldTag(word))) known.set(foldTag(word), known.size)
      tags.set(field, known)
    } else if (type === 'text') for (const word of words) phrases.add(foldPhrase(word) ?? word)
  }
  const boundsOf = (field: FieldName) =>
    questions.filter((one) => one.field === field && one.operator !== 'isUnknown').map(({ operand }) => Number(operand))
  const numberCells = (field: FieldName) => {
    const known = numbers.get(field) ?? cellsOfNumber(field, boundsOf(field))
    numbers.set(field, known)
    return known
  }
  const ask = (question: Asked): Formula => {
    const { type } = fieldOf(question.field)
    if (question.operator === 'inList') return membership(question)
    if (type === 'number') return numberFormula(question, numberCells(question.field))
    if (type === 'tag' || type === 'handle') return tagFormula(question, tags.get(question.field) ?? new Map())
    if (type === 'boolean') return booleanFormula(question)
    return type === 'list' ? listFormula(question) : textFormula(question, phrases)
  }
  const toFormula = (node: Node): Formula => {
    if (!('group' in node)) return ask({ ...node.asks, field: node.comparison.field })
    const parts = node.children.map(toFormula)
    return node.group === 'all' ? { all: parts } : { any: parts }
  }
  return { formulaOf: (condition, negated = false) => toFormula(toNode(condition, negated)) }
}

type Asked = Question & { field: FieldName }

function questionsIn(node: Node): Asked[] {
  return 'group' in node ? node.children.flatMap(questionsIn) : [{ ...node.asks, field: node.comparison.field }]
}

/** Of two cells: the second bit says yes. */
const isSo = (variable: string, yes: boolean): Literal => ({ variable, cells: yes ? 2n : 1n, whole: 3n })
const isKnown = (field: FieldName, yes = true): Literal => isSo(`${field} is known`, yes)

function membership({ field, operand, denies }: Asked): Formula {
  return { all: [isKnown(field), isSo('the lists are known', true), isSo(`list ${operand}`, !denies)] }
}

/** A range of a number without one of the bounds that conditions name, or one of these; the first cell is “unknown”. */
type NumberCells = { whole: bigint; holding: (holds: (value: number) => boolean) => bigint }

/** Every cell by a number inside it: whether a comparison holds of one holds of all numbers of its cell. */
function cellsOfNumber(field: FieldName, bounds: readonly number[]): NumberCells {
  const { range } = fieldOf(field) as { range: readonly [number, number] } // only numbers are asked for
  const [low, high] = range
  const points = [...new Set([low, ...bounds, high])].sort((a, b) => a - b)
  const isWhole = WHOLE_NUMBERS.includes(field)
  const inside = points.flatMap((point, at) => {
    const next = points[at + 1]
    if (next === undefined) return [point]
    const between = isWhole ? Math.floor(point) + 1 : (point + next) / 2
    return between < next ? [point, between] : [point]
  })
  const values = inside.filter((value) => !isWhole || Number.isInteger(value))
  const bit = (at: number) => 1n << BigInt(at + 1)
  return {
    whole: (1n << BigInt(values.length + 1)) - 1n,
    holding: (holds) => values.reduce((cells, value, at) => (holds(value) ? cells | bit(at) : cells), 0n),
  }
}

function numberFormula({ field, operator, operand, denies }: Asked, { whole, holding }: NumberCells): Formula {
  const bound = Number(operand)
  const literal = (cells: bigint): Literal => ({ variable: field, cells, whole })
  if (operator === 'isUnknown') return literal((operand === true) !== denies ? 1n : whole & ~1n)
  const tests: Partial<Record<typeof operator, (value: number) => boolean>> = {
    above: (value) => value > bound,
    atLeast: (value) => value >= bound,
    below: (value) => value < bound,
    atMost: (value) => value <= bound,
    is: (value) => (value === bound) !== denies,
  }
  return literal(holding(tests[operator] ?? (() => true)))
}

/** Cells: unknown, any value that no condition names, and each that one does. */
function tagFormula({ field, operator, operand, denies }: Asked, named: ReadonlyMap<string, number>): Formula {
  const field_ = fieldOf(field)
  const closed = 'values' in field_ ? field_.values : undefined
  const others = closed ? closed.some((value) => !named.has(foldTag(value))) : true
  const all = (1n << BigInt(named.size + 2)) - 1n
  const whole = others ? all : all & ~2n
  const known = whole & ~1n
  if (operator === 'isUnknown') return { variable: field, cells: (operand === true) !== denies ? 1n : known, whole }
  const wanted = [operand].flat().reduce<bigint>((cells, value) => {
    const at = named.get(foldTag(String(value)))
    return at === undefined ? cells : cells | (1n << BigInt(at + 2))
  }, 0n)
  return { variable: field, cells: denies ? known & ~wanted : wanted, whole }
}

function booleanFormula({ field, operator, operand, denies }: Asked): Formula {
  const wanted = (operand === true) !== denies
  const cells = operator === 'isUnknown' ? (wanted ? 1n : 6n) : wanted ? 4n : 2n
  return { variable: field, cells, whole: 7n }
}

function listFormula({ field, operator, operand, denies }: Asked): Formula {
  if (operator === 'isUnknown') return isKnown(field, (operand === true) === denies)
  const parts = [operand].flat().map((value) => isSo(`${field} has ${foldTag(String(value))}`, !denies))
  return { all: [isKnown(field), denies ? { all: parts } : { any: parts }] }
}

function textFormula({ field, operator, operand, denies }: Asked, phrases: ReadonlySet<string>): Formula {
  if (operator === 'isUnknown') return isKnown(field, (operand === true) === denies)
  if (operator === 'matches') {
    const literal = isSo(`${field} matches ${operand}`, !denies)
    const always = matchesEverything(String(operand))
    return { all: [isKnown(field), always ? (denies ? { any: [] } : TRUE) : literal] }
  }
  const parts = [operand].flat().map((word): Formula => {
    const phrase = foldPhrase(String(word))
    if (phrase === null) return denies ? TRUE : { any: [] }
    // Who says “refund now” says “refund”; who does not say “refund” does not say “refund now”.
    const along = [...phrases].filter((other) => (denies ? other.includes(phrase) : phrase.includes(other)))
    return { all: [phrase, ...along].map((one) => isSo(`${field} says ${one}`, !denies)) }
  })
  return { all: [isKnown(field), denies ? { all: parts } : { any: parts }] }
}
