import { FIELD_NAMES, type FieldName, fieldOf, isFieldName } from './fields.ts'
import { LIMITS } from './limits.ts'
import type { ListKind } from './lists.ts'
import { nearest } from './nearest.ts'
import { operatorsOf } from './operators.ts'
import { isPattern, readPattern } from './pattern.ts'
import { foldPhrase, foldTag } from './words.ts'

/** Something wrong with a policy: where, and one sentence for the person who wrote it. */
export type Fault = { path: readonly PropertyKey[]; says: string }

/** What a brand knows and the language does not: names outside these lists are refused as misspelt. */
export type Known = {
  values?: Partial<Record<FieldName, readonly string[]>>
  teams?: readonly string[]
  /** Skills that members may be asked for. */
  skills?: readonly string[]
  /** The ladder of ranks, lowest first. */
  ranks?: readonly string[]
  lists?: readonly { name: string; kind: ListKind }[]
}

/** What the patterns of a policy have taken so far; all together they may not make a mention wait. */
export type Spent = { patterns: number; steps: number }

const GROUPS = ['all', 'any', 'not'] as const

/**
 * The faults of one condition tree, none when it may be compiled. Walks at most `LIMITS.depth` levels and stops
 * counting past `LIMITS.comparisonsPerRule`, so a hostile tree costs no more than an honest one.
 */
export function faultsOf(condition: unknown, known: Known = {}, spent: Spent = { patterns: 0, steps: 0 }): Fault[] {
  const faults: Fault[] = []
  let comparisons = 0
  const walk = (node: unknown, path: PropertyKey[], depth: number): void => {
    if (comparisons > LIMITS.comparisonsPerRule) return
    if (depth > LIMITS.depth) {
      faults.push({ path, says: `This is nested deeper than ${LIMITS.depth} levels; split it into several rules.` })
      return
    }
    if (!isMap(node)) {
      faults.push({ path, says: `A condition is all, any, not, or a field with a comparison; this is ${named(node)}.` })
      return
    }
    const group = GROUPS.find((name) => Object.hasOwn(node, name))
    if (!group) {
      comparisons++
      if (comparisons > LIMITS.comparisonsPerRule)
        faults.push({ path, says: `A rule holds at most ${LIMITS.comparisonsPerRule} comparisons; split it into two.` })
      else faults.push(...comparisonFaults(node, path, known, spent))
      return
    }
    const strange = Object.keys(node).find((key) => key !== group)
    if (strange !== undefined)
      faults.push({ path: [...path, strange], says: `“${clip(strange)}” cannot stand beside ${group}; put it inside.` })
    const children = node[group]
    if (group === 'not') walk(children, [...path, 'not'], depth + 1)
    else if (!Array.isArray(children) || children.length === 0)
      faults.push({ path: [...path, group], says: `${group} takes a list with at least one condition.` })
    else for (const [at, child] of children.entries()) walk(child, [...path, group, at], depth + 1)
  }
  walk(condition, [], 1)
  return faults
}

function comparisonFaults(node: Record<string, unknown>, path: PropertyKey[], known: Known, spent: Spent): Fault[] {
  const name = node.field
  if (name === undefined) {
    const meant = GROUPS.find((group) => Object.keys(node).some((key) => nearest(key, [group])))
    return [
      { path, says: `A comparison names its field, as in “field: anger”.${meant ? ` Did you mean ${meant}?` : ''}` },
    ]
  }
  if (typeof name !== 'string' || !isFieldName(name))
    return [{ path: [...path, 'field'], says: `There is no field ${quoted(name)}.${didYouMean(name, FIELD_NAMES)}` }]
  const shapes = operatorsOf(name)
  const asked = Object.keys(node).filter((key) => key !== 'field')
  const strange = asked.find((key) => !Object.hasOwn(shapes, key))
  const offered = Object.keys(shapes)
  if (strange !== undefined) {
    const hint = didYouMean(strange, offered) || ` It takes ${offered.join(', ')}.`
    return [{ path: [...path, strange], says: `“${clip(strange)}” cannot be asked of ${name}.${hint}` }]
  }
  const [operator] = asked
  const shape = operator === undefined ? undefined : shapes[operator]
  if (operator === undefined || !shape || asked.length > 1)
    return [
      { path, says: `${name} takes exactly one of ${offered.join(', ')}; this has ${asked.join(' and ') || 'none'}.` },
    ]
  const read = shape.safeParse(node[operator])
  const at = [...path, operator]
  if (!read.success) return [{ path: at, says: `${operator} of ${name} ${wanted(operator, node[operator], name)}` }]
  if (operator === 'isUnknown') return []
  if (operator === 'matches') return patternFaults(String(read.data), at, spent)
  if (operator === 'inList' || operator === 'notInList') return listFaults(name, String(read.data), at, known)
  return [read.data].flat().flatMap((value) => valueFaults(name, value, at, known))
}

function patternFaults(source: string, path: PropertyKey[], spent: Spent): Fault[] {
  const { patternsOfPolicy, patternSizeOfPolicy } = LIMITS
  if (++spent.patterns > patternsOfPolicy)
    return [{ path, says: `A policy has at most ${patternsOfPolicy} patterns; this is one more.` }]
  // Past the limit nothing more is compiled: the fault has been told.
  if (spent.steps > patternSizeOfPolicy) return []
  const pattern = readPattern(source)
  spent.steps += isPattern(pattern) ? pattern.size : LIMITS.patternSize / 4
  if (!isPattern(pattern)) return [{ path, says: `At character ${pattern.at} of the pattern: ${pattern.says}` }]
  if (spent.steps <= patternSizeOfPolicy) return []
  const says = `With this pattern those of the policy take ${spent.steps} steps of at most ${patternSizeOfPolicy}.`
  return [{ path, says }]
}

/** Words are looked for in the text, handles are those of authors: a list of the other kind would never hold. */
function listFaults(field: FieldName, name: string, path: PropertyKey[], { lists }: Known): Fault[] {
  if (!lists) return []
  const list = lists.find((one) => one.name === name)
  const names = lists.map((one) => one.name)
  if (!list) {
    const hint =
      didYouMean(name, names) || (names.length > 0 ? ` There are ${names.join(', ')}.` : ' There are none yet.')
    return [{ path, says: `There is no list ${quoted(name)}.${hint}` }]
  }
  const wants: ListKind = field === 'text' ? 'words' : 'handles'
  if (list.kind === wants) return []
  return [{ path, says: `${quoted(name)} is a list of ${list.kind}; ${field} is looked up in a list of ${wants}.` }]
}

function valueFaults(name: FieldName, value: unknown, path: PropertyKey[], known: Known): Fault[] {
  const field = fieldOf(name)
  if (field.type === 'number' && typeof value === 'number') {
    const [low, high] = field.range
    if (value >= low && value <= high) return []
    return [
      {
        path,
        says: `${name} runs from ${low} to ${high === Number.MAX_SAFE_INTEGER ? 'any count' : high}, so ${value} says nothing.`,
      },
    ]
  }
  if (typeof value !== 'string') return []
  if (field.type === 'text')
    return foldPhrase(value) === null
      ? [{ path, says: `${quoted(value)} holds no letters or digits to look for.` }]
      : []
  if (field.type !== 'tag' && field.type !== 'list') return []
  const values = known.values?.[name] ?? field.values
  if (values && !values.some((one) => foldTag(one) === foldTag(value)))
    return [
      {
        path,
        says: `${name} is never ${quoted(value)}.${hintOf(value, values)}`,
      },
    ]
  if (name === 'language' && !/^[a-z]{2,3}$/i.test(value))
    return [{ path, says: `Languages are compared by their first subtag: write ${quoted(value.split('-')[0])}.` }]
  return []
}

function wanted(operator: string, value: unknown, name: FieldName): string {
  const listed = operator === 'anyOf' || operator === 'noneOf' || operator === 'matchesWords'
  const type = fieldOf(name).type
  const shape =
    operator === 'matches'
      ? `is a pattern of 1 to ${LIMITS.patternCharacters} characters`
      : listed
        ? `is a list of 1 to ${LIMITS.listedValues} words`
        : operator === 'isUnknown' || type === 'boolean'
          ? 'is true or false'
          : type === 'number'
            ? 'is a number'
            : `is a word or phrase of 1 to ${LIMITS.valueCharacters} characters`
  return `${shape}; this is ${named(value)}.`
}

function hintOf(value: string, values: readonly string[]): string {
  if (values.length === 0) return ' The brand has none yet.'
  return didYouMean(value, values) || ` It is one of ${values.join(', ')}.`
}

/** `Did you mean …?` with a space before it, or nothing. */
export function didYouMean(name: unknown, known: readonly string[]): string {
  const best = typeof name === 'string' ? nearest(name, known) : null
  return best === null ? '' : ` Did you mean ${best}?`
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const quoted = (value: unknown): string => (typeof value === 'string' ? `“${clip(value)}”` : named(value))

/** A value as a sentence names it, never longer than a line. */
export function named(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a map'
  return typeof value === 'string' ? (value === '' ? 'empty' : `the text “${clip(value)}”`) : `the value ${value}`
}
