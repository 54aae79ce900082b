import fc from 'fast-check'
import { type Facts, FIELD_NAMES, type FieldName, fieldOf } from '../../rules/fields.ts'
import type { Condition } from '../../rules/operators.ts'
import type { Action, Policy } from '../../rules/shape.ts'
import { PRIORITIES } from '../../src/domain/roles.ts'

/** Random policies and mentions over few words and numbers, so that rules often hold and often meet. */

const WORDS = ['refund', 'late', 'kettle', 'Straße', 'naïve', 'sue', 'order', 'now', '返金', 'ſtop']
const PHRASES = [...WORDS, 'refund now', 'kettle late order', 'ord*', 'refund o*', 'STRASSE', '返']
const PATTERNS = [
  'ref(und|und)s?',
  'order.{0,8}now',
  '^late',
  '(k|c)ettle$',
  'stop',
  '[0-9]{3}',
  'a(b|c)*d',
  'or(d|t)er+',
]
const TAGS = ['alpha', 'beta', 'Gamma', 'delta']
export const LISTS = ['vips', 'rivals']
const NUMBERS = [0, 0.25, 0.5, 0.75, 1]

const numberIn = (name: FieldName) => {
  const field = fieldOf(name)
  if (name === 'clock.hour') return fc.constantFrom(0, 1, 1.5, 2, 3)
  return fc.constantFrom(...(field.type === 'number' && field.range[0] < 0 ? [-1, -0.5, ...NUMBERS] : NUMBERS))
}
const tagOf = (name: FieldName) => {
  const field = fieldOf(name)
  const values = 'values' in field && field.values ? field.values : TAGS
  return fc.constantFrom(...(name === 'language' ? ['en', 'de', 'fr'] : values))
}

function comparison(name: FieldName): fc.Arbitrary<Condition> {
  const of = (operator: string, operand: fc.Arbitrary<unknown>) =>
    // Safe: operator and operand are those of the field's type.
    operand.map((value) => ({ field: name, [operator]: value }) as unknown as Condition)
  const unknown = of('isUnknown', fc.boolean())
  const lists = [of('inList', fc.constantFrom(...LISTS)), of('notInList', fc.constantFrom(...LISTS))]
  const few = (one: fc.Arbitrary<unknown>) => fc.array(one, { minLength: 1, maxLength: 3 })
  switch (fieldOf(name).type) {
    case 'number':
      return fc.oneof(
        unknown,
        ...['is', 'isNot', 'above', 'atLeast', 'below', 'atMost'].map((one) => of(one, numberIn(name))),
      )
    case 'boolean':
      return fc.oneof(unknown, of('is', fc.boolean()))
    case 'text':
      return fc.oneof(
        ...[unknown, ...lists],
        of('contains', fc.constantFrom(...PHRASES)),
        of('matchesWords', few(fc.constantFrom(...PHRASES))),
        of('matches', fc.constantFrom(...PATTERNS)),
      )
    case 'list':
      return fc.oneof(
        unknown,
        of('contains', tagOf(name)),
        of('anyOf', few(tagOf(name))),
        of('noneOf', few(tagOf(name))),
      )
    default:
      return fc.oneof(
        ...[unknown, of('is', tagOf(name)), of('isNot', tagOf(name)), of('anyOf', few(tagOf(name)))],
        ...[of('noneOf', few(tagOf(name))), ...(name === 'author.handle' ? lists : [])],
      )
  }
}

const anyComparison = fc.constantFrom(...FIELD_NAMES).chain(comparison)

/** Trees no deeper than the language allows. */
const tree = (depth: number): fc.Arbitrary<Condition> => {
  if (depth === 1) return anyComparison
  const children = fc.array(tree(depth - 1), { minLength: 1, maxLength: 3 })
  return fc.oneof(
    { weight: 3, arbitrary: anyComparison },
    { weight: 2, arbitrary: children.map((all) => ({ all })) },
    { weight: 2, arbitrary: children.map((any) => ({ any })) },
    { weight: 1, arbitrary: tree(depth - 1).map((not) => ({ not })) },
  )
}
export const aCondition = tree(3)

const extras = fc.record(
  {
    tag: fc.array(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 2 }),
    priority: fc.constantFrom(...PRIORITIES),
    notify: fc.array(fc.constant('care'), { minLength: 1, maxLength: 1 }),
  },
  { requiredKeys: [] },
)
const final: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom<Action>({ escalate: { team: 'care' } }, { escalate: { team: 'tech', priority: 'low' } }),
  fc.constantFrom<Action>(
    { community: {} },
    { community: { minimumRank: 1 } },
    { triage: {} },
    { ignore: { reason: 'x' } },
  ),
)
const action = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(final, extras).map(([one, more]): Action => ({ ...one, ...more })) },
  { weight: 1, arbitrary: extras.filter((more) => Object.keys(more).length > 0) },
) as fc.Arbitrary<Action> // without the keys that are absent

const isOff = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

export const aPolicy: fc.Arbitrary<Policy> = fc
  .tuple(fc.array(fc.tuple(aCondition, action, isOff), { maxLength: 6 }), final)
  .map(([rules, otherwise]) => ({
    name: 'random',
    rules: rules.map(([when, then, off], at) => ({ name: `rule ${at}`, ...(off && { off }), when, then })),
    otherwise,
  }))

const factOf = (name: FieldName): fc.Arbitrary<unknown> => {
  switch (fieldOf(name).type) {
    case 'number':
      // Counted by ourselves: there is no half a post.
      if (name === 'clock.hour' || name === 'cluster.size') return fc.constantFrom(0, 1, 2, 3)
      return fc.oneof(numberIn(name), fc.constantFrom(0.1, 0.3, 0.6, 0.9))
    case 'boolean':
      return fc.boolean()
    case 'list':
      return fc.uniqueArray(
        tagOf(name).map((tag) => tag.toLowerCase()),
        { maxLength: 2 },
      )
    case 'text':
      return fc
        .array(fc.constantFrom(...WORDS, 'ORDER', 'or', 'abcd', '123', '!'), { maxLength: 6 })
        .map((all) => all.join(' '))
    default:
      return tagOf(name).map((tag) => tag.toLowerCase())
  }
}

const HEADS = ['language', 'sentiment', 'anger', 'urgency', 'intent', 'skills', 'needsExpert', 'needsEmployee', 'flags']

export const someFacts: fc.Arbitrary<Facts> = fc.record({
  ...Object.fromEntries(FIELD_NAMES.map((name) => [name, fc.option(factOf(name), { freq: 6 })])),
  unsure: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.uniqueArray(fc.constantFrom(...HEADS), { maxLength: 2 }),
  ),
  lists: fc.option(fc.subarray(LISTS), { freq: 8 }),
}) as unknown as fc.Arbitrary<Facts> // a value of its type for every field
