import { z } from 'zod'

/**
 * The same schema, refusing fields it does not name, at every depth: a misspelt field is an error the sender hears
 * of, not a wish that is quietly dropped. Objects that say what other fields may hold (`catchall`, `looseObject`)
 * keep their word; transforms and records are left as they are.
 */
export function strictly(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodObject) {
    const shape = Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, strictly(field)]))
    return schema.clone({ ...schema.def, shape, catchall: schema.def.catchall ?? z.never() })
  }
  if (schema instanceof z.ZodArray) return schema.clone({ ...schema.def, element: strictly(schema.def.element) })
  if (schema instanceof z.ZodUnion) return schema.clone({ ...schema.def, options: schema.def.options.map(strictly) })
  for (const Wrapper of WRAPPERS) {
    // Each of them has its own type of `def`; what is put back differs from what was there in nothing they name.
    if (schema instanceof Wrapper)
      return schema.clone({ ...schema.def, innerType: strictly(schema.def.innerType) } as never)
  }
  return schema
}

const WRAPPERS = [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault, z.ZodReadonly]
