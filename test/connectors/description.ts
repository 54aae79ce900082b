import { readFile } from 'node:fs/promises'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

export type Schema = { [key: string]: unknown }
export type Parameter = { name: string; in: string; required?: boolean; schema?: Schema; explode?: boolean }
export type Operation = {
  /** As the lock names it: `GET /api/v1/statuses/{id}`. */
  name: string
  parameters: Parameter[]
  /** What may be sent, by its type, and where that stands in the document. */
  body: { media: Schema; pointer: string } | null
  responses: Schema
  pointer: string
}

/** A network's own description of its API, in which operations are found by what is asked on the wire. */
export type Description = {
  operationOf: (asked: { method: string; path: string }) => Operation | null
  operationNamed: (name: string) => Operation | null
  /** The schema of a JSON answer, as a pointer into the document; null where none is described. */
  answerOf: (operation: Operation, status: number) => Schema | null
  /** The schema of a body of that type, as a pointer; null where that type is not taken. */
  bodyOf: (operation: Operation, type: string) => Schema | null
  /** What a schema says, references followed. */
  resolve: (schema: unknown) => Schema
  /** What is said of values of that name in what is asked with and answered, wherever they stand in it. */
  placesOf: (operation: Operation, name: string) => Schema[]
  /** A compiled check: of `all` it finds every fault; otherwise the first, reading words as numbers as addresses do. */
  validatorOf: (schema: Schema, all?: boolean) => ValidateFunction
}

export type OpenApi = Schema & { paths: Record<string, Schema> }

/** @param file an OpenAPI document (3.0 or 3.1), JSON or YAML */
export async function readOpenApi(file: string): Promise<OpenApi> {
  const text = await readFile(file, 'utf8')
  return JSON.parse(file.endsWith('.json') ? text : JSON.stringify(parse(text)), withoutIdleNullable)
}

/** @param under what addresses begin with on the wire and not in the document, such as `/v5` */
export function describedBy(document: OpenApi, under = ''): Description {
  const lenient = { strict: false, logger: false, validateFormats: false } as const
  const first = new Ajv2020({ ...lenient, coerceTypes: 'array' }).addSchema(document, 'spec')
  const every = new Ajv2020({ ...lenient, allErrors: true }).addSchema(document, 'spec')
  const compiled = new Map<string, ValidateFunction>()

  const resolve = (value: unknown): Schema => {
    const ref = (value as { $ref?: string } | undefined)?.$ref
    if (!ref) return (value ?? {}) as Schema
    const steps = ref.slice(ref.indexOf('#') + 2).split('/')
    const at = steps.reduce<Schema>((schema, key) => schema[unescaped(key)] as Schema, document)
    return resolve(at)
  }
  const shapes = Object.keys(document.paths).map((shape) => ({
    shape,
    pattern: new RegExp(`^${under}${shape.replace(/[.+]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`),
  }))
  // The address with the fewest placeholders is meant: `/accounts/verify_credentials` is no `/accounts/{id}`.
  shapes.sort((a, b) => a.shape.split('{').length - b.shape.split('{').length)

  const operationAt = (shape: string, method: string): Operation | null => {
    const item = document.paths[shape]
    const operation = item?.[method.toLowerCase()] as Schema | undefined
    if (!item || !operation) return null
    const pointer = `spec#/paths/${escaped(shape)}/${method.toLowerCase()}`
    const parameters = [...((item.parameters as Schema[]) ?? []), ...((operation.parameters as Schema[]) ?? [])]
    const body = operation.requestBody ? resolve(operation.requestBody) : null
    return {
      name: `${method.toUpperCase()} ${shape}`,
      pointer,
      parameters: parameters.map((one) => resolve(one) as unknown as Parameter),
      body: body ? { media: body.content as Schema, pointer: `${pointer}/requestBody/content` } : null,
      responses: (operation.responses ?? {}) as Schema,
    }
  }
  /** Schemas are named by where they stand, so that references inside them are those of the document. */
  const pointed = (schema: unknown, at: string): Schema => {
    const ref = (schema as { $ref?: string }).$ref
    return { $ref: ref ? `spec${ref}` : at }
  }

  return {
    operationOf({ method, path }) {
      for (const { shape, pattern } of shapes) {
        const found = pattern.test(path) ? operationAt(shape, method) : null
        if (found) return found
      }
      return null
    },
    operationNamed(name) {
      const [method = '', shape = ''] = name.split(' ')
      return operationAt(shape, method)
    },
    answerOf(operation, status) {
      const own = operation.responses[status] ? String(status) : 'default'
      const response = resolve(operation.responses[own])
      const media = (response.content as Record<string, { schema?: Schema }> | undefined)?.['application/json']
      if (!media?.schema) return null
      const shared = (operation.responses[own] as { $ref?: string }).$ref
      const from = shared ? `spec${shared}` : `${operation.pointer}/responses/${own}`
      return pointed(media.schema, `${from}/content/application~1json/schema`)
    },
    bodyOf(operation, type) {
      const media = operation.body?.media[type] as { schema: Schema } | undefined
      return media ? pointed(media.schema, `${operation.body?.pointer}/${escaped(type)}/schema`) : null
    },
    resolve,
    placesOf(operation, name) {
      const seen = new Set<unknown>()
      const within = (value: unknown): Schema[] => {
        const schema = resolve(value)
        if (typeof schema !== 'object' || seen.has(schema)) return []
        seen.add(schema)
        const own = (schema.properties as Schema | undefined)?.[name]
        return [...(own ? [resolve(own)] : []), ...Object.values(schema).flatMap(within)]
      }
      return [operation.body?.media, operation.responses].flatMap(within)
    },
    validatorOf(schema, all = false) {
      const key = `${all}${JSON.stringify(schema)}`
      const validate = compiled.get(key) ?? (all ? every : first).compile(schema)
      compiled.set(key, validate)
      return validate
    },
  }
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
const unescaped = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~')

/** In OpenAPI 3.0 `nullable` says nothing where there is no `type` beside it, and Ajv does not take it there. */
function withoutIdleNullable(_: string, value: unknown): unknown {
  const { nullable, ...schema } = (value ?? {}) as Schema
  return nullable === true && schema.type === undefined ? schema : value
}
