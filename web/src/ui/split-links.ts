export type Piece = { text: string } | { text: string; href: string; host: string }

const ADDRESS = /https?:\/\/[^\s<>"'`{}|\\^]+/giu
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?…)\]}»”’]+$/u

/**
 * Cuts a stranger's text into plain pieces and links. Only `http:` and `https:` become links; the host is given as
 * the browser will ask for it (punycode), so that a look-alike name shows what it is.
 */
export function splitLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(ADDRESS)) {
    const shown = balanced(match[0])
    const url = URL.canParse(shown) ? new URL(shown) : null
    if (!url || url.host === '' || url.username !== '' || url.password !== '') continue
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) })
    pieces.push({ text: shown, href: url.href, host: url.host })
    at = match.index + shown.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at) })
  return pieces
}

/** Drops closing punctuation that belongs to the sentence; keeps `)` that the address itself opened. */
function balanced(address: string): string {
  let kept = address.replace(TRAILING, '')
  const rest = address.slice(kept.length)
  if (rest.startsWith(')') && kept.split('(').length > kept.split(')').length) kept += ')'
  return kept
}
