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
