import type { Metrics, RawMention, RemoteRef } from '../connector.ts'
import { sameHandle } from './listen.ts'
import type { Post, User } from './shapes.ts'
import { madeAt } from './snowflake.ts'
import { calledIn, wordsOf } from './words.ts'

/** `latest`: an edited post keeps the id of its first version here, and its address shows the last. */
export const refTo = (id: string, handle = 'i', latest = id): RemoteRef => ({
  network: 'x',
  instance: 'x.com',
  id,
  url: `https://x.com/${handle}/status/${latest}`,
})

/** The id all versions of a post share here. */
export const firstVersion = ({ id, versions }: Pick<Post, 'id' | 'versions'>): string => versions?.[0] ?? id

/** A repost says nothing of its own; an older version of an edited post was said better since. */
export const isMentionAtAll = ({ id, references, versions }: Post): boolean =>
  references.every(({ type }) => type !== 'retweeted') && (versions?.at(-1) ?? id) === id

export type Listener = {
  /** Handles listened to. */
  handles: readonly string[]
  /** The brand's own handle: who calls it may be answered. */
  own: string | null
  access: 'self-serve' | 'enterprise'
}

/** What was written, when, by whom, and whether X lets the brand answer it. */
export function toRawMention(post: Post, author: User, listener: Listener): RawMention {
  const called = calledIn(post)
  const id = firstVersion(post)
  const refers = (kind: string) => post.references.find(({ type }) => type === kind)
  const parent = refers('replied_to')
  const isCalled = listener.handles.some((handle) => called.has(handle.replace(/^@/, '').toLowerCase()))
  const mayAnswer = listener.access === 'enterprise' || [...called].some((handle) => sameHandle(handle, listener.own))
  const followers = author.public_metrics?.followers_count
  const { conversation_id: root, lang } = post
  return {
    ref: refTo(id, author.username, post.id),
    kind: isCalled ? 'mention' : refers('quoted') ? 'quote' : parent ? 'reply' : 'keyword',
    author: {
      id: author.id,
      handle: author.username,
      ...(author.name && { name: author.name }),
      ...(typeof followers === 'number' && { followers }),
    },
    text: wordsOf(post),
    // `und`, `qme` and the like are X's own words for "no language".
    ...(lang && /^[a-z]{2}(?:-\w+)?$/.test(lang) && { language: lang }),
    ...(parent && { parent: refTo(parent.id) }),
    ...(root && root !== post.id && root !== id && { root: refTo(root) }),
    createdAt: timeOf(post),
    metrics: metricsOf(post),
    ...(!mayAnswer && { closed: { reason: 'not-summoned', link: composerUnder(post.id) } }),
  }
}

/** X rounds `created_at` to seconds; the id knows better. */
export const timeOf = ({ id, created_at: told }: Pick<Post, 'id' | 'created_at'>): Date =>
  madeAt(id) ?? new Date(told ?? 0)

/** X's own page for answering a post. */
export const composerUnder = (id: string): string => `https://x.com/intent/post?in_reply_to=${id}`

const NAMES = {
  likes: ['like_count'],
  reposts: ['repost_count', 'retweet_count'],
  quotes: ['quote_count'],
  replies: ['reply_count'],
  impressions: ['impression_count'],
  bookmarks: ['bookmark_count'],
} as const

export function metricsOf({ public_metrics: counted }: Pick<Post, 'public_metrics'>): Metrics {
  const metrics: Metrics = {}
  for (const [metric, names] of Object.entries(NAMES) as [keyof typeof NAMES, readonly string[]][]) {
    const count = names.map((name) => counted?.[name]).find((value) => typeof value === 'number')
    if (count !== undefined) metrics[metric] = count
  }
  return metrics
}
