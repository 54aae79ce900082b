import { z } from 'zod'
import type { RawMention, RemoteRef } from '../connector.ts'
import { aboveOf, canonical, commentIn, pageOf } from './urns.ts'

const urn = z.string().startsWith('urn:li:')
const count = z.number().int().nonnegative().optional()
/** Milliseconds since 1970. */
const time = z.number().nonnegative().max(8.64e15)

/** What we read of a comment. Older answers call its URN `$URN`; the newest texts name it by `object` and `id` alone. */
export const Comment = z
  .object({
    id: z.coerce.string().min(1),
    commentUrn: urn.optional(),
    $URN: urn.optional(),
    object: urn,
    parentComment: urn.nullish(),
    actor: urn.optional(),
    created: z.object({ time, actor: urn.optional() }),
    message: z.object({
      text: z.string().default(''),
      attributes: z.array(z.object({ start: z.number(), length: z.number(), value: z.unknown() })).default([]),
    }),
    likesSummary: z.object({ totalLikes: count, aggregatedTotalLikes: count }).optional(),
    commentsSummary: z.object({ totalFirstLevelComments: count, aggregatedTotalComments: count }).optional(),
  })
  .transform(({ commentUrn, $URN, parentComment, ...comment }) => ({
    ...comment,
    urn: canonical(commentUrn ?? $URN ?? commentIn(comment.object, comment.id)),
    above: parentComment ? canonical(parentComment) : null,
    by: comment.actor ?? comment.created.actor ?? null,
  }))
export type Comment = z.infer<typeof Comment>

/** What we read of a post. */
export const Post = z.object({
  id: urn,
  author: urn.optional(),
  commentary: z.string().default(''),
  publishedAt: time.optional(),
  createdAt: time.optional(),
})

const Words = z.object({ entity: urn.optional(), owner: urn.optional(), text: z.string().optional() })

/** What LinkedIn tells of an action on the organisation's page, the same by push and when asked. */
export const Notification = z.object({
  notificationId: z.coerce.string().min(1),
  organizationalEntity: urn,
  action: z.string(),
  lastModifiedAt: time,
  sourcePost: urn.optional(),
  generatedActivity: urn.optional(),
  decoratedSourcePost: Words.optional(),
  decoratedGeneratedActivity: z.object({ comment: Words.optional(), share: Words.optional() }).optional(),
})
export type Notification = z.infer<typeof Notification>

export const refTo = (id: string, above: string | null = null): RemoteRef => ({
  network: 'linkedin',
  instance: 'linkedin.com',
  id,
  url: pageOf(id, above),
})

/** LinkedIn tells apps nobody's name. */
export const authorOf = (by: string | null | undefined, id: string): RawMention['author'] => ({
  id: by ?? `unnamed:${id}`,
  handle: by?.startsWith('urn:li:organization:') ? 'An organisation on LinkedIn' : 'Somebody on LinkedIn',
})

export const ofComment = (comment: Comment): RawMention => {
  const { urn: id, above, object, by, created, message } = comment
  const likes = comment.likesSummary?.totalLikes ?? comment.likesSummary?.aggregatedTotalLikes
  const replies = comment.commentsSummary?.aggregatedTotalComments ?? comment.commentsSummary?.totalFirstLevelComments
  return {
    ref: refTo(id, above),
    kind: above ? 'reply' : 'comment',
    author: authorOf(by, id),
    text: message.text,
    parent: refTo(above ?? object),
    // Where the thread began: the words above them are the organisation's own.
    root: refTo(above ?? object),
    createdAt: new Date(created.time),
    metrics: { ...(likes !== undefined && { likes }), ...(replies !== undefined && { replies }) },
  }
}

/** Where an answer to it has to stand: under the comment above, or under itself. */
export const placeOf = (ref: RemoteRef): string => aboveOf(ref) ?? ref.id

/** A post's text as people see it: its own marks, such as `@[Name](urn:li:…)` and `{hashtag|\#|tea}`, are not shown. */
export const plainOf = (commentary: string): string =>
  commentary
    .replace(/@\[((?:\\.|[^\]\\])*)\]\(urn:li:[^)]*\)/g, '$1')
    .replace(/\{hashtag\|\\?#\|((?:\\.|[^}\\])*)\}/g, '#$1')
    .replace(/\\([\\|{}@[\]()<>#*_~])/g, '$1')
