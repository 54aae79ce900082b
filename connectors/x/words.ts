import type { Post } from './shapes.ts'

type Worded = Pick<Post, 'text' | 'note' | 'entities'>

/**
 * What its author wrote: in full where `text` is cut after 280, with links as they were and not as t.co, and without the
 * three characters that X escapes.
 */
export function wordsOf({ text, note, entities }: Worded): string {
  const links = (note ? note.entities : entities)?.urls ?? []
  const long = links.reduce(
    (words, { url, expanded_url: real }) => (real ? words.replaceAll(url, real) : words),
    note?.text ?? text,
  )
  return long.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** Handles called in a post, in small letters. */
export const calledIn = ({ entities, note }: Worded): Set<string> =>
  new Set(
    [...(entities?.mentions ?? []), ...(note?.entities?.mentions ?? [])].map(({ username }) => username.toLowerCase()),
  )

/** The same words, as far as X leaves them alone: it may put names before them, spaces apart, and schemes before links. */
export function sameWords(published: string, sent: string): boolean {
  const plain = (text: string) =>
    text
      .normalize('NFC')
      .replace(/https?:\/\//gi, '')
      .replace(/\s+/g, ' ')
      .trim()
  return plain(published) === plain(sent) || plain(published.replace(/^(?:@\w{1,15}\s+)+/, '')) === plain(sent)
}
