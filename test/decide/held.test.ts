import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, evaluate } from '../../rules/evaluate.ts'
import type { Policy } from '../../rules/shape.ts'
import { decide } from '../../src/decide/decide.ts'
import { type Held, openHeld, type RuleHeld } from '../../src/decide/held.ts'
import { sayHeld } from '../../src/decide/show-held.ts'
import { facts } from '../rules/facts.ts'
import { somePolicy } from '../rules/some-policies.ts'
import { someFacts } from './some-facts.ts'

const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0)
const heldOf = (policy: Policy, list: Parameters<ReturnType<typeof openHeld>['ask']>[0][]) => {
  const held = openHeld(compile(policy))
  for (const one of list) held.ask(one)
  return held.rules()
}
/** A policy of one rule holds for as much as that rule does, whoever stands before it. */
const alone = (policy: Policy, name: string) =>
  compile({ ...policy, rules: policy.rules.filter((rule) => rule.name === name) })

describe('which rules held (R5)', () => {
  it('is what each would hold for by itself, what live decides, and nobody counted twice', () => {
    fc.assert(
      fc.property(somePolicy, fc.array(someFacts, { maxLength: 60 }), (policy, list) => {
        const compiled = compile(policy)
        const rules = heldOf(policy, list)
        const deciding = list.map((one) => evaluate(compiled, one).rule)
        for (const { rule, held, decided, byCosts, takenBy } of rules) {
          const own = alone(policy, rule)
          expect(held).toBe(list.filter((one) => evaluate(own, one).rule === rule).length)
          expect(held).toBe(decided + byCosts + sum(takenBy.map(({ count }) => count)))
          expect(decided).toBe(list.filter((one) => decide(one, compiled).rule === rule).length)
          expect(decided + byCosts).toBe(deciding.filter((name) => name === rule).length)
          const place = (name: string) => policy.rules.findIndex((one) => one.name === name)
          for (const taker of takenBy) {
            expect(place(taker.rule)).toBeLessThan(place(rule))
            expect(taker.count).toBe(
              list.filter((one, n) => deciding[n] === taker.rule && evaluate(own, one).rule === rule).length,
            )
          }
        }
        const kept = sum(rules.map(({ decided, byCosts }) => decided + byCosts))
        expect(kept).toBe(list.length - deciding.filter((name) => name === 'otherwise').length)
      }),
      { numRuns: 300 },
    )
  })

  it('names who takes from a rule that no comparison of conditions shows to be idle', () => {
    const policy: Policy = {
      name: 'ours',
      rules: [
        { name: 'marked', when: { field: 'text', contains: 'kettle' }, then: { tag: ['kettle'] } },
        { name: 'angry', when: { field: 'anger', atLeast: 0.6 }, then: { escalate: { team: 'care' } } },
        { name: 'kettles', when: { field: 'text', contains: 'kettle' }, then: { community: {} } },
        { name: 'refunds', when: { field: 'text', contains: 'refund' }, then: { triage: {} } },
      ],
      otherwise: { community: {} },
    }
    const list = [0.7, 0.8, 0.9].map((anger) => facts({ anger, text: 'The kettle hums' }))
    expect(heldOf(policy, list)).toEqual([
      { rule: 'angry', held: 3, decided: 3, byCosts: 0, takenBy: [] },
      { rule: 'kettles', held: 3, decided: 0, byCosts: 0, takenBy: [{ rule: 'angry', count: 3 }] },
      { rule: 'refunds', held: 0, decided: 0, byCosts: 0, takenBy: [] },
    ])
  })

  it('counts apart what mistakes cost took from the community, also from a rule called costs (R6)', () => {
    const policy: Policy = {
      name: 'ours',
      rules: [{ name: 'costs', when: { field: 'text', contains: 'kettle' }, then: { community: {} } }],
      otherwise: { triage: {} },
    }
    const list = [0.1, 0.9].map((anger) =>
      facts({ anger, text: 'The kettle hums', 'threshold.staff': 0.8, 'threshold.community': 0.5 }),
    )
    expect(heldOf(policy, list)).toEqual([{ rule: 'costs', held: 2, decided: 1, byCosts: 1, takenBy: [] }])
  })
})

describe('what is said of a rule', () => {
  const over: Held = { mentions: 900, days: 28, all: true, rules: [] }
  const rule = (of: Partial<RuleHeld>): RuleHeld => ({
    ...{ rule: 'x', held: 0, decided: 0, byCosts: 0, takenBy: [] },
    ...of,
  })
  const took = (...counts: number[]) =>
    counts.map((count, n) => ({ rule: ['angry', 'spam', 'press', 'ideas', 'praise'][n]!, count }))

  it('is that it held for nobody, and over what', () => {
    expect(sayHeld(rule({}), over)).toBe('held for nobody in 28 days')
    expect(sayHeld(rule({}), { ...over, mentions: 4_000, days: 9, all: false })).toBe(
      'held for none of the latest 4,000 mentions, of 9 days',
    )
    expect(sayHeld(rule({}), { ...over, mentions: 0 })).toBeNull()
  })

  it('is who took all that it held for', () => {
    expect(sayHeld(rule({ held: 41, takenBy: took(41) }), over)).toBe(
      'held for 41, decided none: all were taken by “angry”',
    )
    expect(sayHeld(rule({ held: 5, byCosts: 5 }), over)).toBe(
      'held for 5, decided none: all were taken by what mistakes cost',
    )
    expect(sayHeld(rule({ held: 41, takenBy: took(20, 10, 5, 3, 2), byCosts: 1 }), over)).toBe(
      'held for 41, decided none: 20 were taken by “angry”, 10 by “spam”, 5 by “press”, 6 by 3 others',
    )
  })

  it('is who took some of it, and nothing when it decided all', () => {
    expect(sayHeld(rule({ held: 41, decided: 40, takenBy: took(1) }), over)).toBe(
      'held for 41, decided 40: 1 was taken by “angry”',
    )
    expect(sayHeld(rule({ held: 41, decided: 41 }), over)).toBeNull()
  })
})
