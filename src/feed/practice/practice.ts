import { lengthOf } from '../../../connectors/length.ts'
import { foldedWords } from '../../../rules/words.ts'
import { placeholdersIn } from '../../domain/placeholder.ts'
import type { PASS_REASONS } from '../contract.ts'
import type { Feedback, PRACTICE_ACTS, Practice } from './contract.ts'
import { type PracticePost, type Tongue, written } from './posts.ts'

export type Try =
  | { act: 'answer'; post: PracticePost; text: string }
  | { act: 'pass'; post: PracticePost; reason: (typeof PASS_REASONS)[number] }
  | { act: 'to-staff'; post: PracticePost }

/** What the checks before a real answer found (F5). */
export type Found = { about: 'banned-words' | 'personal-data' | 'risky-advice' | 'repeated'; says: string }

/** What each invented post is for. */
const RIGHT: Record<PracticePost, (typeof PRACTICE_ACTS)[number]> = {
  question: 'answer',
  'other-skill': 'pass',
  angry: 'to-staff',
}

/** So many words at least say where something is and how one gets there. */
const FEWEST_WORDS = 5
const LINK = /https?:\/\/\S/i

/**
 * What is to be said of a try: whether the act was the right one, and of an answer what can be told of its words by the
 * same counting and checks as before a real one. Nothing is praised that was not looked at.
 * @param found of the words of an answer
 * @returns the first is about the act
 */
export function feedbackOn(tried: Try, found: readonly Found[], limit: Practice['limit'], tongue: Tongue): Feedback[] {
  const right = RIGHT[tried.post] === tried.act
  const feedback = [say('act', right)]
  if (tried.act === 'pass' && right) feedback.push(say('reason', tried.reason === 'not-my-skill'))
  if (tried.act === 'answer' && right) feedback.push(...onWords(tried.text, found, limit, tongue))
  return feedback
}

/** Nothing was found that should be otherwise. */
export const isWell = (feedback: readonly Feedback[]): boolean => feedback.every(({ good }) => good)

function onWords(text: string, found: readonly Found[], limit: Practice['limit'], tongue: Tongue): Feedback[] {
  const left = limit.maxLength - lengthOf(text, limit.lengthUnit)
  const [place] = placeholdersIn(text)
  const { topic, asksPrivate } = written(tongue)
  const words = foldedWords(text)
  const topical = words.find((word) => topic.includes(word)) ?? (LINK.test(text) ? 'https://' : null)
  return [
    say('length', left >= 0, String(Math.abs(left))),
    say('takes-up', topical !== null, topical),
    ...(words.length < FEWEST_WORDS ? [say('few-words', false)] : []),
    ...(place ? [say('placeholder', false, place.words)] : []),
    ...(asksPrivate.test(text) ? [say('asks-private', false)] : []),
    ...found.flatMap(({ about, says }) => (about === 'repeated' ? [] : [{ ...say(about, false), says }])),
  ]
}

const say = (about: Feedback['about'], good: boolean, found: string | null = null): Feedback => ({
  ...{ about, good, found, says: null },
})
