import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import { type Facts, WEEKDAYS } from '../../rules/fields.ts'
import { readPolicy } from '../../rules/language.ts'
import { decide } from '../../src/decide/decide.ts'
import { FLAGS, INTENTS, SENTIMENTS } from '../../src/domain/classification.ts'
import { facts } from '../rules/facts.ts'

const text = (name: string) => readFileSync(new URL(`../../rules/presets/${name}.yaml`, import.meta.url), 'utf8')
const balanced = compile(readPolicy(text('balanced')))

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    text: fc.string({ unit: 'grapheme', maxLength: 80 }),
    language: fc.constantFrom('en', 'de', null),
    sentiment: fc.constantFrom(...SENTIMENTS),
    'sentiment.score': fc.double({ min: -1, max: 1, noNaN: true }),
    anger: share,
    urgency: share,
    intent: fc.constantFrom(...INTENTS, null),
    skills: fc.uniqueArray(fc.constantFrom('app/pairing', 'printers', 'orders')),
    needsExpert: share,
    needsEmployee: share,
    flags: fc.subarray([...FLAGS]),
    unsure: fc.subarray(['sentiment', 'intent', 'language', 'anger']),
    'cluster.size': fc.nat(50),
    'clock.weekday': fc.constantFrom(...WEEKDAYS),
  })
  .map(facts)

describe('a decision', () => {
  it('names team, priority and reason of an escalation', () => {
    expect(decide(facts({ anger: 0.7 }), balanced)).toEqual({
      destination: 'escalation',
      rule: 'angry',
      reason: 'anger is 0.7, at least 0.6',
      team: 'care',
      priority: 'normal',
      minimumRank: 0,
      skills: ['app/pairing'],
      voice: null,
      tags: [],
      notify: [],
      ignoredAs: null,
    })
  })

  it('takes the higher of the rule’s priority and what earlier rules raised it to', () => {
    expect(decide(facts({ anger: 0.7, urgency: 0.9 }), balanced).priority).toBe('high')
    expect(decide(facts({ flags: ['safety'], urgency: 0.9 }), balanced).priority).toBe('urgent')
  })

  it('says what an ignored mention is counted as (L6)', () => {
    expect(decide(facts({ flags: ['spam'] }), balanced)).toMatchObject({ destination: 'ignore', ignoredAs: 'spam' })
  })

  it('lets a community rule set rank, skills and voice', () => {
    const rule =
      '{ name: r, when: { field: addressed, is: true }, then: { community: { minimumRank: 2, skills: [x], voice: brand } } }'
    const policy = compile(readPolicy(`{ name: p, rules: [${rule}], otherwise: { triage: {} } }`))
    expect(decide(facts(), policy)).toMatchObject({
      destination: 'community',
      minimumRank: 2,
      skills: ['x'],
      voice: 'brand',
    })
  })

  it('is the same when run again on its stored facts under the stored policy (I7)', () => {
    const policies = ['balanced', 'careful', 'community-first'].map((name) => {
      const policy = readPolicy(text(name))
      return { live: compile(policy), stored: compile(readPolicy(JSON.stringify(policy))) }
    })
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...policies), (given, { live, stored }) => {
        const first = decide(given, live)
        expect(decide(JSON.parse(JSON.stringify(given)), stored)).toEqual(first)
        expect(JSON.parse(JSON.stringify(first))).toEqual(first)
      }),
      { numRuns: 500 },
    )
  })

  it('never hands known anger of 0.6 or more, or a legal or safety flag, to the community under the default policy', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        fc.pre((given.anger ?? 0) >= 0.6 || given.flags?.some((flag) => flag === 'legal' || flag === 'safety') === true)
        fc.pre(!given.unsure?.includes('anger'))
        expect(decide(given, balanced).destination).not.toBe('community')
      }),
      { numRuns: 500 },
    )
  })
})
