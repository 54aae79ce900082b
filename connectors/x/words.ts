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

/** Does a text say one of the words, each whole? Cased or not. */
export function saysAny(words: readonly string[]): (text: string) => boolean {
  const folded = words.map((word) => word.trim().toLowerCase()).filter((word) => word !== '')
  return (text) => {
    const low = text.toLowerCase()
    return folded.some((word) => wholeWord(low, word))
  }
}

function wholeWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const letter = (character: string) => /[\p{L}\p{N}_]/u.test(character)
    const opens = at === 0 || !letter(text.charAt(at - 1)) || !letter(word.charAt(0))
    const end = at + word.length
    if (opens && (!letter(text.charAt(end)) || !letter(word.at(-1) ?? ''))) return true
  }
  return false
}

/** The same words, as far as X leaves them alone: it puts the names of those answered before them, and spaces apart. */
export function sameWords(published: string, sent: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()
  return plain(published) === plain(sent) || plain(published.replace(/^(?:@\w{1,15}\s+)+/, '')) === plain(sent)
}
