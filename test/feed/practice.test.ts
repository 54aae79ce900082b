import { describe, expect, it } from 'vitest'
import { tongueFor, written } from '../../src/feed/practice/posts.ts'
import { feedbackOn, isWell, type Try } from '../../src/feed/practice/practice.ts'

const LIMIT = { maxLength: 120, lengthUnit: 'graphemes' } as const
const GOOD = 'The manual is on the website of Acme, under Support; look for the name of your kettle.'
const on = (tried: Try, found: Parameters<typeof feedbackOn>[1] = [], tongue: 'en' | 'de' = 'en') =>
  feedbackOn(tried, found, LIMIT, tongue)
const answer = (text: string, found: Parameters<typeof feedbackOn>[1] = [], tongue: 'en' | 'de' = 'en') =>
  on({ act: 'answer', post: 'question', text }, found, tongue)
const faults = (feedback: ReturnType<typeof feedbackOn>) => feedback.flatMap(({ about, good }) => (good ? [] : [about]))

describe('what is said of a try', () => {
  it('is first of all whether the act fits the post', () => {
    const acts = (post: Try['post']) => [
      isWell(on({ act: 'answer', post, text: GOOD })),
      isWell(on({ act: 'pass', post, reason: 'not-my-skill' })),
      isWell(on({ act: 'to-staff', post })),
    ]
    expect(acts('question')).toEqual([true, false, false])
    expect(acts('other-skill')).toEqual([false, true, false])
    expect(acts('angry')).toEqual([false, false, true])
    expect(on({ act: 'answer', post: 'angry', text: GOOD })).toEqual([
      { about: 'act', good: false, found: null, says: null },
    ])
  })

  it('of a pass asks for the true reason, for it teaches the matching (F7)', () => {
    expect(faults(on({ act: 'pass', post: 'other-skill', reason: 'wrong-topic' }))).toEqual(['reason'])
    expect(faults(on({ act: 'pass', post: 'question', reason: 'not-my-skill' }))).toEqual(['act'])
  })

  it('of an answer counts its length as the network does, and takes up what it finds in it', () => {
    expect(answer(GOOD)).toEqual([
      { about: 'act', good: true, found: null, says: null },
      { about: 'length', good: true, found: String(120 - GOOD.length), says: null },
      { about: 'takes-up', good: true, found: 'manual', says: null },
    ])
    expect(answer('See https://acme.example/manuals/kettle and choose yours there.')[2]).toMatchObject({ good: true })
    expect(faults(answer(`${GOOD} ${GOOD}`))).toEqual(['length'])
    expect(faults(answer('I really like it when things get wet, do you?'))).toEqual(['takes-up'])
    expect(faults(answer('The manual? Dunno.'))).toEqual(['few-words'])
    expect(faults(answer('Hello [name], the manual is on the website, under Support.'))).toEqual(['placeholder'])
    for (const asks of ['send me your phone number', 'tell me your e-mail', 'post your order number'])
      expect(faults(answer(`The manual is on the website; ${asks}.`))).toEqual(['asks-private'])
  })

  it('repeats what the checks before a real answer say, in their words (F5)', () => {
    const found = [
      { about: 'banned-words', says: '“junk” may not stand in an answer; say it otherwise.' },
      { about: 'repeated', says: 'You wrote nearly the same.' },
    ] as const
    const said = answer(GOOD, found)
    expect(faults(said)).toEqual(['banned-words'])
    expect(said.at(-1)?.says).toBe(found[0].says)
  })

  it('is the same in German', () => {
    const gut = 'Die Anleitung steht auf der Webseite von Acme, unter Support; such dort nach dem Gerät.'
    expect(faults(answer(gut, [], 'de'))).toEqual([])
    expect(faults(answer(`${gut} Schick deine Bestellnummer!`, [], 'de'))).toEqual(['asks-private'])
    expect(faults(answer('Das weiß ich leider auch nicht so genau, tut mir leid.', [], 'de'))).toEqual(['takes-up'])
  })
})

describe('an invented post', () => {
  it('is written in the first language of its reader in which there are some, else in English', () => {
    expect(['de,en', 'fr,de-AT', 'fr', 'pt-BR,en'].map((tags) => tongueFor(tags.split(',')))).toEqual([
      'de',
      'de',
      'en',
      'en',
    ])
  })

  it('names the brand, and the skill where there is one', () => {
    for (const tongue of ['en', 'de'] as const) {
      const { posts } = written(tongue)
      for (const make of Object.values(posts)) expect(make({ brand: 'Acme', skill: null })).toContain('Acme')
      expect(posts['other-skill']({ brand: 'Acme', skill: 'espresso/milk' })).toContain('espresso/milk')
    }
  })
})
