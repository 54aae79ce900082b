import type { Intent, Sentiment } from '../../../src/domain/classification.ts'
import type { Priority, Role, Voice } from '../../../src/domain/roles.ts'
import { locale } from '../words/language.ts'
import { type Key, t } from '../words/t.ts'
import type { IconName } from './icon-paths.ts'

/** Tables of the frame hold the names of texts: they are made before the reader's language has come. */
type Shown = { label: Key; icon: IconName; colour: string }

export const MOODS: Record<Sentiment, Shown> = {
  negative: { label: 'ui.negative', icon: 'negative', colour: 'red' },
  neutral: { label: 'ui.neutral', icon: 'neutral', colour: 'gray' },
  positive: { label: 'ui.positive', icon: 'positive', colour: 'green' },
}

export const INTENT_WORDS: Record<Intent, Shown> = {
  question: { label: 'ui.question', icon: 'question', colour: 'blue' },
  problem: { label: 'ui.problem', icon: 'problem', colour: 'orange' },
  idea: { label: 'ui.idea', icon: 'idea', colour: 'yellow' },
  praise: { label: 'ui.praise', icon: 'praise', colour: 'teal' },
  other: { label: 'ui.other', icon: 'other', colour: 'gray' },
}

export const PRIORITY_WORDS: Record<Priority, { label: Key; colour: string }> = {
  low: { label: 'ui.low', colour: 'gray' },
  normal: { label: 'ui.normal', colour: 'blue' },
  high: { label: 'ui.high', colour: 'orange' },
  urgent: { label: 'ui.urgent', colour: 'red' },
}

export const ROLE_WORDS: Record<Role, Key> = {
  member: 'ui.member',
  staff: 'ui.staff',
  admin: 'ui.admin',
  reader: 'ui.brandReader',
}

export const VOICE_WORDS: Record<Voice, { label: Key; means: Key }> = {
  own: { label: 'ui.yourOwnAccount', means: 'ui.postedFromTheAccount' },
  cosigned: { label: 'ui.brandSignedByYou', means: 'ui.postedByTheBrand' },
  brand: { label: 'ui.theBrand', means: 'ui.postedByTheBrandAccount' },
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

export { networkWord } from '../../../src/domain/network-word.ts'

const HEADS: Partial<Record<string, Key>> = {
  sentiment: 'ui.mood',
  needsEmployee: 'ui.needsAnEmployee',
  needsExpert: 'ui.needsAnExpert',
}

const KINDS: Partial<Record<string, Key>> = {
  anger: 'ui.anger',
  flags: 'ui.flag',
  intent: 'ui.intent',
  skill: 'ui.skill',
  urgency: 'ui.urgency',
}

/** What a score of the classification is called on screen: "needsExpert" → "Needs an expert", "skill.kettle" → "Skill: kettle". */
export function headWord(head: string): string {
  const [kind = head, ...of] = head.split('.')
  const known = HEADS[head]
  if (known) return t(known)
  const noun = KINDS[kind] ? t(KINDS[kind]) : capitalised(kind)
  const said = of.join('.')
  if (kind === 'intent' && Object.hasOwn(INTENT_WORDS, said)) return `${noun}: ${t(INTENT_WORDS[said as Intent].label)}` // checked by hasOwn
  return said ? `${noun}: ${said}` : noun
}

/** "newcomer" → "Newcomer": ranks are the brand's own words. */
export const rankWord = (rank: string): string => capitalised(rank)

const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })

/** A language by its name; `und` is the tag for "nobody can say". */
export function languageWord(tag: string): string {
  if (tag === 'und' || tag === '') return t('ui.languageUnclear')
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

const whole = new Intl.NumberFormat(locale)
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
export const count = (value: number): string => whole.format(value)
export const compact = (value: number): string => short.format(value)

/** A score in the language's own way of writing: "0.300", "0,300"; without `digits` no more than it needs. */
export const decimal = (value: number, digits?: number): string =>
  value.toLocaleString(locale, { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 3 })

/** 0.1234 → "12 %": whole percent, as intervals are wider than that; null means too few to say. */
export const percent = (share: number): string => t('ui.percent', { share: Math.round(share * 100) })
