import { describe, expect, it } from 'vitest'
import { correctionWords } from '../../web/src/learning/label-words.ts'

describe('a correction in words', () => {
  it('says what a person said, and what the model had guessed where that reads otherwise', () => {
    expect(
      correctionWords(
        { sentiment: 'negative', intent: 'praise', needsEmployee: 1, anger: 0.9, language: 'fr' },
        { sentiment: 'neutral', intent: 'praise', needsEmployee: 0.2, anger: 0.4, language: 'en' },
      ),
    ).toBe(
      'Mood: Negative (was Neutral), Intent: Praise, Needs an employee: yes (was no), Anger: high (was middle), Language: French (was English)',
    )
  })

  it('does without the guess where none is known', () => {
    expect(correctionWords({ urgency: 0.1, emotion: 'none' }, null)).toBe('Urgency: low, Emotion: none')
  })
})
