import { isLive, type Post, type State } from './store.ts'

/** The network's query language: any of the terms, none of those behind a minus; `"a phrase"`, `@handle`, `word`. */
export type Query = { any: RegExp[]; none: RegExp[] }

const TERM = /(-?)(?:"([^"]*)"|(\S+))/gu

/** A word ends where letters and digits end, except in scripts written without spaces. */
const LETTER = String.raw`[[\p{L}\p{M}\p{N}_]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]]`

export function parseQuery(q: string): Query {
  const query: Query = { any: [], none: [] }
  for (const [, minus, phrase, word] of fold(q).matchAll(TERM)) {
    const term = (phrase ?? word ?? '').trim()
    if (term !== '') query[minus ? 'none' : 'any'].push(termPattern(term))
  }
  return query
}

const termPattern = (term: string) => {
  const escaped = term.replace(/[\\^$.*+?()[\]{}|/]/gu, (c) => `\\${c}`).replace(/\s+/gu, String.raw`\s+`)
  return new RegExp(`(?<!${LETTER})${escaped}(?!${LETTER})`, 'v')
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** Is the post asked for: one of its wordings holds a term, and the present one holds none that is excluded? */
export function matches(query: Query, post: Post): boolean {
  const hit = [post.text, ...post.was].map(fold).some((text) => query.any.some((term) => term.test(text)))
  return hit && !query.none.some((term) => term.test(fold(post.text)))
}

export type Page = { posts: Post[]; next: string | null }

/**
 * Live posts made at or after `since`, newest first, and the token of the next page: the last id shown, so that
 * neither new nor deleted posts move a reader's place.
 */
export function listPosts(
  state: State,
  wanted: (post: Post) => boolean,
  { since, limit, page }: { since: number; limit: number; page: string | null },
): Page {
  const posts: Post[] = []
  for (let n = page === null ? state.order.length - 1 : placeBefore(state.order, BigInt(page)); n >= 0; n--) {
    // Bounds hold: n runs within the list.
    const post = state.order[n]!
    if (post.at < since) break
    if (!isLive(post) || !wanted(post)) continue
    if (posts.length === limit) return { posts, next: posts.at(-1)?.id ?? null }
    posts.push(post)
  }
  return { posts, next: null }
}

/** The place of the newest post older than `id`; -1 when there is none. */
function placeBefore(order: Post[], id: bigint): number {
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (BigInt(order[middle]!.id) < id) low = middle + 1
    else high = middle
  }
  return low - 1
}
