import { afterEach, describe, expect, it } from 'vitest'
import { BLUESKY } from '../../connectors/bluesky/entry.ts'
import { type BlueskyStage, blueskyStage } from '../connectors/bluesky/stage.ts'
import { describedBy } from '../connectors/description.ts'
import { LISTEN } from '../connectors/stage.ts'
import { checkLive } from './check.ts'
import { descriptionsOf, differs, linesOfDescribed } from './described.ts'
import { differencesFrom } from './differences.ts'
import type { Json } from './keys.ts'

describe('a look at a live network beside its description (68)', () => {
  let stage: BlueskyStage
  afterEach(() => stage.close())

  const look = async (drift: (text: string) => string) => {
    stage = await blueskyStage()
    await stage.post('@lumenor kettle')
    const { described } = await checkLive({
      entry: { ...BLUESKY, open: (_, { reader: _none, ...deps }) => stage.connector(deps) },
      settings: {},
      reader: null,
      listen: LISTEN,
      clock: stage.clock,
      fetch: async (url, init) => {
        const answer = await fetch(url, init)
        return new Response(drift(await answer.text()), { status: answer.status, headers: answer.headers })
      },
      descriptions: await descriptionsOf('bluesky', null),
    })
    return described
  }

  it('has nothing to say of answers that are as described', async () => {
    const described = await look((text) => text)
    expect(differs(described)).toBe(false)
    expect(linesOfDescribed(described)).toContain('  GET /xrpc/app.bsky.feed.searchPosts: as described')
  })

  it('names what is missing, of another type, or new, also in records', async () => {
    const described = await look((text) =>
      text
        .replaceAll('"indexedAt"', '"seenAt"')
        .replaceAll('"isRead":false', '"isRead":"no"')
        .replaceAll('"createdAt"', '"madeAt"'),
    )
    expect(differs(described)).toBe(true)
    const request = 'GET /xrpc/app.bsky.notification.listNotifications'
    expect(described?.differences.find((one) => one.request === request)?.differs?.sort()).toEqual([
      'missing: notifications[].indexedAt',
      'missing: notifications[].record.createdAt',
      'not described: notifications[].record.madeAt',
      'not described: notifications[].seenAt',
      'wrong type: notifications[].isRead is string, described as boolean',
    ])
  })
})

describe('differences from a description', () => {
  const author = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, kind: { type: 'string', enum: ['person', 'bot'] } },
  }
  const post = {
    type: 'object',
    required: ['id', 'author'],
    properties: {
      id: { type: 'string' },
      author: { anyOf: [{ $ref: '#/components/schemas/author' }, { type: 'null' }] },
      counts: { type: 'object', additionalProperties: { type: 'integer' } },
    },
    additionalProperties: false,
  }
  const answer = { content: { 'application/json': { schema: { type: 'array', items: post } } } }
  const description = describedBy(
    {
      paths: { '/posts/{id}': { get: { responses: { 200: answer } } } },
      components: { schemas: { author } },
    },
    '/v1',
  )
  const of = (json: Json | undefined, path = '/v1/posts/7', status = 200) =>
    differencesFrom(description, [{ method: 'GET', path, status, json }])
  const fine = { id: '1', author: { id: '2', kind: 'bot' }, counts: { likes: 1, anything: 2 } }

  it('are none where there are none, in whatever shape', () => {
    expect(of([fine, { id: '2', author: null }])).toEqual([{ request: 'GET /posts/{id}', differs: [] }])
  })

  it('are told once each, by place and type, and never with what people wrote', () => {
    const [told] = of([
      { ...fine, id: 77, author: { id: '2', kind: 'robot' }, secret: 'words of a person' },
      { ...fine, id: 78, author: { kind: 'bot', words: 'of a person' } },
      { ...fine, author: 'words of a person', counts: { likes: 'many' } },
    ])
    expect(told?.differs?.sort()).toEqual([
      'missing: [].author.id',
      'not described: [].author.words',
      'not described: [].secret',
      'wrong type: [].author is string of none of the shapes described',
      'wrong type: [].counts.likes is string, described as integer',
      'wrong type: [].id is integer, described as string',
      'wrong value: [].author.kind is robot, which is none of those described',
    ])
  })

  it('are those of good answers alone, and of described ones', () => {
    expect(of({ error: 'no' }, '/v1/posts/7', 500)).toEqual([])
    expect(of([], '/v1/other')).toEqual([{ request: 'GET /v1/other', differs: null }])
    expect(of(undefined)[0]?.differs).toEqual(['the answer is no JSON'])
  })
})
