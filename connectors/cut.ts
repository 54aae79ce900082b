import type { Item } from './drain.ts'

/**
 * As many items of a page as a poll may still take, not counting those given before. For networks whose pages may be
 * longer than asked for, or are asked for longer, and which go on below any item: the next page begins below the last.
 */
export function cut(items: readonly Item[], limit: number, known: (id: string) => boolean): Item[] {
  const fresh = items.flatMap(({ id, change }, at) => (change !== null && !known(id) ? [at] : []))
  const last = fresh[limit - 1]
  return last === undefined || fresh.length <= limit ? [...items] : items.slice(0, last + 1)
}
