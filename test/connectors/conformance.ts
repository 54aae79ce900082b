import { sharedFile } from '../shared.ts'
import { describedBy, readOpenApi, type Schema } from './description.ts'
import type { Heard, Said } from './faulty-server.ts'
import { assertListed, pinnedDescriptions } from './pinned.ts'

/** Holds what goes to and comes from a simulated network against the network's own description (67). */
export type Conformance = {
  /** @throws Error naming what the official description does not allow in this request */
  request: (heard: Heard) => void
  /** @throws Error when the simulator answers as the network would not */
  answer: (heard: Heard, said: Said) => void
}

/**
 * @param path of an OpenAPI document (3.0 or 3.1, JSON) below `../shared`
 * @param under what addresses begin with on the wire and not in the document, such as `/2`
 * @returns null, having said so, where the document is not there
 */
export async function conformanceTo(path: string, under = ''): Promise<Conformance | null> {
  const file = sharedFile(path)
  if (!file) return null
  const { operationOf, answerOf, bodyOf, validatorOf } = describedBy(await readOpenApi(file), under)
  const { uses } = pinnedDescriptions().find((pinned) => path === `specs/${pinned.file}`) ?? { uses: {} }
  const check = (what: string, heard: Heard, schema: Schema, value: unknown) => {
    const validate = validatorOf(schema)
    if (validate(value)) return
    const faults = JSON.stringify(validate.errors).slice(0, 1_000)
    throw new Error(`${what} of ${heard.method} ${heard.path}: ${faults}`)
  }

  return {
    request(heard) {
      const operation = operationOf(heard)
      if (!operation) throw new Error(`The network has no ${heard.method} ${heard.path}.`)
      const query = queryOf(heard)
      assertListed(uses, operation.name, Object.keys(query))
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
      const schema = bodyOf(operation, named)
      if (!schema) throw new Error(`${heard.method} ${heard.path} takes no ${type}.`)
      const text = heard.body.toString('utf8')
      const value = type.endsWith('json') ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))
      check('The body', heard, schema, value)
    },
    answer(heard, said) {
      const operation = operationOf(heard)
      const schema = operation && answerOf(operation, said.status)
      if (!schema) return
      // What is on the wire, not what is in memory: a missing value and `undefined` are one there.
      check('The simulated answer', heard, schema, JSON.parse(JSON.stringify(said.body)))
    },
  }
}

/** Parameters' schemas are small; a reference in one is made to point into the document. */
const inDocument = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"spec#/')) as Schema

/** Lists travel as `name[]`, and are called `name` in descriptions. */
function queryOf({ query }: Heard): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {}
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    read[name.replace(/\[\]$/, '')] = name.endsWith('[]') || values.length > 1 ? values : values[0]!
  }
  return read
}
