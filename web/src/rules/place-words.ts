import type { Destination } from '../../../src/domain/roles.ts'

/** Where a mention goes, as a heading says it. */
export const PLACE_WORDS: Record<Destination, string> = {
  community: 'Community',
  escalation: 'Staff',
  triage: 'Triage',
  ignore: 'Ignored',
}

export const placeWord = ({ destination, team }: { destination: Destination; team: string | null }): string =>
  destination === 'escalation' && team !== null ? `Staff, ${team}` : PLACE_WORDS[destination]
