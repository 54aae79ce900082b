import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import { readPolicy } from '../../rules/language.ts'
import { decide } from '../../src/decide/decide.ts'
import { influenceOf, withInfluence } from '../../src/decide/influence.ts'
import { PRIORITIES } from '../../src/domain/roles.ts'
import { facts } from '../rules/facts.ts'

const followers = fc.option(fc.integer({ min: 0, max: 2 ** 31 - 1 }))
const priority = fc.constantFrom(...PRIORITIES)
const place = (one: (typeof PRIORITIES)[number]) => PRIORITIES.indexOf(one)
const policy = compile(
  readPolicy(
    '{ name: p, rules: [{ name: angry, when: { field: anger, atLeast: 0.6 }, then: { escalate: { team: care, priority: normal } } }], otherwise: { triage: {} } }',
  ),
)

describe('influence', () => {
  it.each([
    [null, null],
    [0, 0],
    [1_000, 0],
    [31_623, 0.5],
    [1_000_000, 1],
    [400_000_000, 1],
  ])('of %s followers weighs %s (R9)', (count, weight) => {
    expect(influenceOf(count)).toBe(weight)
  })

  it('raises a priority by at most one step, never to urgent, and is never less for more followers (R9)', () => {
    fc.assert(
      fc.property(followers, followers, priority, (one, other, before) => {
        const after = withInfluence(before, influenceOf(one))
        expect(place(after) - place(before)).toBeLessThanOrEqual(1)
        expect(place(after)).toBeGreaterThanOrEqual(place(before))
        if (before !== 'urgent') expect(after).not.toBe('urgent')
        const [few, many] = [Math.min(one ?? 0, other ?? 0), Math.max(one ?? 0, other ?? 0)]
        expect(place(withInfluence(before, influenceOf(many)))).toBeGreaterThanOrEqual(
          place(withInfluence(before, influenceOf(few))),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('is told in the reason and stored with the decision; nobody else’s is touched', () => {
    expect(decide(facts({ anger: 0.7, influence: 0.67 }), policy)).toMatchObject({
      priority: 'high',
      raisedFrom: 'normal',
      reason: 'anger is 0.7, at least 0.6; the author’s influence is 0.67, so its priority is high instead of normal',
    })
    const { influence: _, ...before } = facts({ anger: 0.7 })
    for (const given of [facts({ anger: 0.7 }), before as typeof before & { influence: null }]) {
      expect(decide(given, policy)).toMatchObject({ priority: 'normal', reason: 'anger is 0.7, at least 0.6' })
      expect(decide(given, policy)).not.toHaveProperty('raisedFrom')
    }
  })
})
