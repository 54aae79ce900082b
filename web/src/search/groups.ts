import { MENTION_STATES, type MentionState, OPEN_STATES } from '../../../src/domain/way.ts'
import type { Key } from './t.ts'

/** States as people speak of them; the finer ones are said on each card. */
export const STANDINGS: Record<string, { label: Key; states: readonly MentionState[] }> = {
  waiting: { label: 'search.waiting', states: OPEN_STATES },
  answered: { label: 'search.answered', states: ['replied', 'closed'] },
  aside: { label: 'search.setAside', states: ['ignored'] },
}

export const STATE_WORDS: Record<MentionState, Key> = {
  new: 'search.justHeard',
  triaged: 'search.looksForAMember',
  offered: 'search.withMembers',
  claimed: 'search.beingAnswered',
  triage: 'search.waitsForADecision',
  escalated: 'search.withStaff',
  replied: 'search.answered',
  closed: 'search.closed',
  ignored: 'search.setAside',
  hidden: 'search.gone',
  withdrawn: 'search.gone',
}

/** The states a choice in the address stands for; undefined: any. */
export const statesOf = (choice: string | null): MentionState[] | undefined => {
  const chosen = choice === null ? undefined : STANDINGS[choice]
  return chosen && MENTION_STATES.filter((state) => chosen.states.includes(state))
}
