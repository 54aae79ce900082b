import { z } from 'zod'
import type { RawMention, RemoteRef } from '../connector.ts'

const count = z.number().int().nonnegative().optional()
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time')
/** Missing where its person let the app read nothing of them. */
const from = z.object({ id: z.string().min(1), name: z.string().default('') }).nullish()

/** What we read of a post. */
export const Post = z.object({
  id: z.string().min(1),
  message: z.string().default(''),
  created_time: time,
  from,
  permalink_url: z.string().nullish(),
})
export type Post = z.infer<typeof Post>

/** What we read of a comment; `parent` where it answers another one. */
export const Comment = Post.extend({
  parent: z.object({ id: z.string().min(1) }).nullish(),
  like_count: count,
  comment_count: count,
})
export type Comment = z.infer<typeof Comment>

export const POST_FIELDS = 'id,message,created_time,from,permalink_url'
export const COMMENT_FIELDS = `${POST_FIELDS},parent{id},like_count,comment_count`

export const refTo = (id: string, url?: string | null): RemoteRef => ({
  network: 'facebook',
  instance: 'facebook.com',
  id,
  ...(url?.startsWith('https://') && { url }),
})

export const madeAt = ({ created_time }: Pick<Post, 'created_time'>): Date => new Date(created_time)

const authorOf = ({ id, from }: Post) => ({
  id: from?.id ?? `unnamed:${id}`,
  handle: from?.name || 'Somebody on Facebook',
})

export const ofPost = (post: Post, kind: RawMention['kind']): RawMention => ({
  ref: refTo(post.id, post.permalink_url),
  kind,
  author: authorOf(post),
  text: post.message,
  createdAt: madeAt(post),
})

/** `post`: the one it stands under. */
export const ofComment = (comment: Comment, post: RemoteRef): RawMention => ({
  ref: refTo(comment.id, comment.permalink_url),
  kind: comment.parent ? 'reply' : 'comment',
  author: authorOf(comment),
  text: comment.message,
  parent: comment.parent ? refTo(comment.parent.id) : post,
  root: post,
  createdAt: madeAt(comment),
  metrics: {
    ...(comment.like_count !== undefined && { likes: comment.like_count }),
    ...(comment.comment_count !== undefined && { replies: comment.comment_count }),
  },
})
