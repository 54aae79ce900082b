import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemas } from '@atproto/api'
import type { Network } from '../../connectors/connector.ts'
import { type Description, describedBy, type OpenApi, readOpenApi, type Schema } from './description.ts'
import { lexiconDocument } from './lexicon-document.ts'

/** Where a description says what we use, and what it says there: `?limit` → `integer`, `[].id` → `string, always`. */
export type Uses = Record<string, Record<string, string>>

/** The version of a network's own description that our connector was held against (68). */
export type Pinned = {
  network: Network
  /** Below the folder of descriptions; `npm:` of those that come with a library. */
  file: string
  /** Where it is published. */
  from: string
  format: 'openapi' | 'lexicons' | 'fields'
  /** What addresses begin with on the wire and not in the document. */
  under: string
  sha256: string
  pinned: string
  uses: Uses
}

export const LOCK = new URL('descriptions.json', import.meta.url).pathname

export const pinnedDescriptions = (lock = LOCK): Pinned[] => JSON.parse(readFileSync(lock, 'utf8')) as Pinned[]

/** What a description holds now; null where it does not lie there. */
export type Found = { sha256: string; uses: Uses }

export async function foundOf(pinned: Pinned, folder: string | null): Promise<Found | null> {
  if (pinned.format === 'lexicons') {
    const document = lexiconDocument()
    return { sha256: hashOf(JSON.stringify(schemas)), uses: digest(pinned.uses, ofDocument(document, '')) }
  }
  const file = folder && join(folder, pinned.file)
  if (!file || !existsSync(file)) return null
  const sha256 = hashOf(readFileSync(file))
  if (pinned.format === 'fields') return { sha256, uses: digest(pinned.uses, ofFields(readFileSync(file, 'utf8'))) }
  return { sha256, uses: digest(pinned.uses, ofDocument(await readOpenApi(file), pinned.under)) }
}

/** What is said otherwise than before of what we use, a line each. */
export function changesBetween(before: Uses, now: Uses): string[] {
  return Object.entries(before).flatMap(([operation, places]) =>
    Object.entries(places).flatMap(([place, was]) => {
      const is = now[operation]?.[place] ?? ABSENT
      return is === was ? [] : [`${operation} ${place}: ${was || 'not looked up yet'} → ${is}`]
    }),
  )
}

/** @throws Error where the lock does not say that we use this operation, or send this parameter: it would not be watched */
export function assertListed(uses: Uses, operation: string, parameters: readonly string[]): void {
  const missing = parameters.map((name) => `?${name}`).filter((name) => uses[operation]?.[name] === undefined)
  if (uses[operation] && missing.length === 0) return
  throw new Error(
    `${operation} ${missing.join(' ')} is not in test/connectors/descriptions.json, which lists what we use.`,
  )
}

type Say = (operation: string, place: string) => string

const ABSENT = 'absent'
const hashOf = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

const digest = (uses: Uses, say: Say): Uses =>
  Object.fromEntries(
    Object.entries(uses).map(([operation, places]) => [
      operation,
      Object.fromEntries(Object.keys(places).map((place) => [place, say(operation, place)])),
    ]),
  )

/** Meta publishes the names of an object's fields and edges, and of fields the types. */
function ofFields(text: string): Say {
  const { fields, apis } = JSON.parse(text) as {
    fields: { name: string; type: string }[]
    apis: { method: string; endpoint?: string; return?: string }[]
  }
  return (_, place) => {
    const field = fields.find(({ name }) => name === place)
    const edge = apis.find(({ endpoint }) => endpoint === place)
    return field ? field.type : edge ? `edge of ${edge.return}` : ABSENT
  }
}

function ofDocument(document: OpenApi, under: string): Say {
  const description = describedBy(document, under)
  return (name, place) => {
    const operation = description.operationNamed(name)
    if (!operation) return ABSENT
    if (place.startsWith('?')) {
      const one = operation.parameters.find((each) => `?${each.name.replace(/\[\]$/, '')}` === place)
      return one ? `${typeOf(description, [one.schema ?? {}])}${one.required ? ', required' : ''}` : ABSENT
    }
    if (place.startsWith('body.')) {
      const [type] = Object.keys(operation.body?.media ?? {})
      const schema = type && description.bodyOf(operation, type)
      return schema ? at(description, schema, place.slice(5), 'required') : ABSENT
    }
    const schema = description.answerOf(operation, operation.responses[200] ? 200 : 201)
    return schema ? at(description, schema, place, 'always') : ABSENT
  }
}

/** What stands at a place such as `data[].author.name`. */
function at(description: Description, schema: Schema, place: string, word: string): string {
  let here = partsOf(description, schema)
  let held = true
  for (const step of place.split(/\.|(?=\[\])/).filter((one) => one !== '')) {
    const next = here.flatMap(({ items, properties }) => {
      const of = step === '[]' ? items : (properties as Record<string, Schema> | undefined)?.[step]
      return of ? [of as Schema] : []
    })
    if (next.length === 0) return ABSENT
    held = step === '[]' || here.some(({ required }) => (required as string[] | undefined)?.includes(step))
    here = next.flatMap((one) => partsOf(description, one))
  }
  return `${typeOf(description, here)}${held ? `, ${word}` : ''}`
}

/** A schema with all that it may be put together from. */
function partsOf(description: Description, schema: Schema): Schema[] {
  const own = description.resolve(schema)
  const { allOf = [], anyOf = [], oneOf = [], then } = own as Record<string, Schema[]>
  const parts = [...allOf, ...anyOf, ...oneOf, ...(then ? [then as unknown as Schema] : [])]
  return [own, ...parts.flatMap((part) => partsOf(description, part))]
}

function typeOf(description: Description, schemas: readonly Schema[]): string {
  const parts = schemas.flatMap((schema) => partsOf(description, schema))
  const types = parts.flatMap(({ type, nullable }) => [type ?? [], nullable ? 'null' : []].flat() as string[])
  return [...new Set(types)].sort().join(' or ') || 'anything'
}
