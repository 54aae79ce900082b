/**
 * A draft with a suggested answer in it: in place of an empty draft or of the `last` suggestion, when nobody changed
 * that; else below the words that stand there. `begins`: what every answer here begins with.
 */
export function putInto(draft: string, words: string, begins: string, last: string | null): string {
  const written = draft.trim()
  const ours = written === '' || written === begins.trim() || draft === last
  return ours ? begins + words : `${draft.trimEnd()}\n${words}`
}
