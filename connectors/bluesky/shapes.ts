import { z } from 'zod'
import type { Metrics, RawMention, RemoteRef } from '../connector.ts'
import { type LinkFacet, plainText } from './plain-text.ts'

/** Posts have one address in the whole network, whichever server keeps them. */
export const INSTANCE = 'bluesky'
export const POST = 'app.bsky.feed.post'

const atUri = z.string().regex(/^at:\/\/did:[a-z]+:[\w.:%-]+\/[\w.-]+\/[\w.~:-]+$/)
export const isPostUri = (id: string): boolean => atUri.safeParse(id).success && id.includes(`/${POST}/`)

const StrongRef = z.object({ uri: atUri, cid: z.string().min(1) })
const Label = z.object({ val: z.string() })
const Labels = z.array(Label).optional()

const Feature = z.looseObject({ $type: z.string(), uri: z.string().optional(), did: z.string().optional() })
const Facet = z.object({
  index: z.object({ byteStart: z.int(), byteEnd: z.int() }),
  features: z.array(Feature),
})

/** A post as its author wrote it. */
export const PostRecord = z.object({
  text: z.string(),
  createdAt: z.string(),
  langs: z.array(z.string()).optional().catch(undefined),
  reply: z.object({ root: StrongRef, parent: StrongRef }).optional(),
  /** A facet that does not read costs itself and not the post. */
  facets: z.array(Facet.nullable().catch(null)).optional().catch(undefined),
  embed: z.unknown().optional(),
})
export type PostRecord = z.infer<typeof PostRecord>

const Author = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string().min(1),
  displayName: z.string().optional(),
  labels: Labels,
  viewer: z.object({ blockedBy: z.boolean().optional(), blocking: z.string().optional() }).optional(),
})

/** What a post and a notification of one have in common. */
const Shown = z.object({
  uri: atUri,
  cid: z.string().min(1),
  author: Author,
  record: PostRecord,
  indexedAt: z.iso.datetime({ offset: true }),
  labels: Labels,
})

const count = z.int().nonnegative().optional()
export const PostView = Shown.extend({
  likeCount: count,
  repostCount: count,
  replyCount: count,
  quoteCount: count,
  bookmarkCount: count,
  viewer: z.object({ replyDisabled: z.boolean().optional() }).optional(),
})
export type PostView = z.infer<typeof PostView>

export const Notification = Shown.extend({ reason: z.string() })
export type Notification = z.infer<typeof Notification>

/** The page around the items; each item is parsed by itself, so that one bad one does not cost the page. */
export const Posts = z.object({ posts: z.array(z.unknown()), cursor: z.string().optional() })
export const Notifications = z.object({ notifications: z.array(z.unknown()), cursor: z.string().optional() })

export const refTo = (uri: string): RemoteRef => ({ network: 'bluesky', instance: INSTANCE, id: uri, url: linkTo(uri) })

function linkTo(uri: string): string {
  const [did, , key] = uri.slice('at://'.length).split('/')
  return `https://bsky.app/profile/${did}/post/${key}`
}

export const metricsOf = (post: PostView): Metrics => ({
  ...(post.likeCount !== undefined && { likes: post.likeCount }),
  ...(post.repostCount !== undefined && { reposts: post.repostCount }),
  ...(post.replyCount !== undefined && { replies: post.replyCount }),
  ...(post.quoteCount !== undefined && { quotes: post.quoteCount }),
  ...(post.bookmarkCount !== undefined && { bookmarks: post.bookmarkCount }),
})

/** Hidden or taken down by the network: shown to nobody there, so to nobody here. */
export const isHidden = ({ labels, author }: Pick<PostView, 'labels' | 'author'>): boolean =>
  [...(labels ?? []), ...(author.labels ?? [])].some(({ val }) => val === '!hide' || val === '!takedown')

/** By what the network orders its listings: the author's time, unless that is later than the network's own. */
export function sortedAt({ record, indexedAt }: Pick<PostView, 'record' | 'indexedAt'>): Date {
  const claimed = Date.parse(record.createdAt)
  const indexed = Date.parse(indexedAt)
  return new Date(Number.isNaN(claimed) ? indexed : Math.min(claimed, indexed))
}

/** `me`: the account that listens; null when a post is looked up for another reason. */
export function toRawMention(post: PostView | Notification, me: string | null): RawMention {
  const { record, author } = post
  const claimed = new Date(record.createdAt)
  const language = record.langs?.[0]
  return {
    ref: refTo(post.uri),
    kind: kindOf(post, me),
    author: {
      id: author.did,
      handle: author.handle,
      ...(author.displayName && { name: author.displayName }),
      ...(author.labels?.some(({ val }) => val === 'bot') && { isBot: true }),
    },
    text: plainText(record.text, linksOf(record)),
    ...(language && { language }),
    ...(record.reply && { parent: refTo(record.reply.parent.uri), root: refTo(record.reply.root.uri) }),
    createdAt: Number.isNaN(claimed.getTime()) ? new Date(post.indexedAt) : claimed,
    ...('likeCount' in post && { metrics: metricsOf(post) }),
    // Its author lets only some answer. Another account of ours may be one of them, so the way there stays open.
    ...('viewer' in post && post.viewer?.replyDisabled && { closed: { reason: 'closed', link: linkTo(post.uri) } }),
  }
}

function kindOf(post: PostView | Notification, me: string | null): RawMention['kind'] {
  const { record } = post
  if (me === null) return record.reply ? 'reply' : 'keyword'
  const names = (record.facets ?? []).some((facet) => facet?.features.some(({ did }) => did === me))
  if (names || ('reason' in post && post.reason === 'mention')) return 'mention'
  if (record.reply?.parent.uri.startsWith(`at://${me}/`) || ('reason' in post && post.reason === 'reply'))
    return 'reply'
  if ('reason' in post && post.reason === 'quote') return 'quote'
  return 'keyword'
}

const linksOf = ({ facets }: PostRecord): LinkFacet[] =>
  (facets ?? []).flatMap((facet) =>
    (facet?.features ?? []).flatMap(({ uri }) => (facet && uri !== undefined ? [{ ...facet.index, uri }] : [])),
  )
