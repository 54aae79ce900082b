import type { ErrorObject } from 'ajv/dist/2020.js'
import { sharedFile } from '../shared.ts'
import { describedBy, type OpenApi, readOpenApi, type Schema } from './description.ts'
import type { Heard, Said } from './faulty-server.ts'
import { assertListed, pinnedDescriptions, type Uses } from './pinned.ts'
import { isAsked, UNDESCRIBED, type Undescribed } from './undescribed.ts'

/** Holds what goes to and comes from a simulated network against the network's own description (67). */
export type Conformance = {
  /** @throws Error naming what the official description does not allow in this request */
  request: (heard: Heard) => void
  /** @throws Error when the simulator answers well, and as the network would not or does not say */
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
  const isOfThis = (one: { file: string }) => path === `specs/${one.file}`
  const { uses } = pinnedDescriptions().find(isOfThis) ?? { uses: {} }
  return heldAgainst(await readOpenApi(file), { under, uses, gaps: UNDESCRIBED.filter(isOfThis) })
}

/** `uses`: the operations and parameters that may be asked for. `gaps`: what the document is known to leave out. */
export function heldAgainst(
  document: OpenApi,
  { under = '', uses, gaps }: { under?: string; uses: Uses; gaps: readonly Undescribed[] },
): Conformance {
  const { operationOf, answerOf, bodyOf, validatorOf } = describedBy(document, under)
  const lacks = (heard: Heard, what: Undescribed['lacks']) =>
    gaps.find((gap) => gap.lacks === what && isAsked(gap, heard)) ?? null
  const check = (what: string, heard: Heard, schema: Schema, value: unknown, isJson = false) => {
    const validate = validatorOf(schema, isJson)
    if (validate(value)) return
    const both = lacks(heard, 'choice') !== null
    const excused = gaps.filter((gap) => gap.lacks === 'type' && isAsked(gap, heard)).map(({ at }) => at)
    const wrong = validate.errors?.filter((fault) => !isOfType(fault, excused) && !isBoth(fault, both)) ?? []
    if (wrong.length === 0) return
    const faults = JSON.stringify(wrong).slice(0, 1_000)
    throw new Error(`${what} of ${heard.method} ${heard.path}: ${faults}`)
  }

  return {
    request(heard) {
      if (lacks(heard, 'address')) return
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
      if (heard.body.length === 0) return
      if (!operation.body) throw new Error(`${heard.method} ${heard.path} takes no body.`)
      const type = (heard.headers['content-type'] ?? '').split(';')[0]!
      // Some descriptions name JSON alone for what OAuth sends as a form; the fields are the same.
      const named = operation.body.media[type] || !type.endsWith('urlencoded') ? type : 'application/json'
      const schema = bodyOf(operation, named)
      if (!schema) throw new Error(`${heard.method} ${heard.path} takes no ${type}.`)
      const isJson = type.endsWith('json')
      const value = isJson ? JSON.parse(heard.body.toString('utf8')) : fieldsOf(heard, type)
      check('The body', heard, schema, value, isJson)
    },
    answer(heard, said) {
      if (said.status >= 300 || lacks(heard, 'address') || isBeside(lacks(heard, 'answer'), said)) return
      const operation = operationOf(heard)
      const schema = operation && answerOf(operation, said.status)
      // What is on the wire, not what is in memory: a missing value and `undefined` are one there.
      const body = JSON.parse(JSON.stringify(said.body ?? null))
      if (schema) check('The simulated answer', heard, schema, body, true)
      else if (
        !gaps.some(
          (gap) => gap.lacks === 'content' && isAsked(gap, heard) && (gap.status ?? said.status) === said.status,
        )
      )
        throw new Error(`The description says nothing of ${said.status} to ${heard.method} ${heard.path}.`)
      else if (Object.keys(body ?? {}).length > 0)
        throw new Error(`${heard.method} ${heard.path} is to be answered with nothing.`)
    },
  }
}

/** Is it the answer that the description passes over? */
const isBeside = (gap: Undescribed | null, { body }: Said): boolean =>
  gap !== null &&
  Object.entries(gap.holding ?? {}).every(([key, value]) => (body as Schema | undefined)?.[key] === value)

/** Does it fit more than one of the shapes of which the description says one? */
const isBoth = ({ keyword, params }: ErrorObject, excused: boolean): boolean =>
  excused && keyword === 'oneOf' && params.passingSchemas !== null

const isOfType = ({ keyword, instancePath }: ErrorObject, names: readonly (string | undefined)[]): boolean =>
  keyword === 'type' && names.includes(instancePath.split('/').at(-1))

/** Parameters' schemas are small; a reference in one is made to point into the document. */
const inDocument = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"spec#/')) as Schema

/** Of a form; a file in it counts as its name. */
function fieldsOf(heard: Heard, type: string): Record<string, string> {
  if (type !== 'multipart/form-data') return Object.fromEntries(new URLSearchParams(heard.body.toString('utf8')))
  const { fields, file } = readMultipart(heard)
  return { ...fields, ...(file && { [file.name]: file.filename }) }
}

type FormFile = { name: string; filename: string; type: string; bytes: Buffer }

/** A form of parts (RFC 7578) with at most one file. @throws Error where it is none */
export function readMultipart({ headers, body }: Heard) {
  const boundary = /boundary=([^;]+)/.exec(headers['content-type'] ?? '')?.[1]
  const whole = body.toString('latin1')
  if (!boundary || !whole.endsWith(`--${boundary}--\r\n`)) throw new Error('This is no form of parts.')
  const fields: Record<string, string> = {}
  const files: FormFile[] = []
  for (const part of whole.split(`--${boundary}`).slice(1, -1)) {
    const at = part.indexOf('\r\n\r\n')
    const head = part.slice(0, at)
    const bytes = Buffer.from(part.slice(at + 4, -2), 'latin1')
    const name = /; name="([^"]+)"/.exec(head)?.[1] ?? ''
    const filename = /; filename="([^"]+)"/.exec(head)?.[1]
    if (filename === undefined) fields[name] = bytes.toString('utf8')
    else files.push({ name, filename, type: /content-type: (\S+)/i.exec(head)?.[1] ?? '', bytes })
  }
  return { fields, file: files[0] ?? null }
}

/** Lists travel as `name[]`, and are called `name` in descriptions. */
function queryOf({ query }: Heard): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {}
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    read[name.replace(/\[\]$/, '')] = name.endsWith('[]') || values.length > 1 ? values : values[0]!
  }
  return read
}
