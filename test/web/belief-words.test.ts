import { describe, expect, it } from 'vitest'
import { byDayHour, evidenceWords, fitWord, hoursWords } from '../../web/src/me/belief-words.ts'

const skill = {
  ...{ skill: 'wifi', level: 0.5, fit: 0.5 },
  ...{ accepted: 0, thanked: 0, corrected: 0, returned: 0, complained: 0, passed: 0 },
}

describe('what a member reads of their own answers', () => {
  it('names what it rests on, and only what has happened', () => {
    expect(evidenceWords({ ...skill, accepted: 12, thanked: 4, returned: 1 })).toBe(
      '12 accepted, 4 thanked, 1 sent back',
    )
    expect(evidenceWords(skill)).toBe('no answers yet: it goes by what you said of yourself')
  })

  it('grows kinder with the odds', () => {
    expect([0.2, 0.5, 0.7, 0.9].map(fitWord)).toEqual(['not your strongest', 'middling', 'good', 'very good'])
  })

  it('shows the hours on the reader’s own clock, whatever the day of the week', () => {
    // Monday 23:00 and Tuesday 23:00 UTC are both 01:00 in summer Berlin, the day after.
    const day = byDayHour(
      [
        { hour: 23, claims: 2, open: 3 },
        { hour: 47, claims: 1, open: 1 },
        { hour: 10, claims: 1, open: 9 },
      ],
      120,
    )
    expect(day.filter(({ claims }) => claims > 0)).toEqual([
      { hour: 1, claims: 3, open: 4, share: 1 },
      { hour: 12, claims: 1, open: 9, share: 1 / 3 },
    ])
    expect(hoursWords(day)).toBe('You claim most from 01:00 to 02:00, and have claimed in 2 hours of the day.')
    expect(byDayHour([{ hour: 2, claims: 1, open: 1 }], -300)[21]!.claims).toBe(1)
    expect(hoursWords(byDayHour([], 0))).toBe('Nothing claimed so far.')
  })
})
