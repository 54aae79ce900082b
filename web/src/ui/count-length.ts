const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** How long a text looks: what a reader calls a letter counts one, an emoji family included. */
export function countLength(text: string): number {
  let length = 0
  for (const _ of graphemes.segment(text)) length += 1
  return length
}
