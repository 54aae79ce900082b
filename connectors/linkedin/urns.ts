/**
 * LinkedIn names everything by URN, such as `urn:li:share:7`. A comment's holds the thread it stands in and its number:
 * `urn:li:comment:(urn:li:activity:7,9)`.
 */
const COMMENT = /^urn:li:comment:\((?:urn:li:)?(\w+:[\w-]+),([\w-]+)\)$/

/** The one spelling we keep: notifications and addresses leave the inner `urn:li:` out. */
export function canonical(urn: string): string {
  const [, thread, number] = COMMENT.exec(urn) ?? []
  return thread && number ? commentIn(`urn:li:${thread}`, number) : urn
}

export const commentIn = (thread: string, number: string): string => `urn:li:comment:(${thread},${number})`

/** The post a comment stands under and its number there; null for a URN of anything else. */
export function partsOf(urn: string): { thread: string; number: string } | null {
  const [, thread, number] = COMMENT.exec(urn) ?? []
  return thread && number ? { thread: `urn:li:${thread}`, number } : null
}

/** As Rest.li 2.0 wants a URN in an address: brackets and commas have a meaning of their own there. */
export const encoded = (urn: string): string =>
  encodeURIComponent(urn).replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** Rest.li's list of several. */
export const listOf = (values: readonly string[]): string => `List(${values.map(encoded).join(',')})`

/** Where people see it. `above`: the comment that a comment answers. */
export function pageOf(urn: string, above: string | null = null): string {
  const comment = partsOf(urn)
  if (!comment) return `https://www.linkedin.com/feed/update/${urn}/`
  const brief = (one: string) => encoded(canonical(one).replace('(urn:li:', '('))
  const query = above ? `commentUrn=${brief(above)}&replyUrn=${brief(urn)}` : `commentUrn=${brief(urn)}`
  return `https://www.linkedin.com/feed/update/${comment.thread}/?${query}`
}

/** Threads have two floors: who answers an answer stands beside it. Its address names the comment above; null for others. */
export function aboveOf({ url }: { url?: string }): string | null {
  const query = url && URL.canParse(url) ? new URL(url).searchParams : null
  const above = query?.has('replyUrn') ? canonical(query.get('commentUrn') ?? '') : ''
  return partsOf(above) ? above : null
}
