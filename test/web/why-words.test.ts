import { describe, expect, it } from 'vitest'
import { FILTERS } from '../../src/match/need.ts'
import { chanceWords, leftOutWords, lookWords, scoreWords } from '../../web/src/why/why-words.ts'

describe('why a member was asked, in words (R7)', () => {
  it('shows a score as the sum it is', () => {
    const terms = [
      { term: 'skill', value: 0.3 },
      { term: 'fairness', value: 0.17 },
    ]
    expect(scoreWords(0.47, terms)).toBe('0.470 = skills 0.300 + fairness 0.170')
    expect(scoreWords(1, [])).toBe('1.00')
  })

  it('says who was left out, of one and of several, with words for every filter', () => {
    expect(
      leftOutWords([
        { filter: 'language', count: 80 },
        { filter: 'quiet hours', count: 1 },
      ]),
    ).toBe('80 do not speak the language, 1 is in quiet hours')
    for (const filter of FILTERS) expect(leftOutWords([{ filter, count: 2 }])).not.toBe(`2 ${filter}`)
  })

  it('says how widely was looked, and what was drawn', () => {
    expect(lookWords(1, 120)).toBe('Looked for members with any of the skills among 120 members.')
    expect(lookWords(null, 1)).toBe('Found nobody among 1 member.')
    expect(chanceWords({ share: 0.1, draws: [0.0421, 0.9] })).toBe(
      'A place goes to a newcomer when its draw is below 0.1. Drawn: 0.042, 0.900.',
    )
  })
})
