import { z } from 'zod'
import { FIELD_NAMES, type FieldName, fieldOf } from './fields.ts'
import { OPERATORS } from './operators.ts'
import { policyShape } from './shape.ts'

type Schema = z.core.JSONSchema.JSONSchema

/**
 * The JSON Schema (2020-12) of a policy, made from the shape it is checked by: for editors, which complete fields and
 * operators with it. What a schema cannot say (names a brand knows, limits of a whole policy) `readPolicy` still checks.
 */
export function policySchema(): Schema {
  const schema = z.toJSONSchema(policyShape(), {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // The one part that Zod does not describe: conditions, checked by hand for the sake of their messages.
      if (zodSchema._zod.def.type === 'unknown') Object.assign(jsonSchema, { $ref: '#/$defs/condition' })
    },
  })
  const comparisons = FIELD_NAMES.map((name) => ({ $ref: `#/$defs/${name}` }))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A policy of Deputize',
    ...schema,
    $defs: {
      ...schema.$defs,
      condition: {
        description: 'all, any or not of conditions, or a field with one comparison.',
        anyOf: [groupOf('all'), groupOf('any'), only({ not: { $ref: '#/$defs/condition' } }), ...comparisons],
      },
      ...Object.fromEntries(FIELD_NAMES.map((name) => [name, comparisonOf(name)])),
    },
  }
}

const only = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const groupOf = (name: string): Schema =>
  only({ [name]: { type: 'array', minItems: 1, items: { $ref: '#/$defs/condition' } } })

/** The field and exactly one operator of its type. */
function comparisonOf(name: FieldName): Schema {
  const operators = Object.entries<z.ZodType>(OPERATORS[fieldOf(name).type]).map(
    ([operator, shape]) => [operator, operandOf(name, operator, shape)] as const,
  )
  return {
    description: `Asks about ${fieldOf(name).words}.`,
    ...only({ field: { const: name }, ...Object.fromEntries(operators) }, ['field']),
    minProperties: 2,
    maxProperties: 2,
  }
}

function operandOf(name: FieldName, operator: string, shape: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input' })
  const field = fieldOf(name)
  if (operator === 'isUnknown') return schema
  if (field.type === 'number') return { ...schema, minimum: field.range[0], maximum: field.range[1] }
  const values = 'values' in field ? field.values : undefined
  if (!values || operator === 'inList') return schema
  // Only words of a closed list are ever there; case is folded, so the lists are examples to editors, not the law.
  return schema.type === 'array'
    ? { ...schema, items: { type: 'string', examples: [...values] } }
    : { ...schema, examples: [...values] }
}
