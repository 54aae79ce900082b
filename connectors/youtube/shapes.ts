import { z } from 'zod'
import type { RawMention, RemoteRef } from '../connector.ts'

export const Comment = z.object({
  id: z.string().min(1),
  snippet: z.object({
    authorDisplayName: z.string().default(''),
    authorChannelUrl: z.string().nullish(),
    /** Missing where the author's channel is gone. */
    authorChannelId: z.object({ value: z.string() }).nullish(),
    videoId: z.string().nullish(),
    parentId: z.string().nullish(),
    /** Only the author is given `textOriginal`. */
    textDisplay: z.string(),
    textOriginal: z.string().nullish(),
    likeCount: z.number().default(0),
    publishedAt: z.iso.datetime({ offset: true }),
    updatedAt: z.iso.datetime({ offset: true }).nullish(),
  }),
})
export type Comment = z.infer<typeof Comment>

export const Thread = z.object({
  id: z.string().min(1),
  snippet: z.object({
    videoId: z.string().nullish(),
    topLevelComment: Comment,
    totalReplyCount: z.number().default(0),
  }),
  replies: z.object({ comments: z.array(z.object({ id: z.string() })) }).nullish(),
})
export type Thread = z.infer<typeof Thread>

/** The page around the items; each item is read by itself, so that one bad one does not cost the page. */
export const Items = z.object({ items: z.array(z.unknown()), nextPageToken: z.string().nullish() })
export const Channels = z.object({
  items: z
    .array(z.object({ id: z.string(), snippet: z.object({ title: z.string(), customUrl: z.string().nullish() }) }))
    .default([]),
})

/** A reply carries its thread's id before the dot. */
export const threadOf = (id: string): string => id.split('.')[0] ?? id

export const refTo = (id: string, videoId?: string | null): RemoteRef => ({
  network: 'youtube',
  instance: 'youtube.com',
  id,
  ...(videoId && { url: `https://www.youtube.com/watch?v=${videoId}&lc=${encodeURIComponent(id)}` }),
})

export const wordsOf = ({ snippet }: Comment): string => snippet.textOriginal ?? snippet.textDisplay
export const madeAt = ({ snippet }: Comment): Date => new Date(snippet.publishedAt)
/** An edited comment is another version of it. */
export const versionOf = ({ id, snippet }: Comment): string => `${id} ${snippet.updatedAt ?? snippet.publishedAt}`
export const handleOf = ({ snippet }: Comment): string => snippet.authorDisplayName.replace(/^@/, '')
export const authorOf = ({ snippet }: Comment): string | null => snippet.authorChannelId?.value ?? null

/** `videoId`: of the thread, as replies do not carry it. */
export function toRawMention(
  comment: Comment,
  kind: RawMention['kind'],
  videoId = comment.snippet.videoId,
): RawMention {
  const { id, snippet } = comment
  const handle = handleOf(comment)
  const thread = threadOf(id)
  return {
    ref: refTo(id, videoId),
    kind,
    author: { id: authorOf(comment) ?? snippet.authorChannelUrl ?? `gone:${handle}`, handle },
    text: wordsOf(comment),
    ...(thread !== id && { parent: refTo(thread, videoId), root: refTo(thread, videoId) }),
    createdAt: madeAt(comment),
    metrics: { likes: snippet.likeCount },
  }
}
