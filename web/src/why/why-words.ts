import { decimal } from '../ui/words.ts'
import type { Key } from './t.ts'
import { t } from './t.ts'

type Term = { term: string; value: number }

const TERM_WORDS: Record<string, string> = {
  skill: t('why.skills'),
  language: t('why.language'),
  timely: t('why.answersInTime'),
  reputation: t('why.rank'),
  capacity: t('why.placesFree'),
  continuity: t('why.knowsTheThread'),
  fairness: t('why.fairness'),
}

/** A score as the sum it is: “0.61 = skills 0.30 + language 0.12 + …”. */
export const scoreWords = (score: number, terms: readonly Term[]): string =>
  terms.length === 0
    ? decimal(score, 2)
    : `${decimal(score, 3)} = ${terms.map(({ term, value }) => `${TERM_WORDS[term] ?? term} ${decimal(value, 3)}`).join(' + ')}`

const LOOKED = ['why.lookedForEverySkill', 'why.lookedForAnySkill', 'why.lookedForAnySpeaker'] as const

/** What one look for takers was, in a sentence. `wider` null: it found nobody. */
export const lookWords = (wider: number | null, members: number): string =>
  t(wider === null ? 'why.foundNobody' : LOOKED[wider]!, { count: members }) // the matching looks in three widths

/** As said of one member, and of several. */
const LEFT_OUT: Partial<Record<string, Key>> = {
  paused: 'why.takeABreak',
  language: 'why.doNotSpeak',
  skill: 'why.lackTheSkills',
  rank: 'why.haveNotReachedTheRank',
  author: 'why.wroteThePost',
  passed: 'why.passedOnItBefore',
  blocked: 'why.haveMutedOrBlocked',
  asked: 'why.wereOfferedBefore',
  'quiet hours': 'why.areInQuietHours',
  capacity: 'why.haveNoPlaceFree',
  mood: 'why.haveHadTheirShare',
  limits: 'why.haveReachedALimit',
}

/** Whom the filters left out: “80 do not speak the language, 1 is in quiet hours”. */
export const leftOutWords = (left: readonly { filter: string; count: number }[]): string =>
  left
    .map(({ filter, count }) => {
      const known = LEFT_OUT[filter]
      return known ? t(known, { count }) : `${count} ${filter}`
    })
    .join(', ')

type Chance = { share: number; draws: number[] }

/** The draws for newcomers: what had to be drawn, and what was. */
export const chanceWords = ({ share, draws }: Chance): string =>
  t('why.aPlaceGoes', { share: decimal(share), draws: draws.map((draw) => decimal(draw, 3)).join(', ') })
