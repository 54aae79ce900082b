import { likenesses, termsOf } from '../../rules/likeness.ts'
import { foldPhrase, foldText } from '../../rules/words.ts'

/** What a brand, and the author's own last replies, say of an answer. */
export type Against = {
  /** Words that no answer may hold. */
  banned: readonly string[]
  /** Advice that may do harm, such as a factory reset. */
  risky: readonly string[]
  /** What its author wrote last to other people. */
  lastWords: readonly string[]
}

export type Finding = {
  about: 'banned-words' | 'personal-data' | 'risky-advice' | 'repeated'
  /** `refusal`: it cannot be sent so; `approval`: a reader sees it first; `warning`: it goes. */
  weight: 'refusal' | 'approval' | 'warning'
  /** A sentence for its author. */
  says: string
}

/** From so much in common, 0–1, an answer repeats another; texts of fewer words than this are alike by nature. */
const REPEATED = 0.8
const FEW_WORDS = 6
/** A link that says it is one: the halves of `pat.lee@mail.example` lead nowhere. */
const SOURCE = /https?:\/\/\S/i

/**
 * Checks of an answer's words before it is sent (F5); docs/replies.md has them as a table. What sends a member's answer
 * to a reader only warns staff, who are readers themselves.
 * @param mask blanks personal data
 * @param alts what its pictures show: people read that as well
 */
export function findingsIn(
  words: string,
  against: Against,
  byStaff: boolean,
  mask: (text: string) => string,
  alts: readonly string[] = [],
): Finding[] {
  const all = [words, ...alts]
  const findings: Finding[] = []
  const first = byStaff ? '' : ' A reader sees it first.'
  const weight = byStaff ? 'warning' : 'approval'
  const banned = firstOf(against.banned, all)
  if (banned !== null)
    findings.push({
      about: 'banned-words',
      weight: 'refusal',
      says: `“${banned}” may not stand in an answer; say it otherwise.`,
    })
  if (all.some((each) => mask(each) !== each))
    findings.push({
      about: 'personal-data',
      weight,
      says: `This seems to hold personal data, and everybody can read it.${first}`,
    })
  const risky = firstOf(against.risky, all)
  if (risky !== null && !SOURCE.test(words))
    findings.push({
      about: 'risky-advice',
      weight,
      says: `“${risky}” may do harm: link to where it is explained.${byStaff ? '' : ' Without a link a reader sees it first.'}`,
    })
  if (repeats(words, against.lastWords))
    findings.push({
      about: 'repeated',
      weight: 'warning',
      says: 'You wrote nearly the same to somebody else. Networks take that for spam; speak to this person.',
    })
  return findings
}

/** The first of the phrases that stands in one of the texts, as its list has it. */
function firstOf(phrases: readonly string[], texts: readonly string[]): string | null {
  if (phrases.length === 0) return null
  const folded = texts.map(foldText)
  const found = phrases.find((phrase) => {
    const fold = foldPhrase(phrase)
    return fold !== null && folded.some((text) => text.includes(fold))
  })
  return found ?? null
}

function repeats(words: string, lastWords: readonly string[]): boolean {
  if (lastWords.length === 0 || termsOf(words).size < FEW_WORDS) return false
  return likenesses(words, lastWords).some((likeness) => likeness >= REPEATED)
}
