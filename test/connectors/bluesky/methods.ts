import { jsonToLex, lexicons } from '@atproto/api'
import { type Account, POST, type Post, type PostRecord, type World } from './world.ts'

/** A refusal as the network words it. */
export class XrpcError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

type Asked = Record<string, unknown>
type Method = (world: World, me: Account, asked: Asked) => object

const text = (asked: Asked, name: string) => asked[name] as string | undefined
const whole = (asked: Asked, name: string) => asked[name] as number

/** What the simulated network can do, by the lexicons' names. */
export const METHODS: Record<string, Method> = {
  'app.bsky.notification.listNotifications': (world, me, asked) => {
    const cursor = text(asked, 'cursor')
    const mine = world.notices
      .filter(({ to, post }) => to === me.did && world.isKnown(post))
      .filter(({ post }) => cursor === undefined || world.sortAt(post) < cursor)
      .sort((a, b) => (world.sortAt(a.post) < world.sortAt(b.post) ? 1 : -1))
    const page = mine.slice(0, whole(asked, 'limit'))
    const last = page.at(-1)
    // Reasons are looked at after the page is cut, so pages are short, or empty with more behind them.
    const wanted = (asked.reasons as string[] | undefined) ?? null
    return {
      notifications: page
        .filter(({ reason }) => wanted?.includes(reason) ?? true)
        .map(({ reason, post, cid, by }) => ({
          uri: post.uri,
          cid,
          author: profile(by),
          reason,
          record: post.record,
          isRead: false,
          indexedAt: world.sortAt(post),
          labels: labelsOf(world, post.uri, post.labels),
        })),
      ...(last && mine.length > page.length && { cursor: world.sortAt(last.post) }),
    }
  },

  'app.bsky.feed.searchPosts': (world, me, asked) => {
    const [since, until, mentions] = ['since', 'until', 'mentions'].map((name) => text(asked, name))
    const named = mentions && (world.accounts.get(mentions) ?? world.byHandle(mentions))?.did
    const terms = [...text(asked, 'q')!.matchAll(/"([^"]+)"|(\S+)/g)].map(([, phrase, word]) =>
      (phrase ?? word)!.toLowerCase(),
    )
    const found = [...world.posts.values()]
      .filter((post) => world.isKnown(post))
      .filter((post) => terms.every((term) => post.record.text.toLowerCase().includes(term)))
      .filter((post) => !mentions || (named && JSON.stringify(post.record.facets ?? []).includes(named)))
      .filter((post) => (!since || world.sortAt(post) >= since) && (!until || world.sortAt(post) < until))
      .sort((a, b) => (world.sortAt(a) < world.sortAt(b) ? 1 : -1))
    // The cursor counts posts, as the real one has done: it slips when posts come or go between two pages.
    const from = Number(text(asked, 'cursor') ?? 0)
    const to = from + whole(asked, 'limit')
    return {
      posts: found.slice(from, to).map((post) => view(world, me, post)),
      ...(found.length > to && { cursor: `${to}` }),
    }
  },

  'app.bsky.feed.getPosts': (world, me, asked) => ({
    posts: (asked.uris as string[]).flatMap((uri) => {
      const post = world.posts.get(uri)
      return post && world.isKnown(post) ? [view(world, me, post)] : []
    }),
  }),

  'app.bsky.feed.getPostThread': (world, me, asked) => {
    const post = world.posts.get(text(asked, 'uri')!)
    if (!post) throw new XrpcError(400, 'NotFound', `Post not found: ${text(asked, 'uri')}`)
    const replies = answersTo(world, post.uri).map((answer) => ({
      $type: 'app.bsky.feed.defs#threadViewPost',
      post: view(world, me, answer),
    }))
    return { thread: { $type: 'app.bsky.feed.defs#threadViewPost', post: view(world, me, post), replies } }
  },

  'app.bsky.actor.getProfiles': (world, _me, asked) => ({
    profiles: (asked.actors as string[]).flatMap((did) => {
      const account = world.accounts.get(did)
      return account ? [{ ...profile(account), followersCount: account.handle.length, postsCount: 1 }] : []
    }),
  }),

  'com.atproto.identity.resolveHandle': (world, _me, asked) => {
    const account = world.byHandle(text(asked, 'handle')!)
    if (!account) throw new XrpcError(400, 'InvalidRequest', 'Unable to resolve handle')
    return { did: account.did }
  },

  'com.atproto.repo.putRecord': (world, me, asked) => {
    const { repo, rkey, swapRecord } = asked as { repo: string; rkey: string; swapRecord?: string | null }
    const record = asked.record as PostRecord
    if (repo !== me.did) throw new XrpcError(401, 'AuthenticationRequired', 'Authentication Required')
    lexicons.assertValidRecord(POST, jsonToLex(record as never))
    for (const { ref, mimeType, size } of blobsOf(record)) {
      const blob = world.blobs.get(ref.$link)
      if (!blob) throw new XrpcError(400, 'BlobNotFound', `Could not find blob: ${ref.$link}`)
      if (blob.type !== mimeType || blob.bytes.length !== size)
        throw new XrpcError(400, 'InvalidMimeType', 'Referenced blob is other than stored blob')
    }
    const known = world.posts.get(`at://${me.did}/${POST}/${rkey}`)
    if (swapRecord === null && known) throw new XrpcError(400, 'InvalidSwap', `Record was at ${known.cid}`)
    const { uri, cid } = world.write(me, rkey, record)
    return { uri, cid, validationStatus: 'valid' }
  },

  'com.atproto.repo.uploadBlob': (world, _me, asked) => {
    const { bytes, type } = asked as { bytes: Buffer; type: string }
    return { blob: { $type: 'blob', ref: { $link: world.keep(bytes, type) }, mimeType: type, size: bytes.length } }
  },

  'com.atproto.repo.getRecord': (world, _me, asked) => {
    const post = world.posts.get(`at://${asked.repo}/${asked.collection}/${asked.rkey}`)
    if (!post) throw new XrpcError(400, 'RecordNotFound', 'Could not locate record')
    return { uri: post.uri, cid: post.cid, value: post.record }
  },

  'com.atproto.repo.listRecords': (world, _me, asked) => {
    const mine = [...world.posts.values()].filter(({ author }) => author.did === asked.repo)
    const page = mine.sort((a, b) => (a.rkey < b.rkey ? 1 : -1)).slice(0, whole(asked, 'limit'))
    const more = mine.length > page.length && page.at(-1)
    return {
      records: page.map(({ uri, cid, record }) => ({ uri, cid, value: record })),
      ...(more && { cursor: more.rkey }),
    }
  },

  'com.atproto.repo.deleteRecord': (world, me, asked) => {
    if (asked.repo !== me.did) throw new XrpcError(401, 'AuthenticationRequired', 'Authentication Required')
    world.remove(`at://${me.did}/${asked.collection}/${asked.rkey}`)
    return {}
  },
}

type Blob = { ref: { $link: string }; mimeType: string; size: number }
export type Image = { alt: string; image: Blob; aspectRatio?: { width: number; height: number } }
export const imagesOf = ({ embed }: PostRecord): Image[] => (embed as { images?: Image[] } | undefined)?.images ?? []
const blobsOf = (record: PostRecord) => imagesOf(record).map(({ image }) => image)

export const answersTo = (world: World, uri: string): Post[] =>
  [...world.posts.values()].filter(({ record }) => record.reply?.parent.uri === uri)

function view(world: World, me: Account, post: Post): object {
  const { uri, cid, author, record, likes, reposts } = post
  return {
    $type: 'app.bsky.feed.defs#postView',
    uri,
    cid,
    author: { ...profile(author), viewer: { muted: false, blockedBy: author.blocks.has(me.did) } },
    record,
    indexedAt: post.indexedAt.toISOString(),
    likeCount: likes,
    repostCount: reposts,
    replyCount: answersTo(world, uri).length,
    quoteCount: 0,
    bookmarkCount: 0,
    viewer: { ...(post.closed && author !== me && { replyDisabled: true }) },
    labels: labelsOf(world, uri, post.labels),
  }
}

const profile = ({ did, handle, labels }: Account) => ({
  did,
  handle,
  displayName: handle.split('.')[0],
  labels: labels.map((val) => ({ src: did, uri: did, val, cts: '2026-01-01T00:00:00.000Z' })),
})

const labelsOf = (world: World, uri: string, labels: string[]) =>
  labels.map((val) => ({ src: 'did:plc:ar7c4by46qjdydhdevvrndac', uri, val, cts: world.clock.now().toISOString() }))
