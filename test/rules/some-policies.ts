import fc from 'fast-check'
import type { Condition } from '../../rules/operators.ts'
import type { Action, Policy } from '../../rules/shape.ts'

/** Policies as people might write them, over the fields that move real posts; names and places vary. */
const share = fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10)
const comparison: fc.Arbitrary<Condition> = fc.oneof(
  share.map((atLeast): Condition => ({ field: 'anger', atLeast })),
  share.map((below): Condition => ({ field: 'urgency', below })),
  share.map((above): Condition => ({ field: 'needsEmployee', above })),
  share.map((tenths): Condition => ({ field: 'sentiment.score', below: tenths - 0.5 })),
  fc
    .subarray(['question', 'problem', 'idea', 'praise'], { minLength: 1 })
    .map((anyOf): Condition => ({ field: 'intent', anyOf })),
  fc.constantFrom('en', 'de', 'es').map((is): Condition => ({ field: 'language', is })),
  fc.constantFrom('kettle', 'app', 'the').map((contains): Condition => ({ field: 'text', contains })),
  fc
    .subarray(['spam', 'safety', 'legal', 'press'], { minLength: 1 })
    .map((anyOf): Condition => ({ field: 'flags', anyOf })),
  fc.integer({ min: 1, max: 4 }).map((atLeast): Condition => ({ field: 'cluster.size', atLeast })),
  fc.constant<Condition>({ field: 'intent', isUnknown: true }),
)
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: comparison },
  fc.array(comparison, { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
  fc.array(comparison, { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
  comparison.map((not): Condition => ({ not })),
)
const final: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom('care', 'technical').map((team): Action => ({ escalate: { team } })),
  fc.integer({ min: 0, max: 2 }).map((minimumRank): Action => ({ community: { minimumRank } })),
  fc.constant<Action>({ triage: {} }),
  fc.constant<Action>({ ignore: { reason: 'noise' } }),
)
const beside: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom('x', 'y').map((tag): Action => ({ tag: [tag] })),
  fc.constantFrom<'low' | 'high'>('low', 'high').map((priority): Action => ({ priority })),
)

export const somePolicy: fc.Arbitrary<Policy> = fc
  .tuple(fc.array(fc.tuple(condition, fc.oneof({ weight: 3, arbitrary: final }, beside)), { maxLength: 6 }), final)
  .map(([rules, otherwise]) => ({
    name: 'some',
    rules: rules.map(([when, then], n) => ({ name: `rule ${n}`, when, then })),
    otherwise,
  }))
