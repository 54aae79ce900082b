/**
 * Where a reply stands. `pending`: the network's own moderators hold it. `by-hand`: its author says that they posted it
 * themselves, and it is being looked for (F8). `taking-back`: it stands, and the network is being asked to delete it;
 * `taken-back`: it stood, and we deleted it. `undone`: its author kept it from leaving. `withdrawn`: it is gone from the network, or never left because its post was.
 */
export const REPLY_STATES = [
  'awaiting-approval',
  'queued',
  'sending',
  'sent',
  'unknown',
  'pending',
  'by-hand',
  'taking-back',
  'rejected',
  'failed',
  'withdrawn',
  'taken-back',
  'undone',
] as const
export type ReplyState = (typeof REPLY_STATES)[number]

/** States in which a reply stands, or may yet stand, on the network: one a mention at most (I3). */
export const LIVE_REPLY_STATES = [
  'awaiting-approval',
  'queued',
  'sending',
  'sent',
  'unknown',
  'pending',
  'by-hand',
  'taking-back',
] as const satisfies readonly ReplyState[]

/** States in which it may be on the network although nobody has told us its id there: an unknown one that a person settled is `sent`. */
export const NAMELESS = ['sending', 'sent', 'unknown', 'pending', 'by-hand'] as const satisfies readonly ReplyState[]

/** States in which it is looked for on the network, again and again. */
export const LOOKED_FOR = ['pending', 'by-hand'] as const satisfies readonly ReplyState[]

/** How an answer goes out as several posts: as they are, or each saying which of how many it is (F2). */
export const THREADS = ['plain', 'numbered'] as const
export type Thread = (typeof THREADS)[number]

/**
 * Where one post of an answer stands that goes out as several. `waiting`: for the one before it, or for its time.
 * `stopped`: it is not to be sent any more. `gone`: it stood, and somebody else took it away; `removed`: we did.
 */
export const REPLY_PART_STATES = [
  'waiting',
  'sending',
  'sent',
  'pending',
  'unknown',
  'failed',
  'stopped',
  'removed',
  'gone',
] as const
export type ReplyPartState = (typeof REPLY_PART_STATES)[number]

/** States of a post in which it may be on the network under an id nobody has told us. */
export const NAMELESS_PART_STATES = [
  'sending',
  'sent',
  'unknown',
  'pending',
] as const satisfies readonly ReplyPartState[]
