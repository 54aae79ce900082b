import type { ListSummary } from '../../../src/decide/lists/contract.ts'
import { t } from './t.ts'

/** Entries are written one a line; empty lines are nothing. */
export const toEntries = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export const toText = (entries: readonly string[]): string => entries.join('\n')

export const KIND_WORDS: Record<ListSummary['kind'], { label: string; hint: string; asks: string }> = {
  words: {
    label: t('lists.wordsInTheText'),
    hint: t('lists.oneWordOrPhrase'),
    asks: 'field: text',
  },
  handles: {
    label: t('lists.handlesOfAuthors'),
    hint: t('lists.oneHandleALine'),
    asks: 'field: author.handle',
  },
}
