import type { ListSummary } from '../../../src/decide/lists/contract.ts'

/** Entries are written one a line; empty lines are nothing. */
export const toEntries = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export const toText = (entries: readonly string[]): string => entries.join('\n')

export const KIND_WORDS: Record<ListSummary['kind'], { label: string; hint: string; asks: string }> = {
  words: {
    label: 'Words in the text',
    hint: 'One word or phrase a line; a * at the end lets any ending follow.',
    asks: 'field: text',
  },
  handles: {
    label: 'Handles of authors',
    hint: 'One handle a line, with or without @.',
    asks: 'field: author.handle',
  },
}
