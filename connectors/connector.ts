/**
 * The contract of a network. A connector is I/O and mapping only: it gets `fetch`, clock, chance, settings and accounts
 * as arguments, keeps no state, never sleeps, never retries. The core owns schedule, budget, dedupe, outbox and grants.
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
  /** Absent: the network lets our accounts answer this post. */
  closed?: Closed
  /**
   * How new its words are: those it was first written with, or from when they are by the network's clock. Older words
   * replace none. Absent: nobody says, and they are taken as they come.
   */
  version?: 'first' | Date
  /** Its address was made of less than was known when it was read in full: it stands in for none, and replaces none. */
  urlStandsIn?: true
}

/** Why no account of ours may answer a post through the API; `link` opens the network's own composer under it (F8). */
export type Closed = { reason: 'not-summoned' | 'closed' | 'unsupported'; link: string | null }

export type Metric = 'likes' | 'reposts' | 'quotes' | 'replies' | 'impressions' | 'bookmarks' | 'score' | 'saves'
/** Absent is not zero. */
export type Metrics = Partial<Record<Metric, number>>

export type Change =
  | { type: 'upsert'; mention: RawMention }
  | { type: 'delete'; ref: RemoteRef; cause: 'author' | 'network' | 'protected' | 'unknown' }
  /** An item that could not be read as a post: counted and kept, the rest of the page goes on. */
  | { type: 'unreadable'; reason: string; raw: unknown }
  /** A post that was pushed to us though it is nothing of what `listen` asks for: its words are taken over where it is known, and counted elsewhere. */
  | { type: 'unasked'; mention: RawMention }

/** Opaque to the core: the connector's watermark, overlap and unfinished page, as it likes. */
export type Cursor = string

/** What to listen to, as the admin wrote it. */
export type Listen = { handles: string[]; words: string[]; exclude: string[] }

export type PollInput = {
  listen: Listen
  cursor: Cursor | null
  /** Look back to then, however long ago that is; the same at each poll of one reading. Absent: as far as first polls do. */
  since?: Date
  maxItems: number
  /** What the core's budget has left for this poll. Default 40. */
  maxRequests?: number
  signal: AbortSignal
}

export type PollResult = {
  changes: Change[]
  cursor: Cursor
  /** `more`: an unfinished page waits, poll again at once; `drained`: nothing newer for now. */
  state: 'drained' | 'more'
  /** Stretches known to be lost (retention, page caps), in words; counted and shown on the source. */
  gaps: string[]
  /** What broke it off after something was read: what is given counts, and the rest waits for as long as this says. */
  cut?: ConnectorError
  /** Of a poll that was given `since`: to where it has read back, the mean of its listings; no later than `since` once all is read. */
  reached?: Date
}

/** Whose account asks or speaks: the brand's, or a member's own linked one. `token`: what its `Linking` made of its grant. */
export type Access = { handle: string; token: string }

export const PICTURE_TYPES = ['image/jpeg', 'image/png'] as const
export type PictureType = (typeof PICTURE_TYPES)[number]

/** A picture that goes with an answer, made beforehand to be what `Capabilities.reply.pictures` asks for. */
export type Picture = {
  bytes: Uint8Array
  type: PictureType
  /** In pixels. */
  width: number
  height: number
  /** What it shows, for those who cannot see it; empty: nobody wrote it. */
  alt: string
  /** The network's own name of it, where an earlier try handed it over (`kept`); null: it has yet to be. */
  kept: string | null
}

export type ReplyInput = {
  to: RemoteRef
  text: string
  /** Absent: none. */
  pictures?: readonly Picture[]
  as: Access
  /** Same key, same post: sent to networks that know such keys, and looked up on those that do not. */
  key: string
  signal: AbortSignal
}

/**
 * `unknown`: the request may or may not have arrived. Never repeated before `findReply` was asked.
 * `pending`: it arrived and waits for the network's own moderators. While they hold it `findReply` says `unknown`;
 * it finds it once it stands, and says `absent` once they refused it.
 */
export type ReplyResult =
  | { outcome: 'published'; ref: RemoteRef; at: Date }
  | { outcome: 'pending'; why: string }
  /** `kept`: what the network calls the pictures it took before it refused, in their order; given back with the next try. */
  | { outcome: 'rejected'; error: ConnectorError; kept?: readonly (string | null)[] }
  | { outcome: 'unknown'; error: ConnectorError }

/** Where an answer of ours was found. `words`: as they stand there, of one that was posted by hand. */
export type Found = RemoteRef & { words?: string }

/** What became of a post of ours: its counters and the newest answers to it, or that it is gone. */
export type Standing = { ref: RemoteRef; gone: boolean; metrics: Metrics; answers: RawMention[] }

/** Somebody with an account on a network, and what it counts of them (P9). Absent is not zero: it was not told. */
export type RemotePerson = {
  id: string
  handle: string
  name: string | null
  /** 0 (new) to 4 (leader), as Discourse has them. */
  trustLevel?: number
  /** Likes received. */
  likes?: number
  posts?: number
  /** Answers that were accepted as the solution. */
  solutions?: number
}

/** What a network allows; the screens, the composer, the outbox and the points obey it and know nothing else (L1). */
export type Capabilities = {
  listen: {
    mentions: boolean
    keywordSearch: 'public' | 'own content' | 'none'
    deletes: 'event' | 'recheck' | 'none'
    /** How we hear that a post has other words now: polls give it again, or only pushes tell of it. */
    edits: 'polls' | 'pushes' | 'none'
    push: boolean
    /** How far back a first poll can look, in days; null: as far as the network keeps posts. */
    lookbackDays: number | null
  }
  reply: {
    brand: boolean
    member: boolean
    /** Null: whoever may write there may answer. */
    onlyIf: 'summoned' | 'own content' | null
    maxLength: number
    lengthUnit: 'graphemes' | 'characters' | 'weighted'
    /** The same key twice is one post. Otherwise an unclear answer is settled by looking for the post. */
    idempotent: boolean
    /** Accounts of one server cannot answer posts of another (forums). Absent: any account on the network may try. */
    ownServerOnly?: boolean
    /** Our accounts can take back what they posted: the connector has `remove`. */
    removes: boolean
    /** Pictures go with an answer: so many, of so many bytes each, and so many characters for what each shows. Absent: none. */
    pictures?: { most: number; maxBytes: number; types: readonly PictureType[]; altLength: number }
    /** An answer longer than a post may go out as so many posts at most, each answering the one before it (F2). Absent: as one alone. */
    thread?: { most: number }
    /** An answer reaches its author only if it names them: the composer begins with their handle. */
    namesAuthor: boolean
    /** Posts of one account: so far apart, and at most so many in a window. Absent: 30 to 45 s apart, as many as one likes (F5). */
    pace?: { seconds: number; most?: { posts: number; minutes: number } }
  } | null
  metrics: Metric[]
  /** It tells who its people are and what they are worth there: the connector has `people` and `person` (P9). */
  people?: true
  rewardsForPosting: 'yes' | 'unclear' | 'no'
  /** `human only`: a person presses send for each post. */
  automatedReplies: 'allowed' | 'needs approval' | 'human only'
  /** Content deleted at the network has to be gone here within so many hours; null: no rule known. */
  deleteWithinHours: number | null
  /** Words of posts and who wrote them may lie here for so many hours at most, then they are forgotten. Absent: as long as the post stands. */
  keepHours?: number
  accounts: 'oauth' | 'app password' | 'api key' | 'none'
  costTier: 'free' | 'paid'
  /** What it does not allow, each a sentence for the screen. */
  limits: string[]
}

/** Can it give older posts than a first poll does, which looks back a day by itself (L3)? */
export const looksBack = ({ listen: { lookbackDays } }: Capabilities): boolean =>
  lookbackDays === null || lookbackDays > 1

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
  /**
   * Looks for a reply sent with `key` by the account that was to send it. `since`: posted by hand from a link no
   * earlier than that, so its words may be others than `text`: any answer of the account to `to` is it.
   * `absent` only when the network is sure. @throws ConnectorError
   */
  findReply: (input: ReplyInput & { since?: Date }) => Promise<Found | 'absent' | 'unknown'>
  /**
   * Counters of posts, whether they still stand, and who answered them; at most 100 refs. One of which nothing can be said
   * now is left out. @throws ConnectorError
   */
  standing: (refs: RemoteRef[], signal: AbortSignal) => Promise<Standing[]>
  /** Takes back a post of ours; one that is gone already is no fault, so that it may be asked for again. @throws ConnectorError */
  remove?: (input: { ref: RemoteRef; as: Access; signal: AbortSignal }) => Promise<void>
  /** A page of the network's people, those who are thanked most first. `page` null: the first. @throws ConnectorError */
  people?: (input: {
    page: string | null
    signal: AbortSignal
  }) => Promise<{ people: RemotePerson[]; next: string | null }>
  /** One of them by handle, with what only their own page tells. Null: nobody there has it. @throws ConnectorError */
  person?: (input: { handle: string; signal: AbortSignal }) => Promise<RemotePerson | null>
  /**
   * Reads what the network pushes to us; of that, what `listen` asks for, as polls do. @throws ConnectorError `refused` when it is not from the network, in a sentence
   * that holds nothing of the delivery: refusals are counted by it
   */
  receive?: (delivery: Delivery, listen: Listen) => Received
}

/** A request a network made to us. `body` as it came over the wire: signatures are of bytes, not of words. */
export type Delivery = {
  method: string
  headers: Record<string, string>
  query: Record<string, string>
  body: Uint8Array
  at: Date
}
/** `id`: the network's own of this delivery; the same id twice is one delivery. */
export type Received = { type: 'changes'; id: string; changes: Change[] } | { type: 'challenge'; answer: string }

/** What an account let us do, as its network put it; opaque to the core, which seals it. */
export type Grant = {
  /** JSON of the connector's own making: tokens, keys, the session of a library. */
  secret: string
  /** Null: it does not expire. */
  expiresAt: Date | null
  /**
   * When it ends for good unless its owner links the account anew, however often it is renewed, as far as the network
   * said so now. Absent: it said nothing now, and what it said before holds.
   */
  endsAt?: Date
  scopes: string[]
}

/** How a person lets us use their account (F3). The core keeps `state`, checks it, and stores what comes back. */
export type Linking = {
  /**
   * Where to send the person. `keep`: sealed and given back to `finish`. `whose`: the account it will be, for networks
   * that ask otherwise for a brand than for a person. @throws ConnectorError
   */
  begin: (input: {
    redirectUri: string
    state: string
    whose?: 'brand' | 'member'
    signal: AbortSignal
  }) => Promise<{ url: string; keep: string }>
  /** `params`: the query the network sent the person back with. @throws ConnectorError `refused`, `auth` */
  finish: (input: {
    redirectUri: string
    params: Record<string, string>
    keep: string
    signal: AbortSignal
  }) => Promise<{ account: { id: string; handle: string }; grant: Grant }>
  /** A fresh grant for one that expires. @throws ConnectorError `auth` only when the network took the grant back */
  refresh: ((grant: Grant, signal: AbortSignal) => Promise<Grant>) | null
  /** What requests are made with. */
  tokenOf: (grant: Grant) => string
  /** Tells the network that we are done with it; failing is no fault. */
  revoke: ((grant: Grant, signal: AbortSignal) => Promise<void>) | null
}

/** What a network said of its patience (L4). `key` names the window: `search`, `writes`; `account` of whose token it is. */
export type Rate = {
  scope: 'app' | 'account' | 'address'
  key: string
  limit: number | null
  remaining: number
  resetAt: Date
}

/** Counts what is spent while it is spent, so that failures count too. */
export type Meter = {
  /** One request went out. */
  request: () => void
  rate: (rate: Rate) => void
  /** Millionths of a US dollar. */
  charge: (microUsd: number) => void
}

/** Sorted by what to do next. */
export type ErrorKind =
  | 'rate-limited' // later, at `retryAt`
  | 'quota' // the day's or month's allowance, or the money, is spent; later, at `retryAt`
  | 'network-down' // later; nothing reached the network
  | 'bad-response' // later; HTML error page, truncated JSON
  | 'auth' // stop and tell an admin to re-authorise
  | 'refused' // never repeat this request
  | 'scope' // the account did not allow this; link it again with what the message names
  | 'duplicate' // the same words stand already: look for them
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
    return ['rate-limited', 'quota', 'network-down', 'bad-response'].includes(this.kind)
  }
}
