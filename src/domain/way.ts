/**
 * The states of a mention and those that may follow each; read downwards it is the way of a mention.
 * `triaged` waits for a free member; `triage` waits for a person to decide.
 */
export const WAY = {
  new: ['triaged', 'offered', 'escalated', 'triage', 'ignored', 'closed', 'withdrawn'],
  triaged: ['offered', 'escalated', 'triage', 'ignored', 'withdrawn'],
  offered: ['claimed', 'triaged', 'escalated', 'ignored', 'withdrawn'],
  claimed: ['replied', 'offered', 'triaged', 'escalated', 'withdrawn'],
  triage: ['triaged', 'escalated', 'ignored', 'withdrawn'],
  escalated: ['replied', 'triaged', 'claimed', 'ignored', 'closed', 'withdrawn'],
  replied: ['closed', 'claimed', 'escalated', 'withdrawn'],
  ignored: ['triaged', 'escalated', 'withdrawn'],
  closed: ['escalated', 'withdrawn'],
  withdrawn: [],
} as const satisfies Record<string, readonly string[]>

export type MentionState = keyof typeof WAY
/** In the order of the way; the cast is safe because the keys are those of the literal above. */
export const MENTION_STATES = Object.keys(WAY) as [MentionState, ...MentionState[]]

/** States in which the mention still waits for an answer from somebody. */
export const OPEN_STATES = ['new', 'triaged', 'offered', 'claimed', 'triage', 'escalated'] as const

export const mayMove = (from: MentionState, to: MentionState): boolean =>
  (WAY[from] as readonly MentionState[]).includes(to)

/** The states from which `to` can be reached in one step; what a conditional UPDATE puts in its WHERE. */
export const statesBefore = (to: MentionState): MentionState[] => MENTION_STATES.filter((from) => mayMove(from, to))
