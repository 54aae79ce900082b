import type { FoundMention } from '../../../src/search/contract.ts'

/** Where something found is worked on: its case, its card, its pile; else the page that says what became of it. */
export function leadsTo({ mentionId, caseId, offerId, answer, state }: FoundMention): string {
  if (caseId !== null) return `/inbox?view=all&case=${caseId}`
  if (offerId === null) return state === 'triage' ? '/inbox/triage' : `/why/${mentionId}`
  if (answer !== null) return '/replies'
  if (state === 'offered') return '/feed'
  return state === 'claimed' ? '/feed?view=mine' : `/why/${mentionId}`
}
