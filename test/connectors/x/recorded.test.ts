import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { metricsOf, timeOf, toRawMention } from '../../../connectors/x/mentions.ts'
import { Created, Post, PostsPage, User } from '../../../connectors/x/shapes.ts'
import { wordsOf } from '../../../connectors/x/words.ts'
import { sharedFile } from '../../shared.ts'

type Recorded = { name: string; method: string; status: number; json: unknown }

/** Answers that X really gave, 2020 to 2022; the posts in them are other people's and are never shown. */
function recorded(): Recorded[] {
  const plain = sharedFile('specs/x/python-twitter-testdata')
  const taped = sharedFile('specs/x/tweepy-cassettes')
  if (!plain || !taped) return []
  const files = (folder: string, kind: string) => readdirSync(folder).filter((name) => name.endsWith(kind))
  type Tape = {
    interactions: {
      request: { method: string }
      response: { status: { code: number }; body: { string: string | Uint8Array } }
    }[]
  }
  const tapes = files(taped, '.yaml').flatMap((name) =>
    (parse(readFileSync(join(taped, name), 'utf8')) as Tape).interactions.map(({ request, response }) => ({
      name,
      method: request.method,
      status: response.status.code,
      json: JSON.parse(wordsIn(response.body.string)),
    })),
  )
  const pages = files(plain, '.json').map((name) => ({
    name,
    method: name.startsWith('create') ? 'POST' : 'GET',
    status: 200,
    json: JSON.parse(readFileSync(join(plain, name), 'utf8')),
  }))
  return [...tapes, ...pages]
}

/** Some tapes were cut before the end of their gzip stream. */
const wordsIn = (body: string | Uint8Array) =>
  typeof body === 'string' ? body : gunzipSync(body, { finishFlush: 2 }).toString('utf8')

const tapes = recorded()

describe.skipIf(tapes.length === 0)('answers X really gave (23)', () => {
  it('are read, every page, post and author of them', () => {
    const posts: Post[] = []
    for (const { name, method, json } of tapes) {
      if (/compliance|rules/.test(name) || method === 'DELETE') continue
      if (method === 'POST') {
        expect(Created.safeParse(json).error, name).toBeUndefined()
        continue
      }
      const found = PostsPage.safeParse('data' in (json as object) ? json : { data: [json] })
      expect(found.error, name).toBeUndefined()
      for (const raw of found.data?.data ?? []) {
        const post = Post.safeParse(raw)
        expect(post.error, name).toBeUndefined()
        if (post.data) posts.push(post.data)
      }
      for (const raw of found.data?.includes.users ?? []) expect(User.safeParse(raw).error, name).toBeUndefined()
    }
    expect(posts.length).toBeGreaterThan(40)
    for (const post of posts) {
      expect(wordsOf(post)).not.toMatch(/&(?:amp|lt|gt);/)
      if (post.created_at) expect(Math.abs(timeOf(post).getTime() - Date.parse(post.created_at))).toBeLessThan(1_000)
    }
    expect(posts.some((post) => post.references.some(({ type }) => type === 'retweeted'))).toBe(true)
    expect(posts.some((post) => metricsOf(post).likes !== undefined)).toBe(true)
  })

  it('become mentions with the words and links of their authors', () => {
    const page = PostsPage.parse(tapes.find(({ name }) => name === 'search_tweets_query.json')?.json)
    const users = new Map(page.includes.users.map((raw) => User.parse(raw)).map((user) => [user.id, user]))
    const mentions = page.data
      .map((raw) => Post.parse(raw))
      .flatMap((post) => {
        const author = users.get(post.author_id ?? '')
        return author ? [toRawMention(post, author, { handles: ['snowman'], own: null, access: 'enterprise' })] : []
      })
    expect(mentions.length).toBeGreaterThan(0)
    for (const { author, text, ref } of mentions) {
      expect(author.handle).toMatch(/^\w{1,15}$/)
      expect(text).not.toContain('https://t.co/')
      expect(ref.url).toMatch(/^https:\/\/x\.com\/\w+\/status\/\d+$/)
    }
    expect(mentions.some(({ kind }) => kind === 'mention')).toBe(true)
  })
})
