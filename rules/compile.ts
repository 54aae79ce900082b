import type { Asked } from './asked.ts'
import { fieldOf } from './fields.ts'
import { type Node, type Question, toNode } from './nodes.ts'
import { type Comparison, type Condition, type Operand, type Operator, parts } from './operators.ts'
import { isPattern, readPattern } from './pattern.ts'
import { sayHeld } from './say.ts'
import { foldTag } from './words.ts'

/** Does it hold of the mention that is loaded? */
type Test = () => boolean

/** A condition made ready: does it hold, and which of its comparisons, in words, made it hold? */
export type Compiled = { holds: Test; grounds: () => string[] }

/** How many comparisons were written, and how many different ones are asked. */
export type Sharing = { written: number; distinct: number }

/** What was answered in this turn, by the number of the question; typed, because nearly all time is spent reading it. */
const ANSWER = { none: 0, no: 1, yes: 2 } as const

/**
 * Makes conditions of one policy ready together: what several of them ask, comparisons and groups alike, is asked once
 * a mention.
 *
 * `not` is pushed down to the comparisons (De Morgan), each of which holds only of a known value: so whatever
 * depends on an unknown does not hold, negated or not (Kleene's strong logic, read as “is true”).
 */
export function compileConditions(
  conditions: readonly Condition[],
  asked: Asked,
): { compiled: Compiled[]; sharing: Sharing } {
  const nodes = conditions.map((condition) => toNode(condition, false))
  const numbers = new Map<string, number>()
  for (const node of nodes) number(node, numbers)
  const answers = new Uint8Array(numbers.size)
  asked.onLoad(() => answers.fill(ANSWER.none))
  const tests: Test[] = []
  const costs: number[] = []
  const sharing = { written: 0, distinct: 0 }

  function holds(id: number): boolean {
    const known = answers[id]
    if (known !== ANSWER.none) return known === ANSWER.yes
    const held = tests[id]!() // every number has been given a test
    answers[id] = held ? ANSWER.yes : ANSWER.no
    return held
  }

  /** Asks the cheapest first, which changes no answer: words in a text are looked for last. */
  function groupTest(group: 'all' | 'any', children: readonly Node[]): { test: Test; cost: number } {
    const ids = children.map(({ key }) => numbers.get(key)!) // all were numbered
    const cost = ids.reduce((sum, id) => sum + costs[id]!, 0)
    const cheapFirst = Uint16Array.from(ids.sort((a, b) => costs[a]! - costs[b]!))
    const settles = group === 'any'
    const test = () => {
      for (let at = 0; at < cheapFirst.length; at++) if (holds(cheapFirst[at]!) === settles) return settles
      return !settles
    }
    return { test, cost }
  }

  function build(node: Node): Compiled {
    const id = numbers.get(node.key)! // all were numbered
    const children = 'group' in node ? node.children.map(build) : []
    if (!('group' in node)) sharing.written++
    if (!tests[id]) {
      const { test, cost } =
        'group' in node ? groupTest(node.group, node.children) : questionTest(node.comparison, node.asks, asked)
      tests[id] = test
      costs[id] = cost
      if (!('group' in node)) sharing.distinct++
    }
    const own = () => holds(id)
    if ('group' in node) return { holds: own, grounds: groupGrounds(node.group, children) }
    const found = searchOf(node.comparison, asked)
    const value = () => asked.facts[node.comparison.field] ?? null
    return { holds: own, grounds: () => [sayHeld(node.comparison, node.negated, value(), found())] }
  }
  return { compiled: nodes.map(build), sharing }
}

/** Equal keys get one number. */
function number(node: Node, numbers: Map<string, number>): void {
  if (!numbers.has(node.key)) numbers.set(node.key, numbers.size)
  if ('group' in node) for (const child of node.children) number(child, numbers)
}

const groupGrounds = (group: 'all' | 'any', children: readonly Compiled[]) => (): string[] =>
  children.filter((child) => group === 'all' || child.holds()).flatMap((child) => child.grounds())

function questionTest(
  { field: name }: Comparison,
  { operator, operand, denies }: Question,
  asked: Asked,
): { test: Test; cost: number } {
  const { type } = fieldOf(name)
  const at = asked.placeOf(name)
  const { numbers, others } = asked
  if (type === 'number') {
    if (operator !== 'isUnknown') return { cost: 1, test: numberTest(numbers, at, operator, Number(operand), denies) }
    const unknown = (operand === true) !== denies
    return { cost: 1, test: () => Number.isNaN(numbers[at]!) === unknown }
  }
  if (operator === 'isUnknown') {
    const unknown = (operand === true) !== denies
    return { cost: 1, test: () => (others[at] === null) === unknown }
  }
  if (type === 'boolean') {
    const wanted = (operand === true) !== denies
    return { cost: 1, test: () => others[at] === wanted }
  }
  if (operator === 'inList')
    return {
      cost: 2,
      test: () => {
        const lists = others[at] === null ? null : asked.lists()
        return lists !== null && lists.includes(String(operand)) !== denies
      },
    }
  const { test, cost } = wordsTest(type, operator, operand, at, asked)
  return { cost, test: () => others[at] !== null && test() !== denies }
}

/** Whatever asks for words, of a value that is known. */
function wordsTest(
  type: string,
  operator: Operator,
  operand: Operand,
  at: number,
  asked: Asked,
): { test: Test; cost: number } {
  const { others } = asked
  if (operator === 'matches') {
    const pattern = readPattern(String(operand))
    if (!isPattern(pattern)) throw new Error(`An unchecked pattern: ${pattern.says}`)
    const test = () => {
      const { text, folded } = asked.patternText()
      return pattern.test(text, folded)
    }
    return { cost: 50 + pattern.size, test }
  }
  const words = [operand].flat().map(String)
  if (type === 'text') {
    const phrases = words.flatMap((word) => asked.phraseOf(word) ?? [])
    return { cost: 10 + words.length, test: () => phrases.some(asked.says) }
  }
  const wanted = new Set(words.map(foldTag))
  const [only = ''] = wanted
  if (type === 'list')
    // Safe: a list field holds a list.
    return { cost: 2, test: () => (others[at] as readonly string[]).some((value) => wanted.has(value)) }
  return { cost: 1.5, test: wanted.size === 1 ? () => others[at] === only : () => wanted.has(others[at] as string) }
}

function numberTest(numbers: Float64Array, at: number, operator: Operator, bound: number, denies: boolean): Test {
  switch (operator) {
    case 'above':
      return () => numbers[at]! > bound
    case 'atLeast':
      return () => numbers[at]! >= bound
    case 'below':
      return () => numbers[at]! < bound
    case 'atMost':
      return () => numbers[at]! <= bound
    case 'is':
      // Both sides of `<>` are false of an unknown number.
      return denies ? () => numbers[at]! < bound || numbers[at]! > bound : () => numbers[at]! === bound
    default:
      throw new Error(`The operator ${operator} does not compare numbers`)
  }
}

/** Which of the operand's words were found, as they were written. */
function searchOf(comparison: Comparison, asked: Asked): () => string[] {
  const { field: name, operator, operand } = parts(comparison)
  const { type } = fieldOf(name)
  if (type === 'number' || type === 'boolean' || !Array.isArray([operand].flat()) || LISTED.includes(operator))
    return () => []
  const words = [operand].flat().map(String)
  if (type === 'text')
    return () =>
      words.filter((word) => {
        const phrase = asked.phraseOf(word)
        return phrase !== null && asked.says(phrase)
      })
  const at = asked.placeOf(name)
  return () => {
    const values = [asked.others[at] ?? []].flat().map(String)
    return words.filter((word) => values.includes(foldTag(word)))
  }
}

const LISTED: readonly Operator[] = ['isUnknown', 'matches', 'inList', 'notInList']
