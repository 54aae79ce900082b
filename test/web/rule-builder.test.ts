import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FIELD_NAMES } from '../../rules/fields.ts'
import { readPolicy } from '../../rules/language.ts'
import { OPERATORS } from '../../rules/operators.ts'
import { FIELD_WORDS, OPERATOR_WORDS } from '../../web/src/rules/builder/field-words.ts'
import * as p from '../../web/src/rules/builder/policy-text.ts'
import { sayAction, sayCondition } from '../../web/src/rules/builder/say.ts'
import { asking, within } from '../../web/src/rules/builder/tree.ts'

const BALANCED = readFileSync('rules/presets/balanced.yaml', 'utf8')
const comments = (text: string) => text.split('\n').filter((line) => line.trim().startsWith('#'))
const names = (text: string) => readPolicy(text).rules.map(({ name }) => name)

it('what the builder changes is changed in the text, and every comment stays', () => {
  const at = names(BALANCED).indexOf('furious')
  const text = p.withValue(BALANCED, ['rules', at, 'when', 'atLeast'], 0.9)
  expect(text).toBe(BALANCED.replace('atLeast: 0.85', 'atLeast: 0.9'))
  const moved = p.withMoved(text, ['rules'], at, 0)
  expect(names(moved)[0]).toBe('furious')
  expect(comments(moved).sort()).toEqual(comments(BALANCED).sort())
  const policy = readPolicy(text)
  expect(readPolicy(moved)).toEqual({ ...policy, rules: [policy.rules[at], ...policy.rules.toSpliced(at, 1)] })
})

it('a copy has a name of its own, and what was added, copied and removed is a policy again', () => {
  const first = readPolicy(BALANCED).rules[0]!
  const name = p.freeName(first.name, readPolicy(BALANCED).rules)
  const copied = p.withCopy(BALANCED, 0, name)
  expect(readPolicy(copied).rules[1]).toEqual({ ...first, name: 'spam 2' })
  expect(p.withValue(copied, ['rules', 1], undefined)).toBe(BALANCED)
  const rule = { name: 'new', when: { any: [{ field: 'anger', atLeast: 0.5 }] }, then: { triage: {} } }
  expect(readPolicy(p.withRule('name: empty\nrules: []\notherwise: { triage: {} }\n', rule)).rules).toEqual([rule])
  const before = { escalate: { team: 'care', priority: 'high' }, tag: ['a'] }
  const acted = p.withAction(p.withRule(BALANCED, { ...rule, then: before }), ['rules', 13, 'then'], before, {
    community: {},
    tag: ['a'],
  })
  expect(readPolicy(acted).rules[13]?.then).toEqual({ community: {}, tag: ['a'] })
})

it('a text that is no policy is not opened', () => {
  expect(p.openPolicy('rules: [')).toBeNull()
  expect(p.openPolicy('rules: 3')).toBeNull()
  expect(p.openPolicy('just words')).toBeNull()
  expect(p.openPolicy('rules: [3]')?.rules).toEqual([3])
})

it('every field and every way to ask has its words', () => {
  expect(FIELD_NAMES.filter((name) => FIELD_WORDS[name] === undefined)).toEqual([])
  const operators = Object.values(OPERATORS).flatMap((of) => Object.keys(of))
  expect(operators.filter((name) => OPERATOR_WORDS[name] === undefined)).toEqual([])
})

it('a rule is said as a sentence, groups in brackets, unfinished parts as dots', () => {
  const when = {
    all: [
      { field: 'anger', atLeast: 0.6 },
      { any: [{ field: 'intent', anyOf: ['question', 'problem'] }, { not: { field: 'storm', is: true } }] },
    ],
  }
  expect(sayCondition(when)).toBe(
    'anger is at least 0.6 and (the intent is one of question or problem or not (belongs to a storm))',
  )
  expect(sayCondition({ field: 'text', contains: '' })).toBe('the text contains …')
  expect(
    sayCondition({
      any: [
        { field: 'flags', contains: 'spam' },
        { field: 'anger', isUnknown: true },
      ],
    }),
  ).toBe('the flags include spam or anger is unknown')
  expect(sayAction({ escalate: { team: 'care', priority: 'high' }, tag: ['sad'] })).toBe(
    'tag sad; to the team care, high',
  )
})

it('a value is kept when another operator can still use it', () => {
  const field = {
    name: 'intent',
    type: 'tag',
    words: '',
    operators: [],
    values: ['idea'],
    least: null,
    most: null,
  } as const
  const mutable = { ...field, operators: [...field.operators], values: [...field.values] }
  expect(asking(mutable, 'is', 'problem', 'isNot')).toEqual({ field: 'intent', isNot: 'problem' })
  expect(asking(mutable, 'is', 'problem', 'anyOf')).toEqual({ field: 'intent', anyOf: ['problem'] })
  expect(asking(mutable, 'anyOf', ['problem', 'idea'], 'is')).toEqual({ field: 'intent', is: 'problem' })
  expect(asking(mutable, 'is', 'problem', 'isUnknown')).toEqual({ field: 'intent', isUnknown: true })
})

it('a fault belongs to the place it names and what holds that, not to a neighbour', () => {
  const fault = { at: 'rules[1].when.all[0].atLeast, line 12', says: 'No.' }
  expect(within([fault], ['rules', 1, 'when', 'all', 0])).toEqual([fault])
  expect(within([fault], ['rules', 1])).toEqual([fault])
  expect(within([fault, { ...fault, at: 'rules[10]' }], ['rules', 1])).toEqual([fault])
})
