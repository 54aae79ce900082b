import { z } from 'zod'
import type { Metrics, RawMention, RemoteRef } from '../connector.ts'

/** One post as the sandbox network shows it. Ids are strings: they pass 2^53. */
export const SandboxPost = z.object({
  id: z.string().min(1),
  text: z.string(),
  author: z.object({
    id: z.string().min(1),
    handle: z.string().min(1),
    name: z.string().optional(),
    followers: z.number().optional(),
  }),
  createdAt: z.iso.datetime({ offset: true }),
  language: z.string().nullish(),
  replyTo: z.string().nullish(),
  root: z.string().nullish(),
  /** No app may answer it; a person may, on the network's own page. */
  closed: z.boolean().optional(),
  likes: z.number().optional(),
  replies: z.number().optional(),
})
export type SandboxPost = z.infer<typeof SandboxPost>

/** The page around the items; each item is parsed by itself, so that one bad one does not cost the page. */
export const ListPage = z.object({ items: z.array(z.unknown()), next: z.string().nullable() })
export const ChangesPage = z.object({ items: z.array(z.unknown()), next: z.string(), more: z.boolean() })
export const SandboxChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('delete'), id: z.string().min(1) }),
  z.object({ type: z.literal('edit'), post: SandboxPost }),
])
export const LookedUp = SandboxPost.pick({ id: true, likes: true, replies: true }).extend({
  answers: z.array(z.unknown()).default([]),
})
export const OwnPost = SandboxPost.pick({ id: true, createdAt: true }).extend({
  /** The network's moderators have it. */
  held: z.boolean().default(false),
  deleted: z.boolean().default(false),
})

export type Site = { baseUrl: string; instance: string }

export const refTo = ({ baseUrl, instance }: Site, id: string): RemoteRef => ({
  network: 'sandbox',
  instance,
  id,
  url: `${baseUrl}/posts/${encodeURIComponent(id.toWellFormed())}`,
})

/** The network's own page for answering a post. */
const composerOf = ({ baseUrl }: Site, { id, author }: Pick<SandboxPost, 'id' | 'author'>) =>
  `${baseUrl}/compose?${new URLSearchParams({ replyTo: id, text: `@${author.handle} ` })}`

export const metricsOf = ({ likes, replies }: Pick<SandboxPost, 'likes' | 'replies'>): Metrics => ({
  ...(likes !== undefined && { likes }),
  ...(replies !== undefined && { replies }),
})

/** `named`: does the text name one of the handles listened to? Nobody is listened to when an answer is looked up. */
export function toRawMention(
  site: Site,
  post: SandboxPost,
  named: (text: string) => boolean = () => false,
): RawMention {
  const { id, handle, name, followers } = post.author
  return {
    ref: refTo(site, post.id),
    kind: named(post.text) ? 'mention' : post.replyTo ? 'reply' : 'keyword',
    author: { id, handle, ...(name !== undefined && { name }), ...(followers !== undefined && { followers }) },
    text: post.text,
    ...(post.language && { language: post.language }),
    ...(post.replyTo && { parent: refTo(site, post.replyTo) }),
    ...(post.root && { root: refTo(site, post.root) }),
    createdAt: new Date(post.createdAt),
    metrics: metricsOf(post),
    ...(post.closed && { closed: { reason: 'not-summoned', link: composerOf(site, post) } }),
  }
}
