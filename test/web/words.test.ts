import { describe, expect, it } from 'vitest'
import { ApiError, problemFrom } from '../../web/src/api/problem.ts'
import { agoWords, spanWords } from '../../web/src/ui/time-words.ts'
import { headWord, languageWord, rankWord } from '../../web/src/ui/words.ts'

const MINUTE = 60_000

describe('time in words', () => {
  it('does not flicker under a minute', () => {
    expect(agoWords(0, 59_000)).toBe('just now')
    expect(agoWords(0, 61_000)).toBe('1 min. ago')
  })

  it('counts a lease down in the unit that matters', () => {
    expect([40_000, 12 * MINUTE, 65 * MINUTE, 72 * 60 * MINUTE, -5].map(spanWords)).toEqual([
      '40 s',
      '12 min',
      '1 h 05 min',
      '3 days',
      '0 s',
    ])
  })
})

describe('words on screen', () => {
  it('name a language, and admit when nobody can', () => {
    expect(languageWord('pt-BR')).toBe('Brazilian Portuguese')
    expect(languageWord('und')).toBe('Language unclear')
    expect(languageWord('not a tag!')).toBe('not a tag!')
  })

  it('name a score and a rank as a person would', () => {
    expect(['needsEmployee', 'skill.speaker/wifi', 'flags.press', 'anger'].map(headWord)).toEqual([
      'Needs an employee',
      'Skill: speaker/wifi',
      'Flag: press',
      'Anger',
    ])
    expect(rankWord('newcomer')).toBe('Newcomer')
  })
})

describe('a refusal', () => {
  it('speaks in the server’s sentence', () => {
    const problem = problemFrom(409, 'Conflict', { title: 'Conflict', detail: 'Ana holds it.', holder: 'Ana' })
    expect(new ApiError(problem).message).toBe('Ana holds it.')
    expect(problem.holder).toBe('Ana')
  })

  it('reads the sign-in’s own shape, and a page that is no JSON', () => {
    expect(new ApiError(problemFrom(401, 'Unauthorized', { message: 'Invalid email or password' })).message).toBe(
      'Invalid email or password',
    )
    expect(new ApiError(problemFrom(502, '', undefined)).message).toBe('The server answered 502.')
  })

  it('is final only when the server read the request and said no: else the same key may go again (I3)', () => {
    const definite = (status: number) => new ApiError(problemFrom(status, '', null)).definite
    expect([0, 408, 429, 500, 503].some(definite)).toBe(false)
    expect([400, 403, 409, 422].every(definite)).toBe(true)
  })
})
