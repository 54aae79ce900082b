import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkDescriptions } from './descriptions.ts'
import { assertListed, type Pinned, pinnedDescriptions, type Uses } from './pinned.ts'

const text = { type: 'string' }
const search = (item: object, parameters = [{ name: 'post.fields', in: 'query', schema: text }]) => ({
  openapi: '3.1.0',
  paths: {
    '/search': {
      get: {
        parameters,
        responses: {
          200: {
            content: {
              'application/json': {
                schema: { type: 'object', properties: { data: { type: 'array', items: { allOf: [item] } } } },
              },
            },
          },
        },
      },
    },
  },
})
const ITEM = { required: ['id'], properties: { id: text, note_post: { properties: { text } }, unused: text } }

describe('the pinned descriptions (68)', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'descriptions-'))
    write('x.json', search(ITEM))
    write('Page.json', { fields: [{ name: 'name', type: 'string' }], apis: [{ endpoint: 'feed', return: 'Post' }] })
    pin('x.json', 'openapi', {
      'GET /search': { '?post.fields': '', 'data[].id': '', 'data[].note_post.text': '', 'data[].gone': '' },
    })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content))
  const pin = (file: string, format: Pinned['format'], uses: Uses) =>
    write('lock.json', [
      { network: 'x', file, from: 'https://x.example', format, under: '', sha256: '', pinned: '', uses },
    ])
  const run = async (accept = false) => {
    const lines: string[] = []
    const lock = join(folder, 'lock.json')
    const status = await checkDescriptions({ folder, lock, accept, today: '2026-11-22' }, (line) => lines.push(line))
    return { status, lines, lock: pinnedDescriptions(lock) }
  }

  it('are taken into the lock as they are, and then have nothing to say', async () => {
    const { status, lock } = await run(true)
    expect(status).toBe(0)
    expect(lock[0]).toMatchObject({ pinned: '2026-11-22', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(lock[0]?.uses['GET /search']).toEqual({
      '?post.fields': 'string',
      'data[].id': 'string, always',
      'data[].note_post.text': 'string',
      'data[].gone': 'absent',
    })
    expect(await run()).toMatchObject({ status: 0, lines: ['1 descriptions pinned, 0 differ.'] })
  })

  it('fail the run when one differs, and name what became different of what we use', async () => {
    await run(true)
    write('x.json', search({ properties: { id: { type: 'integer' }, note_tweet: { properties: { text } } } }, []))
    const { status, lines, lock } = await run()
    expect(status).toBe(1)
    expect(lines).toEqual([
      'x: x.json is not what was pinned on 2026-11-22.',
      '  GET /search ?post.fields: string → absent',
      '  GET /search data[].id: string, always → integer',
      '  GET /search data[].note_post.text: string → absent',
      '1 descriptions pinned, 1 differ.',
    ])
    expect(lock[0]?.uses['GET /search']?.['?post.fields']).toBe('string')
  })

  it('say so when what differs is nothing that we use', async () => {
    await run(true)
    write('x.json', search({ ...ITEM, properties: { ...ITEM.properties, unused: { type: 'integer' } } }))
    expect(await run()).toMatchObject({
      status: 1,
      lines: [expect.any(String), '  Nothing that we use of it differs.', expect.any(String)],
    })
  })

  it('may be mere lists of fields and edges', async () => {
    pin('Page.json', 'fields', { fields: { name: '', feed: '', wings: '' } })
    expect((await run(true)).lock[0]?.uses).toEqual({
      fields: { name: 'string', feed: 'edge of Post', wings: 'absent' },
    })
  })

  it('are passed over with a reason where they do not lie', async () => {
    rmSync(join(folder, 'x.json'))
    expect(await run()).toMatchObject({
      status: 0,
      lines: [expect.stringContaining('https://x.example'), expect.any(String)],
    })
  })

  it('list every operation and parameter that simulators hear', () => {
    const uses = { 'GET /search': { '?q': 'string' } }
    expect(() => assertListed(uses, 'GET /search', ['q'])).not.toThrow()
    expect(() => assertListed(uses, 'GET /search', ['q', 'sort'])).toThrow('GET /search ?sort is not in')
    expect(() => assertListed(uses, 'GET /other', [])).toThrow('GET /other')
  })
})

it('the lock is that of the library’s lexicons, and says of all it names where it is published', async () => {
  const lines: string[] = []
  expect(await checkDescriptions({ folder: null, accept: false, today: '' }, (line) => lines.push(line))).toBe(0)
  expect(lines[0]).toMatch(/^skipped: no folder/)
  const lock = pinnedDescriptions()
  expect(lock.length).toBeGreaterThan(10)
  for (const { from, sha256, uses, file } of lock) {
    expect(from, file).toMatch(/^https:/)
    expect(sha256, file).toMatch(/^[0-9a-f]{64}$/)
    expect(Object.values(uses).flatMap(Object.values), file).not.toContain('')
  }
  expect(readFileSync('package.json', 'utf8')).toContain('"descriptions":')
})
