import { describe, expect, it } from 'vitest'
import { sharedFile } from '../shared.ts'
import { heldAgainst } from './conformance.ts'
import { describedBy, type OpenApi, readOpenApi } from './description.ts'
import type { Heard } from './faulty-server.ts'
import { isStillLacking, UNDESCRIBED, type Undescribed } from './undescribed.ts'

const JSON_OF = (schema: object) => ({ content: { 'application/json': { schema } } })
const Thing = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }
const document: OpenApi = {
  paths: {
    '/things/{id}': {
      get: { responses: { 200: JSON_OF(Thing), default: { description: 'Trouble' } } },
      delete: { responses: { 200: { description: 'Taken away' } } },
      post: { requestBody: JSON_OF(Thing), responses: { 200: JSON_OF(Thing) } },
    },
  },
}
const USES = { 'GET /things/{id}': {}, 'DELETE /things/{id}': {}, 'POST /things/{id}': {} }
const against = (...gaps: Omit<Undescribed, 'file' | 'why'>[]) =>
  heldAgainst(document, { uses: USES, gaps: gaps.map((gap) => ({ file: 'things.json', why: 'told', ...gap })) })

const asked = (method: string, path = '/things/7', body = ''): Heard => ({
  ...{ method, path, query: new URLSearchParams(), search: '', body: Buffer.from(body) },
  headers: body === '' ? {} : { 'content-type': 'application/json' },
})
const said = (status: number, body?: unknown) => ({ status, ...(body !== undefined && { body }) })

describe('a simulated network and its description (67)', () => {
  it('must agree on every good answer: one that is not described fails', () => {
    const { answer } = against()
    expect(() => answer(asked('GET'), said(200, { id: 'a' }))).not.toThrow()
    expect(() => answer(asked('GET'), said(200, { id: 7 }))).toThrow('/things/7')
    expect(() => answer(asked('GET'), said(200))).toThrow('The simulated answer')
    expect(() => answer(asked('GET'), said(201, { id: 'a' }))).toThrow('nothing of 201')
    expect(() => answer(asked('DELETE'), said(200))).toThrow('nothing of 200')
    expect(() => answer(asked('GET', '/other'), said(200, {}))).toThrow('nothing of 200 to GET /other')
    expect(() => answer(asked('GET', '/other'), said(404, {}))).not.toThrow()
  })

  it('must agree on every request, its body too', () => {
    const { request } = against()
    expect(() => request(asked('POST', '/things/7', '{"id":"a"}'))).not.toThrow()
    expect(() => request(asked('POST', '/things/7', '{"id":7}'))).toThrow('The body')
    expect(() => request(asked('POST', '/things/7', '{}'))).toThrow('The body')
    expect(() => request(asked('GET', '/things/7', '{"id":"a"}'))).toThrow('takes no body')
    expect(() => request(asked('GET', '/other'))).toThrow('has no GET /other')
  })

  it('may differ where the description is known to be short, and there alone', () => {
    const address = against({ asked: 'GET /other/{}', lacks: 'address' })
    expect(() => address.request(asked('GET', '/other/7'))).not.toThrow()
    expect(() => address.answer(asked('GET', '/other/7'), said(200, 'anything'))).not.toThrow()
    expect(() => address.request(asked('GET', '/other/7/more'))).toThrow('has no')
    const content = against({ asked: 'DELETE /things/{}', lacks: 'content' })
    expect(() => content.answer(asked('DELETE'), said(204))).not.toThrow()
    expect(() => content.answer(asked('DELETE'), said(200, {}))).not.toThrow()
    expect(() => content.answer(asked('DELETE'), said(200, { id: 'a' }))).toThrow('with nothing')
    const beside = against({ asked: 'POST /things/{}', lacks: 'answer', holding: { action: 'waits' } })
    expect(() => beside.answer(asked('POST'), said(200, { action: 'waits', n: 1 }))).not.toThrow()
    expect(() => beside.answer(asked('POST'), said(200, { action: 'stands' }))).toThrow('The simulated answer')
    const type = against({ asked: 'POST /things/{}', lacks: 'type', at: 'id' })
    expect(() => type.request(asked('POST', '/things/7', '{"id":7}'))).not.toThrow()
    expect(() => type.answer(asked('POST'), said(200, { id: 7 }))).not.toThrow()
    expect(() => type.answer(asked('POST'), said(200, {}))).toThrow('The simulated answer')
  })
})

describe('what descriptions are known to leave out', () => {
  it.each<[Pick<Undescribed, 'asked' | 'lacks' | 'at' | 'example'>, boolean]>([
    [{ asked: 'GET /other/{}', lacks: 'address' }, true],
    [{ asked: 'GET /things/{}', lacks: 'address' }, false],
    [{ asked: 'DELETE /things/{}', lacks: 'content' }, true],
    [{ asked: 'GET /things/{}', lacks: 'content' }, false],
    [{ asked: 'GET /other/{}', lacks: 'content' }, false],
    [{ asked: 'POST /things/{}', lacks: 'answer', example: { action: 'waits' } }, true],
    [{ asked: 'POST /things/{}', lacks: 'answer', example: { id: 'a' } }, false],
    [{ asked: 'DELETE /things/{}', lacks: 'answer', example: { action: 'waits' } }, false],
    [{ asked: 'POST /things/{}', lacks: 'type', at: 'id', example: 7 }, true],
    [{ asked: 'POST /things/{}', lacks: 'type', at: 'id', example: 'a' }, false],
    [{ asked: 'POST /things/{}', lacks: 'type', at: 'name', example: 7 }, false],
  ])('are left out to this day, or no excuse any more: %o', (gap, is) => {
    expect(isStillLacking({ file: 'things.json', why: 'told', ...gap }, describedBy(document))).toBe(is)
  })

  const files = [...new Set(UNDESCRIBED.map(({ file }) => file))]
  const found = files.map((file): [string, string | null] => [file, sharedFile(`specs/${file}`)])
  it.skipIf(found.some(([, path]) => !path)).each(found)('is left out by %s to this day', async (file, path) => {
    const description = describedBy(await readOpenApi(path!))
    for (const gap of UNDESCRIBED.filter((one) => one.file === file)) {
      expect(gap.why, gap.asked).toMatch(/^[A-Z].*\.$/)
      expect(isStillLacking(gap, description), `${gap.asked}: ${gap.why}`).toBe(true)
    }
  })
})
