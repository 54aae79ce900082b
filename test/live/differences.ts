import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Description, Schema } from '../connectors/description.ts'
import type { Json } from './keys.ts'

/** An answer of a network as it came. */
export type Came = { method: string; path: string; status: number; json: Json | undefined }
/** What differs from the description in the answers to one request; null where the description has no such answer. */
export type Differences = { request: string; differs: string[] | null }

/** Holds each good answer against what the description says of it; what is like it is not named. */
export function differencesFrom(description: Description, answers: readonly Came[]): Differences[] {
  const told = new Map<string, Set<string> | null>()
  for (const { method, path, status, json } of answers) {
    if (status < 200 || status > 299) continue
    const operation = description.operationOf({ method, path })
    const schema = operation && description.answerOf(operation, status)
    const request = operation?.name ?? `${method} ${path}`
    if (!schema) told.set(request, told.get(request) ?? null)
    else told.set(request, new Set([...(told.get(request) ?? []), ...differencesOf(description, schema, json)]))
  }
  return [...told].map(([request, differs]) => ({ request, differs: differs && [...differs] }))
}

function differencesOf(description: Description, schema: Schema, json: Json | undefined): string[] {
  if (json === undefined) return ['the answer is no JSON']
  const validate = description.validatorOf(schema, true)
  validate(json)
  const faults = withoutBranches(validate.errors ?? []).flatMap((fault) => wordsFor(fault, json) ?? [])
  return [...faults, ...undescribed(description, [schema], json).map((place) => `not described: ${place}`)]
}

/**
 * Where an answer fits none of several shapes, Ajv tells what each shape finds wrong. What lies deeper is what is wrong
 * with the shape meant; without any such, that none fits.
 */
function withoutBranches(faults: readonly ErrorObject[]): ErrorObject[] {
  let kept: ErrorObject[] = []
  for (const fault of faults) {
    if (fault.keyword === 'if') continue
    if (fault.keyword !== 'anyOf' && fault.keyword !== 'oneOf') {
      kept.push(fault)
      continue
    }
    const at = fault.instancePath
    const branches = kept.filter(({ instancePath: place }) => place === at || place.startsWith(`${at}/`))
    const meant = branches.filter(({ keyword, instancePath }) => instancePath !== at || keyword === 'required')
    kept = [...kept.filter((one) => !branches.includes(one)), ...(meant.length > 0 ? meant : [fault])]
  }
  return kept
}

/** Places and types, and never what people wrote. */
function wordsFor({ keyword, params, instancePath }: ErrorObject, json: Json): string | null {
  const place = placeOf(instancePath)
  const at = place || 'the answer'
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return null
  if (keyword === 'required') return `missing: ${place ? `${place}.` : ''}${params.missingProperty}`
  const value = valueAt(json, instancePath)
  if (keyword === 'type')
    return `wrong type: ${at} is ${typeName(value)}, described as ${[params.type].flat().join(' or ')}`
  if (keyword === 'enum') return `wrong value: ${at} is ${String(value).slice(0, 40)}, which is none of those described`
  if (keyword === 'anyOf' || keyword === 'oneOf')
    return `wrong type: ${at} is ${typeName(value)} of none of the shapes described`
  return `wrong value: ${at} breaks “${keyword}”`
}

/** Keys of an answer that none of the schemas for that place names, the uppermost of each branch. */
function undescribed(description: Description, schemas: readonly Schema[], json: Json, place = ''): string[] {
  const whole = schemas.flatMap((schema) => partsOf(description, schema, json))
  if (Array.isArray(json)) {
    const items = whole.flatMap(({ items }) => (items ? [items as Schema] : []))
    if (items.length === 0) return []
    return [...new Set(json.flatMap((item) => undescribed(description, items, item, `${place}[]`)))]
  }
  if (typeof json !== 'object' || json === null) return []
  const named = whole.filter(({ properties }) => properties) as { properties: Record<string, Schema> }[]
  // Maps, and objects of which nothing is said, may hold any key.
  const open = whole.some((part) => part.patternProperties || isMap(part.additionalProperties))
  if (named.length === 0 || open) return []
  return Object.entries(json).flatMap(([key, value]) => {
    const here = place ? `${place}.${key}` : key
    const of = named.flatMap(({ properties }) => (Object.hasOwn(properties, key) ? [properties[key]!] : []))
    return of.length === 0 ? [here] : undescribed(description, of, value, here)
  })
}

const isMap = (additional: unknown) => additional !== undefined && additional !== false

/** A schema with all that it is put together from, as far as it applies to that value. */
function partsOf(description: Description, schema: Schema, json: Json): Schema[] {
  const own = description.resolve(schema)
  const { allOf = [], anyOf = [], oneOf = [] } = own as Record<string, Schema[]>
  const applies = own.if !== undefined && description.validatorOf(own.if as Schema, true)(json)
  return [
    own,
    ...[...allOf, ...anyOf, ...oneOf, ...(applies ? [own.then as Schema] : [])].flatMap((part) =>
      partsOf(description, part, json),
    ),
  ]
}

const stepsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const placeOf = (pointer: string) =>
  stepsOf(pointer).reduce((at, step) => (/^\d+$/.test(step) ? `${at}[]` : at ? `${at}.${step}` : step), '')

const valueAt = (json: Json, pointer: string): unknown =>
  stepsOf(pointer).reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], json)

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
