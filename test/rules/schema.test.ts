import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { policySchema } from '../../rules/schema.ts'
import { aPolicy } from './random.ts'
import { SCHEMA_COMMENT, writePolicy } from './write.ts'

const presets = new URL('../../rules/presets/', import.meta.url)
const accepts = new Ajv2020().compile(policySchema())
const rule = (when: unknown, then: unknown = { triage: {} }) => ({
  name: 'x',
  rules: [{ name: 'r', when, then }],
  otherwise: { community: {} },
})

describe('the JSON Schema of a policy (R2)', () => {
  it('is the file that ships; after a change of the shape, write it anew with `npx vitest run test/rules/schema -u`', async () => {
    await expect(`${JSON.stringify(policySchema(), null, 2)}\n`).toMatchFileSnapshot('../../rules/policy.schema.json')
  })

  it('accepts each preset, and each names it to editors in its first line', () => {
    for (const file of readdirSync(presets).filter((name) => name.endsWith('.yaml'))) {
      const text = readFileSync(new URL(file, presets), 'utf8')
      expect([file, accepts(parse(text)), accepts.errors]).toEqual([file, true, null])
      expect(text.split('\n')[0]).toBe(SCHEMA_COMMENT)
    }
  })

  it('accepts whatever policy may be written', () => {
    fc.assert(
      fc.property(aPolicy, (policy) => {
        expect([accepts(parse(writePolicy(policy))), accepts.errors]).toEqual([true, null])
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    ['an unknown field', rule({ field: 'angr', above: 0.5 })],
    ['an operator of another type', rule({ field: 'anger', contains: 'x' })],
    ['two operators at once', rule({ field: 'anger', above: 0.1, below: 0.5 })],
    ['a number out of range', rule({ field: 'anger', above: 60 })],
    ['an empty group', rule({ all: [] })],
    ['a comparison without a value', rule({ field: 'anger' })],
    ['something beside a group', rule({ not: { field: 'anger', above: 0.5 }, all: [] })],
    ['an unknown action', rule({ field: 'addressed', is: true }, { comunity: {} })],
    ['an unknown priority', rule({ field: 'addressed', is: true }, { priority: 'asap' })],
    ['no otherwise', { name: 'x', rules: [] }],
  ])('refuses %s', (_, policy) => {
    expect(accepts(policy)).toBe(false)
  })
})
