import { z } from 'zod'
import { type FIELDS, type FieldName, type FieldType, fieldOf } from './fields.ts'
import { LIMITS } from './limits.ts'

const word = z.string().trim().min(1).max(LIMITS.valueCharacters)
const words = z.array(word).min(1).max(LIMITS.listedValues)
const pattern = z.string().min(1).max(LIMITS.patternCharacters)
const number = z.number()
const yesOrNo = z.boolean()

/**
 * What may be asked of each type of field, and the shape of the value beside it. Words are compared with case folded;
 * in a text they are whole words or phrases, and a `*` at the end lets any ending follow. `matches` takes a pattern of
 * RE2's syntax, `inList` the name of a list that admins keep (`rules/lists.ts`).
 */
export const OPERATORS = {
  text: {
    contains: word,
    matchesWords: words,
    matches: pattern,
    inList: word,
    notInList: word,
    isUnknown: yesOrNo,
  },
  handle: { is: word, isNot: word, anyOf: words, noneOf: words, inList: word, notInList: word, isUnknown: yesOrNo },
  tag: { is: word, isNot: word, anyOf: words, noneOf: words, isUnknown: yesOrNo },
  number: {
    is: number,
    isNot: number,
    above: number,
    atLeast: number,
    below: number,
    atMost: number,
    isUnknown: yesOrNo,
  },
  boolean: { is: yesOrNo, isUnknown: yesOrNo },
  list: { contains: word, anyOf: words, noneOf: words, isUnknown: yesOrNo },
} as const satisfies Record<FieldType, Record<string, z.ZodType>>

type Operators<F extends FieldName> = (typeof OPERATORS)[(typeof FIELDS)[F]['type']]

/** One question as it is written: a field, and exactly one operator that its type knows. */
export type Comparison = {
  [F in FieldName]: {
    [O in keyof Operators<F>]: { field: F } & { [K in O]: z.infer<Extract<Operators<F>[O], z.ZodType>> }
  }[keyof Operators<F>]
}[FieldName]

/** A tree of questions as it is written (R1). */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Comparison

export type Operator = { [T in FieldType]: keyof (typeof OPERATORS)[T] }[FieldType]
export type Operand = string | number | boolean | readonly string[]

export const operatorsOf = (name: FieldName): Record<string, z.ZodType<Operand>> => OPERATORS[fieldOf(name).type]

/** A comparison taken apart for code that treats all fields alike. */
export function parts(comparison: Comparison): { field: FieldName; operator: Operator; operand: Operand } {
  // Safe: a checked comparison has its field and exactly one operator of that field's type.
  const operator = Object.keys(comparison).find((key) => key !== 'field') as Operator
  const operand = (comparison as unknown as Record<string, Operand>)[operator] as Operand
  return { field: comparison.field, operator, operand }
}
