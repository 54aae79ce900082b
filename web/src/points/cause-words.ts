import type { Cause } from '../../../src/domain/points.ts'
import { type Key, t } from './t.ts'

const CAUSE_WORDS: Record<Cause, Key> = {
  accepted: 'points.causeAccepted',
  thanked: 'points.causeThanked',
  reach: 'points.causeReach',
  complained: 'points.causeComplained',
  'taken-back': 'points.causeTakenBack',
}

/** What points were given for, in the reader's words. */
export const causeWord = (cause: Cause): string => t(CAUSE_WORDS[cause])
