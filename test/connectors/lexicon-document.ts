import { schemas } from '@atproto/api'
import type { OpenApi, Schema } from './description.ts'

type Lexicon = { id: string; defs: Record<string, Schema> }
type Described = { type?: string; schema?: Schema; parameters?: Schema; input?: Schema; output?: Schema }

/** Records whose content the network's own answers leave open. */
const KEPT = ['app.bsky.feed.post']

/** The network's lexicons as they come with its library, written as OpenAPI, so that one reader does for all networks. */
export function lexiconDocument(lexicons: readonly Lexicon[] = schemas as unknown as Lexicon[]): OpenApi {
  const paths: Record<string, Schema> = {}
  const shapes: Record<string, Schema> = {}
  for (const { id, defs } of lexicons)
    for (const [name, def] of Object.entries(defs)) {
      const { type, parameters, input, output } = def as Described
      const body = (of: Described | undefined) =>
        of?.schema ? { content: { 'application/json': { schema: shapeOf(of.schema, id) } } } : undefined
      if (type === 'query' || type === 'procedure')
        paths[`/xrpc/${id}`] = {
          [type === 'query' ? 'get' : 'post']: {
            parameters: parametersOf(parameters, id),
            requestBody: body(input),
            responses: { 200: body(output) ?? {} },
          },
        }
      else if (type === 'record') shapes[nameOf(id, id)] = shapeOf((def as { record: Schema }).record, id)
      else shapes[nameOf(`${id}#${name}`, id)] = shapeOf(def, id)
    }
  return JSON.parse(JSON.stringify({ paths, components: { schemas: shapes } })) as OpenApi
}

function parametersOf(of: Schema | undefined, id: string): Schema[] {
  const required = (of?.required ?? []) as string[]
  return Object.entries((of?.properties ?? {}) as Record<string, Schema>).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: shapeOf(schema, id),
  }))
}

function shapeOf(def: Schema, id: string): Schema {
  const type = def.type as string
  if (type === 'object') return objectOf(def, id)
  if (type === 'array') return { type, items: shapeOf(def.items as Schema, id) }
  if (type === 'ref') return refTo(def.ref as string, id)
  if (type === 'union') return { type: 'object', ...either(def.refs as string[], id) }
  if (type === 'unknown') return { type: 'object', ...either(KEPT, id) }
  if (['string', 'integer', 'boolean'].includes(type)) return { type, ...(def.enum ? { enum: def.enum } : {}) }
  return {}
}

function objectOf({ properties = {}, required = [], nullable = [] }: Schema, id: string): Schema {
  const own = Object.entries(properties as Record<string, Schema>).map(([name, schema]) => {
    const shape = shapeOf(schema, id)
    return [name, (nullable as string[]).includes(name) ? { anyOf: [shape, { type: 'null' }] } : shape]
  })
  return { type: 'object', properties: { $type: { type: 'string' }, ...Object.fromEntries(own) }, required }
}

/** A union says by `$type` what it is; what names another type is open. */
const either = (refs: readonly string[], id: string): Schema => ({
  allOf: refs.map((ref) => ({
    if: { properties: { $type: { const: typeOf(ref, id) } }, required: ['$type'] },
    then: refTo(ref, id),
  })),
})

const refTo = (ref: string, id: string): Schema => ({
  $ref: `#/components/schemas/${nameOf(ref, id)}`,
})

const typeOf = (ref: string, id: string) =>
  nameOf(ref, id)
    .replace(/:main$/, '')
    .replace(':', '#')

/** A `#` in a name would end the address of the document it stands in. */
function nameOf(ref: string, id: string): string {
  const plain = ref.replace(/^lex:/, '')
  const [of, name = 'main'] = plain.split('#')
  return `${of || id}:${name}`
}
