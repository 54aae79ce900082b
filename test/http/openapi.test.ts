import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aToyServer, type Toy, toyApi } from './toy.ts'

/** Any place in the document; walked by name, so that what is missing shows as undefined. */
type Json = { [key: string]: Json }
let toy: Toy
let document: Json
beforeAll(async () => {
  toy = await aToyServer()
  document = (await toy.ask(null, 'GET', '/openapi.json')).json()
})
afterAll(() => toy.app.close())

const inOpenApi = (path: string) => `/api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`

function everyObject(node: unknown, found: Json[] = []): Json[] {
  if (typeof node !== 'object' || node === null) return found
  if (!Array.isArray(node)) found.push(node as Json)
  for (const child of Object.values(node)) everyObject(child, found)
  return found
}

describe('the OpenAPI document (O1)', () => {
  it('is of version 3.1 and lists every route of every contract', () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    for (const [key, { summary }] of Object.entries(toyApi)) {
      const [method = '', path = ''] = key.split(' ')
      expect(document.paths?.[inOpenApi(path)]?.[method.toLowerCase()], key).toMatchObject({
        summary,
        responses: expect.anything(),
      })
    }
  })

  it('names each operation once', () => {
    const ids = Object.values(document.paths ?? {}).flatMap((path) =>
      Object.values(path).flatMap(({ operationId }) => operationId ?? []),
    )
    expect(ids).toContain('post-toys-id-throw')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('declares every parameter of a path', () => {
    for (const [path, operations] of Object.entries(document.paths ?? {})) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      for (const operation of Object.values(operations)) {
        const declared = everyObject(operation.parameters).filter((each) => String(each.in) === 'path')
        expect(
          declared.map(({ name }) => String(name)),
          path,
        ).toEqual(named)
      }
    }
  })

  it('refers to nothing that is not in it', () => {
    const refs = everyObject(document).flatMap(({ $ref }): string[] => (typeof $ref === 'string' ? [$ref] : []))
    expect(refs).toContain('#/components/schemas/Problem')
    for (const ref of refs) {
      const target = ref
        .slice(2)
        .split('/')
        .reduce<Json | undefined>((node, key) => node?.[key], document)
      expect(target, ref).toBeDefined()
    }
  })

  it('tells how an error looks, and who may call', () => {
    const throwing = document.paths?.['/api/v1/toys/{id}/throw']?.post
    expect(throwing?.responses?.['4XX']?.content).toHaveProperty(['application/problem+json'])
    expect(throwing).toMatchObject({
      security: [{ session: [] }],
      description: expect.stringMatching(/^For member\..*idempotency-key/),
    })
    expect(document.paths?.['/api/v1/weather']?.get?.security).toEqual([])
  })

  it('says that unknown fields are refused', () => {
    const body = document.paths?.['/api/v1/toys']?.post?.requestBody?.content?.['application/json']?.schema
    expect(body).toMatchObject({
      additionalProperties: false,
      properties: { parts: { items: { additionalProperties: false } } },
    })
  })

  it('can be browsed', async () => {
    const page = await toy.ask(null, 'GET', '/docs/')
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')])
  })
})
