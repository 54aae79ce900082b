import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../rules/diff.ts'
import { readPolicy } from '../../rules/language.ts'
import type { Policy, Rule } from '../../rules/shape.ts'

const preset = (name: string) =>
  readPolicy(readFileSync(new URL(`../../rules/presets/${name}.yaml`, import.meta.url), 'utf8'))
const policy = (rules: Rule[], rest: Partial<Policy> = {}): Policy => ({
  ...{ name: 'ours', rules, otherwise: { community: {} } },
  ...rest,
})
const angry = (atLeast: number, rest: Partial<Rule> = {}): Rule => ({
  name: 'angry',
  when: { field: 'anger', atLeast },
  then: { escalate: { team: 'care' } },
  ...rest,
})
const rule = (name: string): Rule => ({
  name,
  when: { field: 'text', contains: name },
  then: { triage: {} },
})
const said = (before: Policy, after: Policy) => diffPolicies(before, after).map(({ says }) => says)

describe('what was changed between two policies, in words', () => {
  it.each<[string, Policy, Policy, string[]]>([
    [
      'a number',
      policy([angry(0.6)]),
      policy([angry(0.5)]),
      ['“angry”, when: anger is at least 0.6 → anger is at least 0.5.'],
    ],
    ['a rule that was on', policy([angry(0.6)]), policy([angry(0.6, { off: true })]), ['“angry” was switched off.']],
    [
      'a rule that was off',
      policy([angry(0.6, { off: true })]),
      policy([angry(0.6, { off: false })]),
      ['“angry” was switched on.'],
    ],
    [
      'a team and a priority',
      policy([angry(0.6)]),
      policy([angry(0.6, { then: { escalate: { team: 'technical', priority: 'high' } } })]),
      ['“angry”, team: care → technical.', '“angry”, priority: now also high.'],
    ],
    [
      'where it goes',
      policy([angry(0.6)]),
      policy([angry(0.6, { then: { community: {}, tag: ['cross'] } })]),
      ['“angry”, then: to the care team → to the community.', '“angry”, tag: now also cross.'],
    ],
    [
      'one condition of several',
      policy([
        angry(0, {
          when: {
            all: [
              { field: 'anger', above: 0.5 },
              { field: 'addressed', is: true },
            ],
          },
        }),
      ]),
      policy([
        angry(0, {
          when: {
            all: [
              { field: 'anger', above: 0.4 },
              { field: 'language', is: 'de' },
            ],
          },
        }),
      ]),
      [
        '“angry”, when: anger is above 0.5 → anger is above 0.4.',
        '“angry”, when: no longer the post names the brand’s handle.',
        '“angry”, when: now also the language is de.',
      ],
    ],
    [
      'words of a list',
      policy([angry(0, { when: { field: 'text', matchesWords: ['sue', 'court', 'lawyer'] } })]),
      policy([angry(0, { when: { field: 'text', matchesWords: ['lawyer', 'court', 'judge'] } })]),
      ['“angry”, when: no longer the text says “sue”.', '“angry”, when: now also the text says “judge”.'],
    ],
    [
      'a group of another kind',
      policy([
        angry(0, {
          when: {
            all: [
              { field: 'anger', above: 0.5 },
              { field: 'addressed', is: true },
            ],
          },
        }),
      ]),
      policy([
        angry(0, {
          when: {
            any: [
              { field: 'anger', above: 0.5 },
              { field: 'addressed', is: true },
            ],
          },
        }),
      ]),
      [
        '“angry”, when: anger is above 0.5 and the post names the brand’s handle → anger is above 0.5 or the post names the brand’s handle.',
      ],
    ],
    [
      'what reads alike and is written otherwise',
      policy([angry(0, { when: { field: 'language', is: 'de' } })]),
      policy([angry(0, { when: { field: 'language', anyOf: ['de'] } })]),
      ['“angry”, when: {"field":"language","is":"de"} → {"field":"language","anyOf":["de"]}.'],
    ],
    ['a name', policy([angry(0.6)]), policy([angry(0.6, { name: 'cross' })]), ['“angry” is now called “cross”.']],
    [
      'a rule more, a rule less',
      policy([angry(0.6), rule('old')]),
      policy([rule('new'), angry(0.6)]),
      [
        '“old” was removed from place 2: when the text says “old”: to a person who decides.',
        '“new” was added at place 1: when the text says “new”: to a person who decides.',
      ],
    ],
    [
      'the order: the one that moved, not those it passed',
      policy(['a', 'b', 'c', 'd'].map(rule)),
      policy(['d', 'a', 'b', 'c'].map(rule)),
      ['“d” moved from place 4 to place 1.'],
    ],
    [
      'how it matches, setting by setting',
      policy([], { matching: { weights: { skill: 0.4 } }, ladder: [{ look: 'all-skills' }] }),
      policy([], { matching: { weights: { skill: 0.5, fairness: 0.1 } }, ladder: [{ look: 'any-skill', minutes: 9 }] }),
      [
        'The policy’s matching.weights.skill: 0.4 → 0.5.',
        'The policy’s ladder 1.look: all-skills → any-skill.',
        'The policy’s matching.weights.fairness: as shipped → 0.1.',
        'The policy’s ladder 1.minutes: as shipped → 9.',
      ],
    ],
    [
      'the policy itself',
      policy([], { description: 'x' }),
      policy([], { name: 'theirs', otherwise: { ignore: { reason: 'noise' } } }),
      [
        'The policy’s name: ours → theirs.',
        'The policy’s description: x → none.',
        '“otherwise”, then: to the community → ignored: noise.',
      ],
    ],
  ])('%s (R5)', (_, before, after, expected) => expect(said(before, after)).toEqual(expected))

  it('nothing between a policy and itself, however its keys are ordered; something between the presets', () => {
    const balanced = preset('balanced')
    const turned = JSON.parse(JSON.stringify(balanced), (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    )
    expect(diffPolicies(balanced, turned)).toEqual([])
    expect(said(balanced, preset('careful')).length).toBeGreaterThan(5)
  })

  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 7 })
  const rules = names.chain((list) =>
    fc.tuple(
      ...list.map((name) =>
        fc.tuple(fc.constantFrom(0.2, 0.5, 0.8), fc.constantFrom('care', 'technical')).map(
          ([atLeast, team]): Rule => ({
            name,
            when: {
              any: [
                { field: 'anger', atLeast },
                { field: 'text', contains: name },
              ],
            },
            then: { escalate: { team } },
          }),
        ),
      ),
    ),
  )

  it('is empty exactly when both are the same, and names every rule that came, went or changed', () => {
    fc.assert(
      fc.property(rules, rules, (one, other) => {
        const changes = diffPolicies(policy(one), policy(other))
        expect(changes.length === 0).toBe(JSON.stringify(one) === JSON.stringify(other))
        const of = (kind: string) => changes.filter((change) => change.kind === kind).map(({ rule }) => rule)
        const back = diffPolicies(policy(other), policy(one))
        expect(of('added').sort()).toEqual(
          back
            .filter(({ kind }) => kind === 'removed')
            .map(({ rule }) => rule)
            .sort(),
        )
        for (const was of one) {
          const now = other.find(({ name }) => name === was.name)
          if (now && JSON.stringify(now) !== JSON.stringify(was)) expect(of('changed')).toContain(was.name)
          if (!now) expect([...of('removed'), ...changes.map(({ from }) => from)].join()).toContain(was.name)
        }
      }),
    )
  })

  it('says the least of an order: taking out what moved leaves both orders alike', () => {
    fc.assert(
      fc.property(
        names.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([one, other]) => {
          const moved = diffPolicies(policy(one.map(rule)), policy(other.map(rule))).map((change) => change.rule)
          const rest = (list: string[]) => list.filter((name) => !moved.includes(name))
          expect(rest(one)).toEqual(rest(other))
          expect(moved.length).toBeLessThanOrEqual(Math.max(0, one.length - 1))
        },
      ),
    )
  })
})
