import { readFile } from 'node:fs/promises'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { sharedFile } from '../shared.ts'
import type { Heard, Said } from './faulty-server.ts'

/** Holds what goes to and comes from a simulated network against the network's own description (67). */
export type Conformance = {
  /** @throws Error naming what the official description does not allow in this request */
  request: (heard: Heard) => void
  /** @throws Error when the simulator answers as the network would not */
  answer: (heard: Heard, said: Said) => void
}

type Json = { [key: string]: unknown }
type Parameter = { name: string; in: string; required?: boolean; schema?: Json; explode?: boolean }
type Operation = {
  pointer: string
  parameters: Parameter[]
  body: { media: Json; pointer: string } | null
  responses: Json
}

/**
 * @param path of an OpenAPI document (3.0 or 3.1, JSON) below `../shared`
 * @param under what addresses begin with on the wire and not in the document, such as `/2`
 * @returns null, having said so, where the document is not there
 */
export async function conformanceTo(path: string, under = ''): Promise<Conformance | null> {
  const file = sharedFile(path)
  if (!file) return null
  const document = JSON.parse(await readFile(file, 'utf8'), withoutIdleNullable) as Json & {
    paths: Record<string, Json>
  }
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false, coerceTypes: 'array' })
  ajv.addSchema(document, 'spec')

  const resolve = (value: unknown): Json => {
    const ref = (value as { $ref?: string }).$ref
    if (!ref) return value as Json
    return ref
      .slice(2)
      .split('/')
      .reduce<Json>((at, key) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')] as Json, document)
  }
  const shapes = Object.keys(document.paths).map((shape) => ({
    shape,
    pattern: new RegExp(`^${under}${shape.replace(/[.+]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`),
  }))
  // The address with the fewest placeholders is meant: `/accounts/verify_credentials` is no `/accounts/{id}`.
  shapes.sort((a, b) => a.shape.split('{').length - b.shape.split('{').length)

  const operationOf = ({ method, path: address }: Heard): Operation | null => {
    for (const { shape, pattern } of shapes) {
      const item = document.paths[shape]!
      const operation = item[method.toLowerCase()] as Json | undefined
      if (!pattern.test(address) || !operation) continue
      const pointer = `spec#/paths/${shape.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`
      const parameters = [...((item.parameters as Json[]) ?? []), ...((operation.parameters as Json[]) ?? [])]
      const body = operation.requestBody ? resolve(operation.requestBody) : null
      return {
        pointer,
        parameters: parameters.map((one) => resolve(one) as unknown as Parameter),
        body: body ? { media: body.content as Json, pointer: `${pointer}/requestBody/content` } : null,
        responses: operation.responses as Json,
      }
    }
    return null
  }
  /** Schemas are named by where they stand, so that references inside them are those of the document. */
  const compiled = new Map<string, ValidateFunction>()
  const check = (what: string, heard: Heard, schema: Json, value: unknown) => {
    const key = JSON.stringify(schema)
    const validate = compiled.get(key) ?? ajv.compile(schema)
    compiled.set(key, validate)
    if (validate(value)) return
    const faults = JSON.stringify(validate.errors).slice(0, 1_000)
    throw new Error(`${what} of ${heard.method} ${heard.path}: ${faults}`)
  }
  const pointed = (schema: unknown, at: string): Json => {
    const ref = (schema as { $ref?: string }).$ref
    return { $ref: ref ? `spec${ref}` : at }
  }

  return {
    request(heard) {
      const operation = operationOf(heard)
      if (!operation) throw new Error(`The network has no ${heard.method} ${heard.path}.`)
      const query = queryOf(heard)
      const known = operation.parameters.filter((one) => one.in === 'query')
      const stray = Object.keys(query).filter((name) => !known.some((one) => one.name.replace(/\[\]$/, '') === name))
      if (stray.length > 0) throw new Error(`${heard.method} ${heard.path} knows no parameter ${stray.join(', ')}.`)
      for (const { name, required, schema = {}, explode } of known) {
        const given = query[name.replace(/\[\]$/, '')]
        // Lists of some networks travel as one value, with commas.
        const value = explode === false && typeof given === 'string' ? given.split(',') : given
        if (value === undefined && required) throw new Error(`${heard.method} ${heard.path} needs ${name}.`)
        if (value !== undefined) check(`Parameter ${name}`, heard, inDocument(schema), value)
      }
      if (!operation.body || heard.body.length === 0) return
      const type = (heard.headers['content-type'] ?? '').split(';')[0]!
      // Some descriptions name JSON alone for what OAuth sends as a form; the fields are the same.
      const named = operation.body.media[type] || !type.endsWith('urlencoded') ? type : 'application/json'
      const media = operation.body.media[named] as { schema: Json } | undefined
      if (!media) throw new Error(`${heard.method} ${heard.path} takes no ${type}.`)
      const at = `${operation.body.pointer}/${named.replaceAll('/', '~1')}/schema`
      const text = heard.body.toString('utf8')
      const value = type.endsWith('json') ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))
      check('The body', heard, pointed(media.schema, at), value)
    },
    answer(heard, said) {
      const operation = operationOf(heard)
      const response = operation && resolve(operation.responses[said.status] ?? operation.responses.default ?? {})
      const media = (response?.content as Record<string, { schema: Json }> | undefined)?.['application/json']
      if (!operation || !media) return
      const own = operation.responses[said.status] ? String(said.status) : 'default'
      const shared = (operation.responses[own] as { $ref?: string }).$ref
      const at = `${shared ? `spec${shared}` : `${operation.pointer}/responses/${own}`}/content/application~1json/schema`
      // What is on the wire, not what is in memory: a missing value and `undefined` are one there.
      check('The simulated answer', heard, pointed(media.schema, at), JSON.parse(JSON.stringify(said.body)))
    },
  }
}

/** In OpenAPI 3.0 `nullable` says nothing where there is no `type` beside it, and Ajv does not take it there. */
function withoutIdleNullable(_: string, value: unknown): unknown {
  const { nullable, ...schema } = (value ?? {}) as Json
  return nullable === true && schema.type === undefined ? schema : value
}

/** Parameters' schemas are small; a reference in one is made to point into the document. */
const inDocument = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"spec#/')) as Json

/** Lists travel as `name[]`, and are called `name` in descriptions. */
function queryOf({ query }: Heard): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {}
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    read[name.replace(/\[\]$/, '')] = name.endsWith('[]') || values.length > 1 ? values : values[0]!
  }
  return read
}
