import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { strictly } from '../../src/http/strict.ts'

const inner = z.object({ a: z.number() })
const accepts = (schema: z.ZodType, value: unknown) => z.core.safeParse(strictly(schema), value).success

describe('a strict schema', () => {
  it.each<[string, z.ZodType, (extra: object) => unknown]>([
    ['an object', inner, (extra) => ({ a: 1, ...extra })],
    ['an object in an object', z.object({ inner }), (extra) => ({ inner: { a: 1, ...extra } })],
    ['a list', z.object({ list: z.array(inner).max(3) }), (extra) => ({ list: [{ a: 1, ...extra }] })],
    ['an optional field', z.object({ may: inner.nullable().optional() }), (extra) => ({ may: { a: 1, ...extra } })],
    ['a field with a default', z.object({ may: inner.default({ a: 2 }) }), (extra) => ({ may: { a: 1, ...extra } })],
    [
      'a choice',
      z.discriminatedUnion('kind', [inner.extend({ kind: z.literal('x') })]),
      (extra) => ({ kind: 'x', a: 1, ...extra }),
    ],
  ])('refuses an unknown field in %s', (_where, schema, value) => {
    expect(accepts(schema, value({}))).toBe(true)
    expect(accepts(schema, value({ typo: 1 }))).toBe(false)
  })

  it('keeps what else the schema demands', () => {
    const ordered = z.object({ from: z.number(), to: z.number() }).refine(({ from, to }) => from < to)
    expect(accepts(ordered, { from: 1, to: 2 })).toBe(true)
    expect(accepts(ordered, { from: 2, to: 1 })).toBe(false)
  })

  it('leaves open what says that it is open', () => {
    expect(accepts(z.looseObject({ a: z.number() }), { a: 1, b: 2 })).toBe(true)
    expect(accepts(z.record(z.string(), z.number()), { anything: 1 })).toBe(true)
  })
})
