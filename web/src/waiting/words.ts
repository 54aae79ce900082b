import { t } from './t.ts'
import type { Verdict } from './waiting.ts'

/** Why an answer was not sent, and what its author can do. */
export function backWords(verdict: Extract<Verdict, { is: 'back' }>): string {
  switch (verdict.why) {
    case 'gone':
      return t('waiting.postIsGone')
    case 'taken':
      return t('waiting.takenBy', { name: verdict.by })
    case 'answered':
      return t('waiting.answeredOtherwise')
    case 'not-held':
      return t('waiting.notHeld')
  }
}
