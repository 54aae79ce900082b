/**
 * The states of a mention and those that may follow each; read downwards it is the way of a mention.
 * `triaged` waits for a free member; `triage` waits for a person to decide. `hidden` is said to be gone and not taken for
 * gone yet (`src/ingest/hidden.ts`): should it stand after all, it stands where it stood, which is no step of the way.
 */
export const WAY = {
  new: ['triaged', 'offered', 'escalated', 'triage', 'ignored', 'closed', 'hidden', 'withdrawn'],
  triaged: ['offered', 'escalated', 'triage', 'ignored', 'hidden', 'withdrawn'],
  offered: ['claimed', 'triaged', 'escalated', 'ignored', 'hidden', 'withdrawn'],
  claimed: ['replied', 'offered', 'triaged', 'escalated', 'hidden', 'withdrawn'],
  triage: ['triaged', 'escalated', 'ignored', 'hidden', 'withdrawn'],
  escalated: ['replied', 'triaged', 'claimed', 'ignored', 'closed', 'hidden', 'withdrawn'],
  replied: ['closed', 'claimed', 'escalated', 'hidden', 'withdrawn'],
  ignored: ['triaged', 'escalated', 'hidden', 'withdrawn'],
  closed: ['escalated', 'hidden', 'withdrawn'],
  hidden: ['withdrawn'],
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

/** What people are told who would act on a hidden mention. */
export const HIDDEN_WORDS = 'Its network says this post is gone. It is hidden until the network was asked again.'
