/** Words of a text to be marked: where they stand (UTF-16 units), and what is said about them. */
export type Mark = { at: number; words: string; tone: 'for' | 'against'; says: string }

export type MarkedPiece = { text: string; mark: Mark | null }

/**
 * Cuts a text at its marks. A mark whose words do not stand at its place (the text is masked, or was edited) is left
 * out; of marks that overlap the first in the list stays. `from` is where `text` begins in the whole that marks are
 * about. The pieces put together are the text.
 */
export function cutAtMarks(text: string, marks: readonly Mark[], from = 0): MarkedPiece[] {
  const chosen: { start: number; end: number; mark: Mark }[] = []
  for (const mark of marks) {
    const start = mark.at - from
    const end = start + mark.words.length
    if (start < 0 || mark.words === '' || !text.startsWith(mark.words, start)) continue
    if (chosen.every((other) => end <= other.start || start >= other.end)) chosen.push({ start, end, mark })
  }
  chosen.sort((a, b) => a.start - b.start)
  const pieces: MarkedPiece[] = []
  let at = 0
  for (const { start, end, mark } of chosen) {
    if (start > at) pieces.push({ text: text.slice(at, start), mark: null })
    pieces.push({ text: text.slice(start, end), mark })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: null })
  return pieces
}
