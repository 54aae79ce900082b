import type { Destination } from '../../../src/domain/roles.ts'
import { t } from './t.ts'

/** Where a mention goes, as a heading says it. */
export const PLACE_WORDS: Record<Destination, string> = {
  community: t('rules.community'),
  escalation: t('rules.staff'),
  triage: t('ui.triage'),
  ignore: t('rules.ignored'),
}

export const placeWord = ({ destination, team }: { destination: Destination; team: string | null }): string =>
  destination === 'escalation' && team !== null ? t('rules.staffOfTeam', { team }) : PLACE_WORDS[destination]
