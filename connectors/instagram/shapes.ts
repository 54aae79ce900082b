import { z } from 'zod'
import type { RawMention, RemoteRef } from '../connector.ts'
import { Items } from '../meta/paging.ts'

const count = z.number().int().nonnegative().optional()
const timestamp = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time')
const id = z.string().min(1)

/** What we read of media. */
export const Media = z.object({
  id,
  caption: z.string().default(''),
  timestamp,
  username: z.string().optional(),
  permalink: z.string().nullish(),
  like_count: count,
  comments_count: count,
})
export type Media = z.infer<typeof Media>

/** What we read of a comment; `parent_id` where it answers another one. */
export const Comment = z.object({
  id,
  text: z.string().default(''),
  timestamp,
  username: z.string().optional(),
  from: z.object({ id, username: z.string().optional() }).nullish(),
  parent_id: z.string().nullish(),
  like_count: count,
})
export type Comment = z.infer<typeof Comment>
export const Replies = z.object({ replies: Items.optional() })

export const MEDIA_FIELDS = 'id,caption,timestamp,username,permalink,like_count,comments_count'
export const COMMENT_FIELDS = 'id,text,timestamp,username,from,parent_id,like_count'

export const refTo = (id: string, url?: string | null): RemoteRef => ({
  network: 'instagram',
  instance: 'instagram.com',
  id,
  ...(url?.startsWith('https://') && { url }),
})

/** As Instagram's own page links a comment: its media, `c` and the comment, `r` and the answer below it. */
export const commentUrl = (
  permalink: string | null | undefined,
  { id, parent_id: above }: Pick<Comment, 'id' | 'parent_id'>,
) => (permalink ? `${permalink.replace(/\/$/, '')}/${above ? `c/${above}/r/${id}` : `c/${id}`}/` : null)

export const usernameOf = ({ username, from }: Pick<Comment, 'username' | 'from'>) => username ?? from?.username ?? null

/** Media of others cannot be answered by an app; its page opens instead. */
export const ofMedia = (media: Media): RawMention => ({
  ref: refTo(media.id, media.permalink),
  kind: 'tag',
  author: { id: media.username ?? `unnamed:${media.id}`, handle: media.username ?? 'Somebody on Instagram' },
  text: media.caption,
  createdAt: new Date(media.timestamp),
  metrics: {
    ...(media.like_count !== undefined && { likes: media.like_count }),
    ...(media.comments_count !== undefined && { replies: media.comments_count }),
  },
  closed: { reason: 'unsupported', link: media.permalink?.startsWith('https://') ? media.permalink : null },
})

export const ofComment = (comment: Comment, permalink?: string | null): RawMention => {
  const handle = usernameOf(comment)
  const { id, parent_id: above, like_count: likes } = comment
  const top = above ? refTo(above, commentUrl(permalink, { id: above })) : null
  return {
    ref: refTo(id, commentUrl(permalink, comment)),
    kind: top ? 'reply' : 'comment',
    author: { id: comment.from?.id ?? handle ?? `unnamed:${id}`, handle: handle ?? 'Somebody on Instagram' },
    text: comment.text,
    ...(top && { parent: top, root: top }),
    createdAt: new Date(comment.timestamp),
    ...(likes !== undefined && { metrics: { likes } }),
  }
}
