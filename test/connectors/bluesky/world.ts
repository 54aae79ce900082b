import { createHash } from 'node:crypto'
import type { Clock } from '../../../src/domain/clock.ts'

export const POST = 'app.bsky.feed.post'
export type Account = { did: string; handle: string; labels: string[]; blocks: Set<string> }
export type StrongRef = { uri: string; cid: string }
export type PostRecord = {
  $type: typeof POST
  text: string
  createdAt: string
  langs?: string[]
  reply?: { root: StrongRef; parent: StrongRef }
  facets?: object[]
  embed?: object
}
export type Post = {
  uri: string
  cid: string
  author: Account
  rkey: string
  record: PostRecord
  indexedAt: Date
  likes: number
  reposts: number
  labels: string[]
  /** The author lets nobody answer. */
  closed: boolean
}
export type Notice = {
  to: string
  reason: 'mention' | 'reply' | 'quote' | 'like'
  post: Post
  cid: string
  by: Account
}

/** Who and what is on the simulated network; everything follows from the order of acts, nothing from chance. */
export class World {
  readonly accounts = new Map<string, Account>()
  readonly posts = new Map<string, Post>()
  readonly notices: Notice[] = []
  readonly blobs = new Map<string, { bytes: Buffer; type: string }>()
  readonly clock: Clock
  #made = 0

  constructor(clock: Clock) {
    this.clock = clock
  }

  join(handle: string): Account {
    const did = `did:plc:${base32(sha256(handle)).slice(0, 24)}`
    const account = { did, handle, labels: [], blocks: new Set<string>() }
    this.accounts.set(did, account)
    return account
  }

  /** The same bytes are the same blob. */
  keep(bytes: Buffer, type: string): string {
    const cid = blobCid(bytes)
    this.blobs.set(cid, { bytes, type })
    return cid
  }

  byHandle = (handle: string): Account | undefined => [...this.accounts.values()].find((one) => one.handle === handle)

  /** `afterMs`: the network takes so long to notice it. */
  write(author: Account, rkey: string, record: PostRecord, afterMs = 0): Post {
    const uri = `at://${author.did}/${POST}/${rkey}`
    const post: Post = {
      uri,
      cid: cidOf(JSON.stringify(record)),
      author,
      rkey,
      record,
      indexedAt: new Date(this.clock.now().getTime() + afterMs),
      likes: 0,
      reposts: 0,
      labels: [],
      closed: false,
    }
    this.posts.set(uri, post)
    for (const account of this.accounts.values()) {
      const reason = this.#concerns(account, record)
      if (reason && account !== author) this.notices.push({ to: account.did, reason, post, cid: post.cid, by: author })
    }
    return post
  }

  like(post: Post, by: Account): void {
    post.likes += 1
    this.notices.push({ to: post.author.did, reason: 'like', post, cid: post.cid, by })
  }

  remove(uri: string): boolean {
    for (let n = this.notices.length - 1; n >= 0; n--) if (this.notices[n]?.post.uri === uri) this.notices.splice(n, 1)
    return this.posts.delete(uri)
  }

  /** A record key as an app makes one now. */
  nextKey(): string {
    this.#made += 1
    return tid(BigInt(this.clock.now().getTime()) * 1000n + BigInt(this.#made % 1000))
  }

  isKnown = (post: Post): boolean => post.indexedAt <= this.clock.now()

  /** By what listings are ordered. */
  sortAt = (post: Post): string =>
    new Date(Math.min(Date.parse(post.record.createdAt), post.indexedAt.getTime())).toISOString()

  #concerns(account: Account, { reply, facets = [], embed }: PostRecord): Notice['reason'] | null {
    if (JSON.stringify(facets).includes(`"${account.did}"`)) return 'mention'
    if (reply && [reply.parent, reply.root].some(({ uri }) => uri.startsWith(`at://${account.did}/`))) return 'reply'
    return embed && JSON.stringify(embed).includes(`at://${account.did}/`) ? 'quote' : null
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** CIDv1, raw, SHA-256. */
const blobCid = (bytes: Buffer) =>
  `b${base32(Buffer.concat([Buffer.from([1, 0x55, 0x12, 0x20]), createHash('sha256').update(bytes).digest()]))}`

/** CIDv1, DAG-CBOR, SHA-256; of other bytes than the network's, which nobody checks. */
const cidOf = (text: string) => `b${base32(Buffer.concat([Buffer.from([1, 0x71, 0x12, 0x20]), sha256(text)]))}`

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

function tid(micros: bigint): string {
  let rest = micros << 10n
  let written = ''
  for (let n = 0; n < 13; n++) {
    written = '234567abcdefghijklmnopqrstuvwxyz'[Number(rest & 31n)] + written
    rest >>= 5n
  }
  return written
}
