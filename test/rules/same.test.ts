import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, evaluate } from '../../rules/evaluate.ts'
import { readPolicy } from '../../rules/language.ts'
import { OTHERWISE } from '../../rules/shape.ts'
import { naiveRule, naiveTags } from './naive.ts'
import { aPolicy, someFacts } from './random.ts'
import { writePolicy } from './write.ts'

describe('a random policy', () => {
  it('decides as the language read literally would, mention after mention (R1, I7)', () => {
    const mentions = fc.array(someFacts, { minLength: 2, maxLength: 3 })
    let decided = 0
    fc.assert(
      fc.property(aPolicy, mentions, (policy, given) => {
        const compiled = compile(policy)
        for (const facts of [...given, ...given]) {
          const { rule, tags, reason } = evaluate(compiled, facts)
          expect({ rule, tags }).toEqual({ rule: naiveRule(policy, facts), tags: naiveTags(policy, facts) })
          expect(reason).not.toBe('')
          expect(reason === 'no rule of the policy applied').toBe(rule === OTHERWISE)
          if (rule !== OTHERWISE) decided++
        }
      }),
      { numRuns: 7_000 },
    )
    // Equality of policies that never decide anything would prove little.
    expect(decided).toBeGreaterThan(7_000)
  }, 60_000)

  it('is the same after it was written, read and written again (R2)', () => {
    fc.assert(
      fc.property(aPolicy, (policy) => {
        const text = writePolicy(policy)
        const read = readPolicy(text)
        expect(read).toEqual(policy)
        expect(writePolicy(read)).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  }, 60_000)
})
