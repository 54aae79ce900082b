import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import {
  asFacts,
  emptyTally,
  expectBreaches,
  movedOf,
  type Past,
  replayPage,
  type Tally,
} from '../../src/decide/backtest.ts'
import { decide } from '../../src/decide/decide.ts'
import { showResult } from '../../src/decide/show-backtest.ts'
import { HOUR } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { after } from '../builders.ts'
import { facts } from '../rules/facts.ts'
import { somePolicy } from '../rules/some-policies.ts'
import { someFacts } from './some-facts.ts'

const past = (given: Facts, n: number): Past => ({ id: newId(), at: after(n * HOUR), mentionId: newId(), facts: given })
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0)

describe('a backtest', () => {
  it('counts what deciding each mention under each version gives, cell by cell (R4)', () => {
    fc.assert(
      fc.property(somePolicy, somePolicy, fc.array(someFacts, { maxLength: 60 }), (one, other, list) => {
        const policies = { went: compile(one), goes: compile(other) }
        const page = list.map(past)
        const tally = emptyTally()
        const moves = replayPage(page, policies, dayOf, tally)

        const decided = page.map((each) => ({
          went: decide(each.facts, policies.went),
          goes: decide(each.facts, policies.goes),
        }))
        const matrix: Record<string, number> = {}
        for (const { went, goes } of decided) {
          const way = `${went.destination}→${goes.destination}`
          matrix[way] = (matrix[way] ?? 0) + 1
        }
        expect(tally.matrix).toEqual(matrix)
        expect([tally.total, sum(tally.matrix)]).toEqual([page.length, page.length])
        const elsewhere = decided.filter(({ went, goes }) => went.destination !== goes.destination)
        expect(movedOf(tally)).toBe(elsewhere.length)
        expect(moves).toHaveLength(elsewhere.length + tally.otherTeam)
        for (const which of ['went', 'goes'] as const) {
          const places = Object.values(tally.days).flatMap((places) => Object.values(places).map((load) => load[which]))
          expect(places.reduce((all, n) => all + n, 0)).toBe(page.length)
          expect(Object.values(tally.rules).reduce((all, rule) => all + rule[which], 0)).toBe(page.length)
          const angry = page.filter(
            ({ facts: { anger, unsure } }, n) =>
              (anger ?? 0) >= 0.6 && !unsure?.includes('anger') && decided[n]?.[which].destination === 'community',
          )
          expect(tally.angryToCommunity[which]).toBe(angry.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('moves nothing between a version and itself', () => {
    fc.assert(
      fc.property(somePolicy, fc.array(someFacts, { maxLength: 30 }), (one, list) => {
        const tally = emptyTally()
        expect(replayPage(list.map(past), { went: compile(one), goes: compile(one) }, dayOf, tally)).toEqual([])
        expect([movedOf(tally), tally.otherTeam, tally.otherwise]).toEqual([0, 0, 0])
      }),
    )
  })

  it('counts the same however it is cut into pages, and stored as JSON in between', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        somePolicy,
        somePolicy,
        fc.array(someFacts, { minLength: 1, maxLength: 50 }),
        cuts,
        (one, other, list, sizes) => {
          const policies = { went: compile(one), goes: compile(other) }
          const page = list.map(past)
          const whole = emptyTally()
          replayPage(page, policies, dayOf, whole)
          let parts = emptyTally()
          for (let n = 0, cut = 0; n < page.length; cut++) {
            const size = sizes[cut % sizes.length] ?? 1
            replayPage(page.slice(n, n + size), policies, dayOf, parts)
            parts = JSON.parse(JSON.stringify(parts)) as Tally
            n += size
          }
          expect(parts).toEqual(whole)
        },
      ),
    )
  })

  it('draws a sample of every way, at most five of each, none of them twice', () => {
    const policies = { went: compile(policyTo('community')), goes: compile(policyTo('triage')) }
    const tally = emptyTally()
    const page = Array.from({ length: 200 }, (_, n) => past(facts(), n))
    replayPage(page, policies, dayOf, tally)
    const drawn = tally.sample['community→triage'] ?? []
    expect(new Set(drawn).size).toBe(5)
    const again = emptyTally()
    replayPage(page.toReversed(), policies, dayOf, again)
    expect(again.sample).toEqual(tally.sample)
  })

  it('takes a field that was not asked then for unknown, also where it is denied', () => {
    const { anger: _, ...older } = facts()
    const made = asFacts(older)
    const denies = {
      name: 'x',
      rules: [{ name: 'calm', when: { not: { field: 'anger', atLeast: 0.5 } }, then: { triage: {} } }],
      otherwise: { community: {} },
    } as const
    expect(decide(made, compile({ ...denies, rules: [...denies.rules] })).destination).toBe('community')
  })

  it('tells a rule called __proto__ from what maps are made of', () => {
    const odd = compile({
      ...policyTo('community'),
      rules: [
        { name: '__proto__', when: { field: 'text', contains: 'phone' }, then: { escalate: { team: '__proto__' } } },
      ],
    })
    const tally = emptyTally()
    replayPage([past(facts(), 0)], { went: odd, goes: odd }, dayOf, tally)
    expect(tally.rules).toEqual({ 'rule:__proto__': { went: 1, goes: 1 } })
    expect(Object.values(tally.days)).toEqual([{ 'team:__proto__': { went: 1, goes: 1 } }])
  })
})

describe('what the costs of mistakes decided (R6)', () => {
  const costly = facts({ anger: 0.9, 'threshold.staff': 0.8, 'threshold.community': 0.5 })

  it('is counted beside the rules, and shown in a row of its own', () => {
    const [went, goes] = [compile(policyTo('community')), compile(policyTo('triage'))]
    const tally = emptyTally()
    replayPage([past(costly, 0), past(facts({ ...costly, anger: 0.1 }), 1)], { went, goes }, dayOf, tally)
    expect(tally.rules).toEqual({
      costs: { went: 1, goes: 0 },
      'rule:otherwise': { went: 1, goes: 2 },
    })
    const { byCosts, rules } = showResult(tally, null, { went, goes }, [], (text) => text)
    expect(byCosts).toEqual({ went: 1, goes: 0 })
    expect(rules).toMatchObject([{ name: 'otherwise', went: 1, goes: 2 }])
  })

  it('is told from a rule that is called costs', () => {
    const when = { field: 'anger', atLeast: 0.5 } as const
    const named = compile({
      ...policyTo('community'),
      rules: [{ name: 'costs', when, then: { escalate: { team: 'care' } } }],
    })
    const tally = emptyTally()
    replayPage([past(costly, 0)], { went: named, goes: compile(policyTo('community')) }, dayOf, tally)
    expect(tally.rules).toEqual({ 'rule:costs': { went: 1, goes: 0 }, costs: { went: 0, goes: 1 } })
  })
})

const policyTo = (place: 'community' | 'triage') => ({
  name: place,
  rules: [],
  otherwise: place === 'triage' ? { triage: {} } : { community: {} },
})

describe('breaches to expect', () => {
  const days = {
    '2026-03-04': {
      community: { went: 100, goes: 60 },
      'team:care': { went: 40, goes: 80 },
      ignore: { went: 9, goes: 9 },
    },
  }

  it('are the mentions of each place times the share that had no answer in time there', () => {
    const known = [
      { place: 'community', of: 100, breached: 10 },
      { place: 'team:care', of: 40, breached: 20 },
    ]
    expect(expectBreaches({ days }, known)).toMatchObject({ went: 30, goes: 46 })
  })

  it('take the share of all for a place that few went to', () => {
    const known = [
      { place: 'community', of: 90, breached: 9 },
      { place: 'team:care', of: 10, breached: 10 },
    ]
    expect(expectBreaches({ days }, known)).toMatchObject({ goes: Math.round(60 * 0.1 + 80 * 0.19), overall: 0.19 })
  })

  it('are nothing that can be said while no clock has run out', () => {
    expect(expectBreaches({ days }, [])).toBeNull()
  })
})
