/** `{{…}}` of canned answers, and the brackets that people write for the same. */
const PLACEHOLDER = /\{\{[^}]*\}\}|\[(?:name|order|link|product)\]/gi

/** What somebody has yet to fill in, in the order it stands; `at` in UTF-16 units. A reply with one does not leave (F5). */
export const placeholdersIn = (text: string): { at: number; words: string }[] =>
  [...text.matchAll(PLACEHOLDER)].map(({ 0: words, index: at }) => ({ at, words }))
