/** A link in a post's facets: where it stands in the text, in bytes of UTF-8, and where it leads. */
export type LinkFacet = { byteStart: number; byteEnd: number; uri: string }

/** A text with its shortened links (`example.com/very-lo...`) written out; facets that do not fit it change nothing. */
export function plainText(text: string, links: readonly LinkFacet[]): string {
  const shortened = links.filter(({ byteStart, byteEnd }) => byteStart >= 0 && byteEnd > byteStart)
  if (shortened.length === 0) return text
  const bytes = Buffer.from(text)
  let written = ''
  let at = 0
  for (const { byteStart, byteEnd, uri } of shortened.toSorted((a, b) => a.byteStart - b.byteStart)) {
    if (byteStart < at || byteEnd > bytes.length) continue
    const shown = bytes.toString('utf8', byteStart, byteEnd)
    const stem = /^(.{4,}?)(?:\.\.\.|…)$/u.exec(shown)?.[1]
    // Only what the address really begins with: the words of a link may be anything.
    if (!stem || !uri.replace(/^https?:\/\/(?:www\.)?/, '').startsWith(stem.replace(/^https?:\/\/(?:www\.)?/, '')))
      continue
    written += bytes.toString('utf8', at, byteStart) + uri
    at = byteEnd
  }
  return at === 0 ? text : written + bytes.toString('utf8', at)
}
