import { t } from './t.ts'

/** How well a skill is held, in three words; what members say of themselves lies between them. */
export const LEVELS = [
  { level: 0.3, word: t('people.aLittle') },
  { level: 0.6, word: t('people.well') },
  { level: 0.9, word: t('people.veryWell') },
] as const

const nearest = (level: number) =>
  LEVELS.reduce((best, one) => (Math.abs(one.level - level) < Math.abs(best.level - level) ? one : best), LEVELS[0])

export const nearestLevel = (level: number): number => nearest(level).level
export const levelWord = (level: number): string => nearest(level).word
