import { z } from 'zod'
import { type Access, ConnectorError, type Metrics, type RawMention, type RemoteRef } from '../connector.ts'
import { plainText } from '../html.ts'

const LIKE = 2

/** What we read of a post. `post_type` 1 is what people write; 2 to 4 are moderators' notes, small actions and whispers. */
export const Post = z.object({
  id: z.number().int(),
  username: z.string().min(1),
  name: z.string().nullish(),
  user_id: z.number().int(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }).nullish(),
  cooked: z.string(),
  post_number: z.number().int(),
  post_type: z.number().int(),
  topic_id: z.number().int(),
  topic_slug: z.string().nullish(),
  topic_title: z.string().nullish(),
  // The description says text, servers send a number.
  reply_to_post_number: z.union([z.number().int(), z.string()]).nullish(),
  reply_count: z.number().int().optional(),
  actions_summary: z.array(z.object({ id: z.number(), count: z.number().optional() })).default([]),
  hidden: z.boolean().default(false),
  deleted_at: z.string().nullish(),
  user_deleted: z.boolean().default(false),
})
export type Post = z.infer<typeof Post>

/** The page around the items; each item is parsed by itself, so that one bad one does not cost the page. */
export const LatestPosts = z.object({ latest_posts: z.array(z.unknown()) })
export const Replies = z.array(z.unknown())

/** What a grant of this network holds, and what requests are made with. */
export const Session = z.object({
  baseUrl: z.string(),
  username: z.string().min(1),
  /** `admin`: a key made by an administrator, acting as that user. `user`: a key the user gave us. */
  kind: z.enum(['admin', 'user']),
  key: z.string().min(1),
})
export type Session = z.infer<typeof Session>

/** @throws ConnectorError `auth` when the account was linked to something else */
export function sessionOf(as: Access | null | undefined): Session {
  try {
    return Session.parse(JSON.parse(as?.token ?? ''))
  } catch {
    throw new ConnectorError('auth', 'This account is not linked to a Discourse forum (any more). Link it again.')
  }
}

export type Site = { baseUrl: string; instance: string }

/** A post is named by its topic and its number there, `topic.number`: that is how others name the post they answer. */
export const refTo = ({ baseUrl, instance }: Site, topic: number, number: number): RemoteRef => ({
  network: 'discourse',
  instance,
  id: `${topic}.${number}`,
  url: `${baseUrl}/t/${topic}/${number}`,
})

/** A topic without a number is its first post. */
export function placeOf({ id }: RemoteRef): { topic: number; number: number } {
  const [topic, number = '1'] = id.split('.')
  return { topic: Number(topic), number: Number(number) }
}

export const metricsOf = (post: Post): Metrics => ({
  likes: post.actions_summary.find(({ id }) => id === LIKE)?.count ?? 0,
  ...(post.reply_count !== undefined && { replies: post.reply_count }),
})

export const isGone = (post: Post): boolean => Boolean(post.deleted_at) || post.user_deleted || post.hidden

/** The words of a post; a topic's first post begins with its title. Quotes of others are not its author's words. */
export function textOf(post: Post): string {
  const body = plainText(post.cooked.replace(/<aside class="quote[\s\S]*?<\/aside>/g, ''))
  return post.post_number === 1 && post.topic_title ? `${post.topic_title}\n\n${body}` : body
}

export function toRawMention(site: Site, post: Post, kind: RawMention['kind']): RawMention {
  const { topic_id: topic, post_number: number } = post
  const parent = Number(post.reply_to_post_number ?? 0)
  return {
    ref: refTo(site, topic, number),
    kind,
    author: { id: `${post.user_id}`, handle: post.username, ...(post.name && { name: post.name }) },
    text: textOf(post),
    ...(parent > 0 && { parent: refTo(site, topic, parent) }),
    ...(number > 1 && { root: refTo(site, topic, 1) }),
    createdAt: new Date(post.created_at),
    ...(post.updated_at && { version: new Date(post.updated_at) }),
    metrics: metricsOf(post),
  }
}

/** Are both the same words? Forums turn addresses into cards and squeeze spaces. */
export function sameWords(html: string, text: string): boolean {
  const bare = (words: string) => words.replace(/[\s*_`>#\\]+/gu, '')
  return bare(plainText(html)) === bare(text)
}
