import type { Intent, Sentiment } from '../../../src/domain/classification.ts'
import type { Priority, Role, Voice } from '../../../src/domain/roles.ts'
import type { IconName } from './icon-paths.ts'

type Shown = { label: string; icon: IconName; colour: string }

export const MOODS: Record<Sentiment, Shown> = {
  negative: { label: 'Negative', icon: 'negative', colour: 'red' },
  neutral: { label: 'Neutral', icon: 'neutral', colour: 'gray' },
  positive: { label: 'Positive', icon: 'positive', colour: 'green' },
}

export const INTENT_WORDS: Record<Intent, Shown> = {
  question: { label: 'Question', icon: 'question', colour: 'blue' },
  problem: { label: 'Problem', icon: 'problem', colour: 'orange' },
  idea: { label: 'Idea', icon: 'idea', colour: 'yellow' },
  praise: { label: 'Praise', icon: 'praise', colour: 'teal' },
  other: { label: 'Other', icon: 'other', colour: 'gray' },
}

export const PRIORITY_WORDS: Record<Priority, { label: string; colour: string }> = {
  low: { label: 'Low', colour: 'gray' },
  normal: { label: 'Normal', colour: 'blue' },
  high: { label: 'High', colour: 'orange' },
  urgent: { label: 'Urgent', colour: 'red' },
}

export const ROLE_WORDS: Record<Role, string> = {
  member: 'Member',
  staff: 'Staff',
  admin: 'Admin',
  reader: 'Brand reader',
}

export const VOICE_WORDS: Record<Voice, { label: string; means: string }> = {
  own: { label: 'Your own account', means: 'Posted from the account you linked' },
  cosigned: { label: 'Brand, signed by you', means: 'Posted by the brand with your name under it' },
  brand: { label: 'The brand', means: 'Posted by the brand account' },
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const NETWORK_WORDS: Record<string, string> = {
  x: 'X',
  youtube: 'YouTube',
  linkedin: 'LinkedIn',
  rss: 'RSS',
}

export const networkWord = (network: string): string => NETWORK_WORDS[network] ?? capitalised(network)

const HEADS: Record<string, string> = {
  sentiment: 'Mood',
  needsEmployee: 'Needs an employee',
  needsExpert: 'Needs an expert',
}

/** What a score of the classification is called on screen: "needsExpert" → "Needs an expert", "skill.kettle" → "Skill: kettle". */
export function headWord(head: string): string {
  const [kind = head, ...of] = head.split('.')
  const noun = kind === 'flags' ? 'Flag' : capitalised(kind)
  return HEADS[head] ?? (of.length > 0 ? `${noun}: ${of.join('.')}` : noun)
}

/** "newcomer" → "Newcomer": ranks are the brand's own words. */
export const rankWord = (rank: string): string => capitalised(rank)

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** A language in English; `und` is the tag for "nobody can say". */
export function languageWord(tag: string): string {
  if (tag === 'und' || tag === '') return 'Language unclear'
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

const whole = new Intl.NumberFormat('en')
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
export const count = (value: number): string => whole.format(value)
export const compact = (value: number): string => short.format(value)

/** "1 post", "3 posts": English only, as is the rest of the product so far. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** 0.1234 → "12 %": whole percent, as intervals are wider than that; null means too few to say. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`
