/** What is typed of a name: from an @ that begins a word to the caret, of two words at the most. */
const TYPED = /(?:^|\s)@([\p{L}\p{M}\d.'’-]*(?: [\p{L}\p{M}\d.'’-]*)?)$/u

/** The beginning of a colleague's name at the caret; null: no name is being typed. */
export const namingAt = (text: string, caret: number): string | null => TYPED.exec(text.slice(0, caret))?.[1] ?? null

/** The text with the name at the caret written out. */
export function withName(text: string, caret: number, name: string): string {
  const typed = namingAt(text, caret)
  if (typed === null) return text
  return `${text.slice(0, caret - typed.length)}${name} ${text.slice(caret).replace(/^ /, '')}`
}

/** Ids of the colleagues whose whole name stands in the text behind an @. Of namesakes all are meant. */
export const namedIn = (text: string, people: readonly { userId: string; name: string }[]): string[] =>
  people.filter(({ name }) => names(text, name)).map(({ userId }) => userId)

/** Whether the name stands there whole: “@Kim” is not in “@Kimberly”. */
function names(text: string, name: string): boolean {
  const wanted = `@${name}`
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (!/^[\p{L}\p{M}\d]/u.test(text.slice(at + wanted.length))) return true
  return false
}
