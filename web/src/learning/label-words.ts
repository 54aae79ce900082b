import type { Correction } from '../../../src/classify/contract.ts'
import { headWord, INTENT_WORDS, languageWord, MOODS } from '../ui/words.ts'
import { t } from './t.ts'

/** The three steps in which people say how much; what the model gets is the number. */
export const LEVELS = { low: 0.1, middle: 0.5, high: 0.9 } as const
export type Level = keyof typeof LEVELS

type Labels = Correction['labels']

const levelWord = (value: number): string =>
  t(value < 0.34 ? 'learning.isLow' : value < 0.67 ? 'learning.isMiddle' : 'learning.isHigh')
const yesOrNo = (value: number): string => t(value >= 0.5 ? 'learning.isSo' : 'learning.isNotSo')

/** One label in words: ["Mood", "Neutral"], ["Needs an employee", "yes"], ["Anger", "high"]. */
export function labelWords(label: string, value: string | number | null): [name: string, value: string] {
  const name = headWord(label)
  if (value === null) return [name, t('learning.none')]
  if (typeof value === 'number') return [name, label.startsWith('needs') ? yesOrNo(value) : levelWord(value)]
  if (label === 'sentiment') return [name, t(MOODS[value as keyof typeof MOODS].label)] // the contract's own labels
  if (label === 'intent') return [name, t(INTENT_WORDS[value as keyof typeof INTENT_WORDS].label)]
  return [name, label === 'language' ? languageWord(value) : value]
}

/** "Mood: Neutral (was Positive), Anger: high"; a guess that reads the same is not repeated. */
export function correctionWords(labels: Labels, guessed: Labels | null): string {
  return Object.entries(labels)
    .flatMap(([label, value]) => {
      if (value === undefined) return []
      const [name, said] = labelWords(label, value)
      const guess = guessed?.[label as keyof Labels]
      const was = guess === undefined ? said : labelWords(label, guess)[1]
      return `${name}: ${said}${was === said ? '' : ` ${t('learning.was', { was })}`}`
    })
    .join(', ')
}
