import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { metricsOf, timeOf, toRawMention } from '../../../connectors/x/mentions.ts'
import { Post, PostsPage, User } from '../../../connectors/x/shapes.ts'
import { wordsOf } from '../../../connectors/x/words.ts'
import { sharedFile } from '../../shared.ts'
import { recordedIn } from '../recorded/tapes.ts'

/** Answers that X really gave, 2020 to 2022; the posts in them are other people's and are never shown. */
const specs = sharedFile('specs/x')
const tapes = (specs ? ['tweepy-cassettes', 'python-twitter-testdata'] : []).flatMap((name) =>
  recordedIn(join(specs ?? '', name)),
)

describe.skipIf(tapes.length === 0)('posts X really gave (23)', () => {
  it('say when they were made and how they fared, and among them are reposts', () => {
    const posts = tapes
      .flatMap(({ json }) => PostsPage.safeParse(json).data?.data ?? [])
      .flatMap((raw) => Post.safeParse(raw).data ?? [])
    expect(posts.length).toBeGreaterThan(40)
    for (const post of posts) {
      expect(wordsOf(post)).not.toMatch(/&(?:amp|lt|gt);/)
      if (post.created_at) expect(Math.abs(timeOf(post).getTime() - Date.parse(post.created_at))).toBeLessThan(1_000)
    }
    expect(posts.some((post) => post.references.some(({ type }) => type === 'retweeted'))).toBe(true)
    expect(posts.some((post) => metricsOf(post).likes !== undefined)).toBe(true)
  })

  it('become mentions with the words and links of their authors', () => {
    const page = PostsPage.parse(tapes.find(({ file }) => file === 'search_tweets_query.json')?.json)
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
