import type { PollInput } from '../connector.ts'

/** Longest search X takes, in characters. */
export const LONGEST_QUERY = { 'self-serve': 512, enterprise: 4096 }

/** At most this much of a search is spent on exclusions; the rest of them is left out here, after reading. */
const EXCLUDING = 0.5

/**
 * Searches that together find what is listened to: posts that say a word or call a handle, no reposts, nothing of the
 * brand's own, nothing excluded. Several where one would be too long.
 * @param own the brand's handle, whose mentions are read elsewhere and need not be paid for twice
 */
export function compileQueries(
  listen: PollInput['listen'],
  { own, longest }: { own: string | null; longest: number },
): string[] {
  const handles = listen.handles.map((handle) => handle.replace(/^@/, '')).filter((handle) => !sameHandle(handle, own))
  const called = handles.flatMap((handle) => (/^\w{1,15}$/.test(handle) ? `@${handle}` : (term(`@${handle}`) ?? [])))
  const terms = [...called, ...listen.words.flatMap((word) => term(word) ?? [])]
  const without = exclusions(listen.exclude, own, longest)
  const queries: string[] = []
  let group: string[] = []
  const close = () => {
    if (group.length > 0) queries.push(`${either(group)} ${without}`)
    group = []
  }
  for (const next of new Set(terms)) {
    if (`${either([...group, next])} ${without}`.length > longest) close()
    group.push(next)
  }
  close()
  return queries
}

export const sameHandle = (a: string, b: string | null): boolean =>
  b !== null && a.replace(/^@/, '').toLowerCase() === b.toLowerCase()

const either = (terms: readonly string[]) => (terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' OR ')})`)

function exclusions(words: readonly string[], own: string | null, longest: number): string {
  const all = ['-is:retweet', ...(own ? [`-from:${own}`, `-@${own}`] : [])]
  for (const word of words) {
    const next = term(word)
    if (next && [...all, `-${next}`].join(' ').length <= longest * EXCLUDING) all.push(`-${next}`)
  }
  return all.join(' ')
}

/** Quoted unless it is one plain word or hashtag, so that nothing an admin writes is taken for an operator of X's. */
function term(word: string): string | null {
  const words = word.replace(/["\\]/g, ' ').replace(/\s+/g, ' ').trim()
  if (words === '') return null
  return /^#?[\p{L}\p{N}_]+$/u.test(words) && !/^(?:or|and)$/i.test(words) ? words : `"${words}"`
}
