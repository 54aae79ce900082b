import { type FieldName, fieldOf } from './fields.ts'
import { type Comparison, type Condition, type Operand, type Operator, parts } from './operators.ts'
import type { Action } from './shape.ts'

/** How each operator on a number is said, and how its contrary is. */
const NUMBER_WORDS: Partial<Record<Operator, readonly [string, string]>> = {
  is: ['just', 'not'],
  isNot: ['not', 'just'],
  above: ['above', 'at most'],
  atLeast: ['at least', 'below'],
  below: ['below', 'at least'],
  atMost: ['at most', 'above'],
}

const DENIES: readonly Operator[] = ['isNot', 'noneOf', 'notInList']

/** Said of what held as of what is asked: there is no fact to add. */
const WHOLE: readonly Operator[] = ['isUnknown', 'matches', 'inList', 'notInList']

/** A condition as a sentence before anybody has asked it: what the rules page shows. */
export function sayCondition(condition: Condition): string {
  const said = sayTree(condition, false)
  return said.startsWith('(') ? said.slice(1, -1) : said
}

function sayTree(condition: Condition, negated: boolean): string {
  if ('not' in condition) return sayTree(condition.not, !negated)
  const group = 'all' in condition ? condition.all : 'any' in condition ? condition.any : null
  if (!group) return sayAsked(condition as Comparison, negated)
  const joined = group.map((child) => sayTree(child, negated))
  // De Morgan: what denies “all” is any of the denials.
  const word = 'all' in condition !== negated ? ' and ' : ' or '
  return joined.length === 1 ? joined.join() : `(${joined.join(word)})`
}

function sayAsked(comparison: Comparison, negated: boolean): string {
  const { field: name, operator, operand } = parts(comparison)
  const field = fieldOf(name)
  if (operator === 'isUnknown') return `${field.words} is ${(operand === true) === negated ? 'known' : 'unknown'}`
  const deny = DENIES.includes(operator) !== negated
  if (field.type === 'boolean') return operand === !negated ? field.words : field.unless
  if (field.type === 'number') return `${field.words} is ${numberWord(operator, negated)} ${operand}`
  if (operator === 'inList' || operator === 'notInList') {
    if (field.type === 'text') return `${field.words} has ${deny ? 'no word' : 'a word'} of the list ${operand}`
    return `${field.words} is ${deny ? 'not ' : ''}on the list ${operand}`
  }
  if (operator === 'matches') return `${field.words} ${deny ? 'does not match' : 'matches'} the pattern ${operand}`
  if (field.type === 'text') return `${field.words} ${deny ? 'does not say' : 'says'} ${listed(operand, quote)}`
  if (field.type === 'list') return `${field.words} ${deny ? 'do not include' : 'include'} ${listed(operand)}`
  return `${field.words} is ${deny ? 'not ' : ''}${listed(operand)}`
}

/**
 * A comparison that held, with the fact that made it hold: “anger is 0.82, at least 0.6”. `found` are those of the
 * operand's words that were found, empty when the point is that none was.
 */
export function sayHeld(
  comparison: Comparison,
  negated: boolean,
  value: string | number | boolean | readonly string[] | null,
  found: readonly string[],
): string {
  const { field: name, operator, operand } = parts(comparison)
  const field = fieldOf(name)
  if (WHOLE.includes(operator) || field.type === 'boolean' || value === null) return sayAsked(comparison, negated)
  if (field.type === 'number')
    return `${field.words} is ${rounded(Number(value), Number(operand))}, ${numberWord(operator, negated)} ${operand}`
  if (field.type === 'text' || field.type === 'list')
    return sayAsked(found.length > 0 ? narrowed(name, operator, found) : comparison, negated)
  return `${field.words} is ${value}${found.length > 0 ? '' : `, not ${listed(operand)}`}`
}

/** An action as a sentence: what the rules page shows. */
export function sayAction(action: Action): string {
  const { escalate, community, triage, ignore, tag, priority, notify } = action
  return [
    tag && `tag ${tag.join(', ')}`,
    priority && `priority at least ${priority}`,
    notify && `tell ${notify.join(', ')}`,
    escalate && `to the ${escalate.team} team${escalate.priority ? `, ${escalate.priority}` : ''}`,
    community && `to the community${community.minimumRank ? `, rank ${community.minimumRank} and above` : ''}`,
    triage && 'to a person who decides',
    ignore && `ignored: ${ignore.reason}`,
  ]
    .filter(Boolean)
    .join('; ')
}

/** The same question about only the words that were found. */
function narrowed(field: FieldName, operator: Operator, found: readonly string[]): Comparison {
  // Safe: the operand keeps its type, a word for `contains` and a list for the others.
  return { field, [operator]: operator === 'contains' ? found[0] : found } as unknown as Comparison
}

const numberWord = (operator: Operator, negated: boolean): string =>
  NUMBER_WORDS[operator]?.[negated ? 1 : 0] ?? operator

const quote = (word: string): string => `“${word}”`

function listed(operand: Operand, dress: (word: string) => string = String): string {
  const words = [operand].flat().map((word) => dress(String(word)))
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words.join()
}

/** Two decimals, or as many as it takes not to look equal to the number it was compared with. */
function rounded(value: number, other: number): string {
  const short = Math.round(value * 100) / 100
  return String(short === other && value !== other ? Number(value.toPrecision(6)) : short)
}
