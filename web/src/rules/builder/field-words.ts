import { t } from './t.ts'

/** The fields that rules may ask about, as people call them. One that the server knows and we do not has its own words. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  text: t('builder.fieldText'),
  network: t('builder.fieldNetwork'),
  kind: t('builder.fieldKind'),
  addressed: t('builder.fieldAddressed'),
  followUp: t('builder.fieldFollowUp'),
  'author.handle': t('builder.fieldAuthor'),
  'author.followers': t('builder.fieldFollowers'),
  influence: t('builder.fieldInfluence'),
  language: t('builder.fieldLanguage'),
  sentiment: t('builder.fieldSentiment'),
  'sentiment.score': t('builder.fieldSentimentScore'),
  anger: t('builder.fieldAnger'),
  'threshold.community': t('builder.fieldThresholdCommunity'),
  'threshold.staff': t('builder.fieldThresholdStaff'),
  urgency: t('builder.fieldUrgency'),
  intent: t('builder.fieldIntent'),
  skills: t('builder.fieldSkills'),
  needsExpert: t('builder.fieldNeedsExpert'),
  needsEmployee: t('builder.fieldNeedsEmployee'),
  flags: t('builder.fieldFlags'),
  unsure: t('builder.fieldUnsure'),
  'cluster.size': t('builder.fieldClusterSize'),
  storm: t('builder.fieldStorm'),
  'clock.hour': t('builder.fieldHour'),
  'clock.weekday': t('builder.fieldWeekday'),
  'clock.businessHours': t('builder.fieldBusinessHours'),
  'clock.holiday': t('builder.fieldHoliday'),
}

export const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  is: t('builder.is'),
  isNot: t('builder.isNot'),
  above: t('builder.above'),
  atLeast: t('builder.atLeast'),
  below: t('builder.below'),
  atMost: t('builder.atMost'),
  anyOf: t('builder.anyOf'),
  noneOf: t('builder.noneOf'),
  contains: t('builder.contains'),
  matchesWords: t('builder.matchesWords'),
  matches: t('builder.matches'),
  inList: t('builder.inList'),
  notInList: t('builder.notInList'),
  isUnknown: t('builder.isUnknown'),
}

/** Fields that hold several things, which people speak of in the plural. */
const LISTS: readonly string[] = ['skills', 'flags', 'unsure']

const LIST_OPERATORS: Readonly<Record<string, string>> = {
  contains: t('builder.include'),
  anyOf: t('builder.includeOneOf'),
  noneOf: t('builder.includeNoneOf'),
  isUnknown: t('builder.areUnknown'),
}

export const fieldWord = (name: string): string => FIELD_WORDS[name] ?? name
export const operatorWord = (name: string, field: string): string =>
  (LISTS.includes(field) ? LIST_OPERATORS[name] : undefined) ?? OPERATOR_WORDS[name] ?? name

export const PRIORITY_WORDS: Readonly<Record<string, string>> = {
  low: t('builder.low'),
  normal: t('builder.normal'),
  high: t('builder.high'),
  urgent: t('builder.urgent'),
}

export const VOICE_WORDS: Readonly<Record<string, string>> = {
  own: t('builder.voiceOwn'),
  cosigned: t('builder.voiceCosigned'),
  brand: t('builder.voiceBrand'),
}
