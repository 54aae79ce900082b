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
