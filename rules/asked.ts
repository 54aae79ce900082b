import { type Facts, type FieldName, type FieldType, fieldOf } from './fields.ts'
import type { ListIndex } from './lists.ts'
import { foldForPatterns, seenByPatterns } from './pattern.ts'
import { type WordIndex, wordIndex } from './word-index.ts'
import { foldedWords, foldPhrase, foldTag } from './words.ts'

/**
 * One mention laid out for the comparisons of one policy, and filled again for the next, so that rules that do not
 * hold allocate nothing. Each field has a place: a number in `numbers`, NaN when unknown, which no comparison is true
 * of; anything else in `others`, null when unknown.
 */
export type Asked = {
  /** Counts mentions: what was found out in another turn is stale. */
  turn: number
  facts: Facts
  numbers: Float64Array
  others: (string | boolean | readonly string[] | null)[]
  placeOf: (name: FieldName) => number
  /** The number of a phrase of the policy; null: nothing is left of it once folded. */
  phraseOf: (word: string) => number | null
  /** Does the text say it? All phrases of the policy are looked for together, when the first is asked after. */
  says: (phrase: number) => boolean
  patternText: () => { text: string; folded: string }
  /** The lists it falls in; null: nobody knows. */
  lists: () => readonly string[] | null
  /** Whatever is to be forgotten with the mention before. */
  onLoad: (forget: () => void) => void
  load: (facts: Facts) => void
}

type Place = { name: FieldName; type: FieldType; head: string | null }

const EMPTY: readonly string[] = []
/** More than there are fields. */
const PLACES = 64

/** @param lists where to look mentions up, in place of the lists that were stored with their facts */
export function openAsked(lists: ListIndex | null = null): Asked {
  const places: Place[] = []
  const forgets: (() => void)[] = []
  const asked: Asked = {
    ...{ turn: 0, numbers: new Float64Array(PLACES), others: new Array(PLACES).fill(null) },
    // Safe: nobody asks before the first mention is loaded.
    facts: {} as Facts,
    placeOf(name) {
      const at = places.findIndex((place) => place.name === name)
      const { type, head = null } = fieldOf(name)
      return at === -1 ? places.push({ name, type, head }) - 1 : at
    },
    ...phraseSearch(() => asked),
    patternText: patternText(() => asked),
    lists: lists === null ? () => asked.facts.lists ?? null : lookUp(() => asked, lists),
    onLoad: (forget) => forgets.push(forget),
    load(facts) {
      asked.turn++
      asked.facts = facts
      for (const forget of forgets) forget()
      for (let at = 0; at < places.length; at++) fill(asked, at, places[at]!)
    },
  }
  return asked
}

function fill({ facts, numbers, others }: Asked, at: number, { name, type, head }: Place): void {
  const { unsure } = facts
  const known = head === null || !unsure?.length || !unsure.includes(head)
  // A decision stored before a field was thought of does not know it.
  const value = known ? (facts[name] ?? null) : null
  if (type === 'number') numbers[at] = typeof value === 'number' ? value : Number.NaN
  else if (Array.isArray(value)) others[at] = value.length === 0 ? EMPTY : value.map(foldTag)
  else if (typeof value === 'string' && type !== 'text') others[at] = foldTag(value)
  // Safe: numbers and lists are dealt with above.
  else others[at] = value as string | boolean | null
}

function phraseSearch(askedNow: () => Asked): Pick<Asked, 'phraseOf' | 'says'> {
  const ids = new Map<string, number>()
  let index: WordIndex | null = null
  let foundIn = new Float64Array(0)
  let searched = 0
  return {
    phraseOf(word) {
      const phrase = foldPhrase(word)
      if (phrase === null) return null
      const id = ids.get(phrase) ?? ids.size
      ids.set(phrase, id)
      return id
    },
    says(phrase) {
      const { turn, facts } = askedNow()
      if (searched !== turn) {
        searched = turn
        if (!index) {
          index = wordIndex([...ids.keys()])
          foundIn = new Float64Array(ids.size)
        }
        index(foldedWords(facts.text ?? ''), (id) => {
          foundIn[id] = turn
        })
      }
      return foundIn[phrase] === turn
    },
  }
}

function lookUp(askedNow: () => Asked, index: ListIndex): Asked['lists'] {
  let seen: { turn: number; lists: string[] } = { turn: 0, lists: [] }
  return () => {
    const { turn, facts } = askedNow()
    if (seen.turn !== turn)
      seen = { turn, lists: index({ text: facts.text ?? '', handle: facts['author.handle'] ?? null }) }
    return seen.lists
  }
}

function patternText(askedNow: () => Asked): Asked['patternText'] {
  let seen = { turn: 0, text: '', folded: '' }
  return () => {
    const { turn, facts } = askedNow()
    if (seen.turn !== turn) {
      const text = seenByPatterns(facts.text ?? '')
      seen = { turn, text, folded: foldForPatterns(text) }
    }
    return seen
  }
}
