/** `@Name` is short for `name.bsky.social`, where most accounts are. */
export function fullHandle(handle: string): string {
  const name = handle.trim().replace(/^@/, '').toLowerCase()
  return name.includes('.') ? name : `${name}.bsky.social`
}

/** The search's way to say a phrase; a single word stands alone. */
export function searchFor(word: string): string {
  const plain = word.replaceAll('"', ' ').trim()
  return /\s/.test(plain) ? `"${plain}"` : plain
}

/** Does a text hold one of the words, as whole words? The search has no sure way to leave words out. */
export function holdsAny(words: readonly string[]): (text: string) => boolean {
  const folded = words.map((word) => word.trim().toLowerCase()).filter((word) => word !== '')
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character)
  return (text) => {
    const low = text.toLowerCase()
    return folded.some((word) => {
      for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1))
        if (!isWord(low[at - 1]) && !isWord(low[at + word.length])) return true
      return false
    })
  }
}
