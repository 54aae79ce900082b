import { plural } from '../ui/words.ts'

type Term = { term: string; value: number }

const TERM_WORDS: Record<string, string> = {
  skill: 'skills',
  language: 'language',
  timely: 'answers in time',
  reputation: 'rank',
  capacity: 'places free',
  continuity: 'knows the thread',
  fairness: 'fairness',
}

/** A score as the sum it is: “0.61 = skills 0.30 + language 0.12 + …”. */
export const scoreWords = (score: number, terms: readonly Term[]): string =>
  terms.length === 0
    ? score.toFixed(2)
    : `${score.toFixed(3)} = ${terms.map(({ term, value }) => `${TERM_WORDS[term] ?? term} ${value.toFixed(3)}`).join(' + ')}`

const LOOKED = [
  'Looked for members with every skill asked for',
  'Looked for members with any of the skills',
  'Looked for anybody who speaks the language',
]

/** What one look for takers was, in a sentence. `wider` null: it found nobody. */
export const lookWords = (wider: number | null, members: number): string =>
  `${wider === null ? 'Found nobody' : LOOKED[wider]} among ${plural(members, 'member')}.`

/** As said of one member, and of several. */
const LEFT_OUT: Record<string, [string, string]> = {
  paused: ['takes a break', 'take a break'],
  language: ['does not speak the language', 'do not speak the language'],
  skill: ['lacks the skills', 'lack the skills'],
  rank: ['has not reached the rank', 'have not reached the rank'],
  author: ['wrote the post', 'wrote the post'],
  passed: ['passed on it before', 'passed on it before'],
  blocked: ['has muted or blocked the author', 'have muted or blocked the author'],
  asked: ['was offered it a moment before', 'were offered it a moment before'],
  'quiet hours': ['is in quiet hours', 'are in quiet hours'],
  capacity: ['has no place free', 'have no place free'],
  mood: ['has had their share of angry posts', 'have had their share of angry posts'],
  limits: ['has reached a limit of their own', 'have reached a limit of their own'],
}

/** Whom the filters left out: “80 do not speak the language, 1 is in quiet hours”. */
export const leftOutWords = (left: readonly { filter: string; count: number }[]): string =>
  left
    .map(({ filter, count }) => {
      const [one, several] = LEFT_OUT[filter] ?? [filter, filter]
      return `${count} ${count === 1 ? one : several}`
    })
    .join(', ')

type Chance = { share: number; draws: number[] }

/** The draws for newcomers: what had to be drawn, and what was. */
export const chanceWords = ({ share, draws }: Chance): string =>
  `A place goes to a newcomer when its draw is below ${share}. Drawn: ${draws.map((draw) => draw.toFixed(3)).join(', ')}.`
