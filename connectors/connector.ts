/**
 * The contract of a network. A connector is I/O and mapping only: it gets `fetch`, clock and settings as
 * arguments, keeps no state, never sleeps, never retries. The core owns schedule, budget, dedupe and outbox.
 */
export const NETWORKS = [
  'x',
  'bluesky',
  'mastodon',
  'reddit',
  'facebook',
  'instagram',
  'linkedin',
  'pinterest',
  'youtube',
  'discourse',
  'rss',
  'webhook',
  'replay',
  'sandbox',
] as const
export type Network = (typeof NETWORKS)[number]

/** One thing on a network. `id` is always a string: network ids pass 2^53. */
export type RemoteRef = { network: Network; instance: string; id: string; url?: string }

export type RemoteAuthor = { id: string; handle: string; name?: string; followers?: number; isBot?: boolean }

export const MENTION_KINDS = ['mention', 'keyword', 'reply', 'comment', 'quote', 'tag', 'item'] as const
export type MentionKind = (typeof MENTION_KINDS)[number]

/** One post as a network gave it to us, before anyone has cleaned or judged it. */
export type RawMention = {
  ref: RemoteRef
  kind: MentionKind
  author: RemoteAuthor
  text: string
  /** The network's own guess, BCP-47; a hint, not a fact. */
  language?: string
  /** The post it answers, and the first post of that conversation. */
  parent?: RemoteRef
  root?: RemoteRef
  /** Claimed by the network or author and may lie; ordering and clocks use the time we saw it. */
  createdAt: Date
  metrics?: Metrics
}

export type Metric = 'likes' | 'reposts' | 'quotes' | 'replies' | 'impressions'
/** Absent is not zero. */
export type Metrics = Partial<Record<Metric, number>>

export type Change =
  | { type: 'upsert'; mention: RawMention }
  | { type: 'delete'; ref: RemoteRef; cause: 'author' | 'network' | 'protected' | 'unknown' }
  /** An item that could not be read as a post: counted and kept, the rest of the page goes on. */
  | { type: 'unreadable'; reason: string; raw: unknown }

/** Opaque to the core: the connector's watermark, overlap and unfinished page, as it likes. */
export type Cursor = string

export type PollInput = {
  /** What to listen to, as the admin wrote it. */
  listen: { handles: string[]; words: string[]; exclude: string[] }
  cursor: Cursor | null
  maxItems: number
  signal: AbortSignal
}

export type PollResult = {
  changes: Change[]
  cursor: Cursor
  /** `more`: an unfinished page waits, poll again at once; `drained`: nothing newer for now. */
  state: 'drained' | 'more'
  /** Stretches known to be lost (retention, page caps), in words; counted and shown on the source. */
  gaps: string[]
}

export type ReplyInput = {
  to: RemoteRef
  text: string
  /** Whose account speaks: the brand's, or a member's own linked one. */
  as: { handle: string; token: string }
  /** Same key, same post: sent to networks that know such keys, and looked up on those that do not. */
  key: string
  signal: AbortSignal
}

/** `unknown`: the request may or may not have arrived. Never repeated before `findReply` was asked. */
export type ReplyResult =
  | { outcome: 'published'; ref: RemoteRef; at: Date }
  | { outcome: 'rejected'; error: ConnectorError }
  | { outcome: 'unknown'; error: ConnectorError }

/** What became of a post of ours: its counters and the newest answers to it, or that it is gone. */
export type Standing = { ref: RemoteRef; gone: boolean; metrics: Metrics; answers: RawMention[] }

export type Capabilities = {
  listen: {
    mentions: boolean
    keywordSearch: 'public' | 'own content' | 'none'
    deletes: 'event' | 'recheck' | 'none'
    push: boolean
  }
  reply: {
    brand: boolean
    member: boolean
    maxLength: number
    lengthUnit: 'graphemes' | 'characters'
    idempotent: boolean
  } | null
  metrics: Metric[]
  rewardsForPosting: 'yes' | 'unclear' | 'no'
  costTier: 'free' | 'paid'
}

export type Connector = {
  network: Network
  capabilities: Capabilities
  /**
   * Changes after `cursor`, oldest first. Safe to repeat: the same cursor may yield the same changes again.
   * @throws ConnectorError
   */
  poll: (input: PollInput) => Promise<PollResult>
  /** Publishes once. Null capability: the network lets nobody reply through it. */
  reply: (input: ReplyInput) => Promise<ReplyResult>
  /** Looks for a reply sent with `key`. `absent` only when the network is sure. @throws ConnectorError */
  findReply: (input: {
    key: string
    to: RemoteRef
    text: string
    signal: AbortSignal
  }) => Promise<RemoteRef | 'absent' | 'unknown'>
  /** Counters of posts, whether they still stand, and who answered them; at most 100 refs. @throws ConnectorError */
  standing: (refs: RemoteRef[], signal: AbortSignal) => Promise<Standing[]>
}

/** Sorted by what to do next. */
export type ErrorKind =
  | 'rate-limited' // later, at `retryAt`
  | 'network-down' // later; nothing reached the network
  | 'bad-response' // later; HTML error page, truncated JSON
  | 'auth' // stop and tell an admin to re-authorise
  | 'refused' // never repeat this request
  | 'gone' // the post or account it is about no longer exists
  | 'timeout' // sent, no answer: for a reply this means `unknown`
  | 'cursor-expired' // begin again from now, and report a gap

export class ConnectorError extends Error {
  override name = 'ConnectorError'
  readonly kind: ErrorKind
  readonly retryAt: Date | null
  readonly status: number | null
  constructor(kind: ErrorKind, message: string, info: { retryAt?: Date; status?: number; cause?: unknown } = {}) {
    super(message, info.cause === undefined ? {} : { cause: info.cause })
    this.kind = kind
    this.retryAt = info.retryAt ?? null
    this.status = info.status ?? null
  }
  /** May the same request be made again later without harm? */
  get retryable(): boolean {
    return this.kind === 'rate-limited' || this.kind === 'network-down' || this.kind === 'bad-response'
  }
}
