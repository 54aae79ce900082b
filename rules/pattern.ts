import { RE2JS, RE2JSSyntaxException } from 're2js'
import { LIMITS } from './limits.ts'
import { requiredLiterals } from './literals.ts'
import { repeatedTwice } from './repeated.ts'

/** A pattern made ready. `size`: instructions of its program, to which the time for one text is in proportion. */
export type Pattern = {
  /** `folded` is `foldForPatterns` of the same text; looking in it for a word costs less than running the program. */
  test: (text: string, folded: string) => boolean
  size: number
}

/** A pattern that may not be used: the place in it, counted from 1, and a sentence. */
export type PatternFault = { at: number; says: string }

/**
 * Upper case first, so that the letters of other alphabets that Unicode folds to ASCII (ſ, the Kelvin sign) end as
 * ASCII letters too: a text that a pattern matches regardless of case holds the pattern's literals, folded.
 */
export const foldForPatterns = (text: string): string => text.toUpperCase().toLowerCase()

/** The part of a text that patterns see. */
export const seenByPatterns = (text: string): string => text.slice(0, LIMITS.patternTextCharacters)

const kept = new Map<string, Pattern | PatternFault>()
const KEPT = 500

/**
 * Compiles a pattern of RE2's syntax (https://github.com/google/re2/wiki/Syntax) for an engine whose time is linear in
 * the text, whatever the pattern. Case is ignored unless the pattern says `(?-i)`. Never throws: what cannot be
 * compiled comes back as a fault.
 */
export function readPattern(source: string): Pattern | PatternFault {
  const known = kept.get(source)
  if (known) return known
  if (kept.size >= KEPT) kept.clear()
  const read = compilePattern(source)
  kept.set(source, read)
  return read
}

/** Asks for nothing: it matches the empty text, and no `^`, `$` or `\\b` ties it to a place, so it matches every text. */
export function matchesEverything(source: string): boolean {
  const read = readPattern(source)
  return isPattern(read) && !/[\^$]|\\[bBAz]/.test(source) && read.test('', '')
}

export const isPattern = (read: Pattern | PatternFault): read is Pattern => 'test' in read

function compilePattern(source: string): Pattern | PatternFault {
  if (source.length > LIMITS.patternCharacters)
    return { at: LIMITS.patternCharacters, says: `A pattern has at most ${LIMITS.patternCharacters} characters.` }
  const engine = open(source)
  if (!(engine instanceof RE2JS)) return engine
  const size = engine.programSize()
  if (size > LIMITS.patternSize)
    return {
      at: 1,
      says: `This pattern takes ${size} steps of at most ${LIMITS.patternSize}; repeat fewer times or split it.`,
    }
  const twice = repeatedTwice(source)
  if (twice !== null)
    return { at: twice + 1, says: 'This repeats what repeats already, as in (a+)+; one repetition says the same.' }
  const literals = requiredLiterals(source)
  return {
    size,
    test: (text, folded) =>
      (literals === null || literals.some((literal) => folded.includes(literal))) && engine.test(text),
  }
}

/** What the engine does not offer, by what its messages call it. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^\(\?(?:[=!>]|<[=!])/, 'Looking ahead or behind and atomic groups are not offered: their time is not linear.'],
  [/^\\[1-9]/, 'A reference back to a group is not offered: its time is not linear.'],
  [/^[*+?]{2,}/, 'One repetition may not follow another; there are no possessive ones.'],
]

function open(source: string): RE2JS | PatternFault {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    const input = (error.input ?? '').replace('(?i)', '')
    const place = input === '' ? -1 : source.lastIndexOf(input)
    const reason =
      REASONS.find(([shape]) => shape.test(input))?.[1] ?? `${capital(error.error)}: ${input.slice(0, 40)}.`
    return { at: Math.max(0, place) + 1, says: reason }
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
