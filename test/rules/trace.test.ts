import { expect, it } from 'vitest'
import { readPolicy } from '../../rules/language.ts'
import { traceRules } from '../../rules/trace.ts'
import { facts } from './facts.ts'

const policy = readPolicy(`
name: ours
rules:
  - name: loud
    when: { field: urgency, atLeast: 0.1 }
    then: { tag: [loud] }
  - name: angry and not German
    when:
      all:
        - { field: anger, atLeast: 0.6 }
        - not: { field: language, is: de }
    then: { escalate: { team: care } }
  - name: furious
    when: { any: [{ field: anger, above: 0.7 }, { field: intent, is: idea }] }
    then: { escalate: { team: care, priority: high } }
otherwise: { community: {} }
`)

it('tells of every clause of every rule whether it holds, with the fact, and which rule decided (R7)', () => {
  const [loud, angry, furious] = traceRules(policy, facts({ anger: 0.8 }))
  expect(loud).toMatchObject({ held: 'yes', role: 'adds', final: false })
  expect(angry).toMatchObject({ held: 'yes', role: 'decides' })
  expect(angry?.clauses).toEqual([
    { kind: 'all', depth: 0, held: 'yes' },
    {
      ...{ kind: 'asks', depth: 1, held: 'yes', field: 'anger', operator: 'atLeast', operand: 0.6, value: 0.8 },
      unsure: false,
    },
    { kind: 'not', depth: 1, held: 'yes' },
    {
      kind: 'asks',
      depth: 2,
      held: 'no',
      field: 'language',
      operator: 'is',
      operand: 'de',
      value: 'en',
      unsure: false,
    },
  ])
  expect(furious).toMatchObject({ held: 'yes', role: 'not asked' })
})

it('tells of a rule that is off what it would have asked, and that nobody asked it (R7)', () => {
  const rules = policy.rules.map((rule) => (rule.name === 'angry and not German' ? { ...rule, off: true } : rule))
  const [, angry, furious] = traceRules({ ...policy, rules }, facts({ anger: 0.8 }))
  expect(angry).toMatchObject({ held: 'yes', role: 'is off' })
  expect(furious).toMatchObject({ held: 'yes', role: 'decides' })
})

it('tells what is unknown from what is not so: neither it nor its contrary holds then', () => {
  const [, angry, furious] = traceRules(policy, facts({ anger: 0.8, unsure: ['anger'], language: null }))
  expect(angry).toMatchObject({ held: 'unknown', role: 'does not hold' })
  expect(angry?.clauses.map(({ held }) => held)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  expect(angry?.clauses[1]).toMatchObject({ value: 0.8, unsure: true })
  // One half is certainly not so, the other unknown: nobody can say of the whole.
  expect(furious?.clauses.map(({ held }) => held)).toEqual(['unknown', 'unknown', 'no'])
})
