import { MINUTE } from '../domain/clock.ts'
import type { Post } from './pipe/posts.ts'

export type Pace = { speed: number } | { perMinute: number }
export type Cue = { afterMs: number; number: number; post: Post }

/**
 * When each post of a file is played, in milliseconds after the first, in the order they were written: exports come
 * newest first as often as oldest first. With `speed` the gaps are those of the dates, divided; a post without a date
 * follows the one before it in the file. Null: a speed was given and not one post has a date.
 */
export function schedule(posts: readonly { number: number; post: Post }[], pace: Pace): Cue[] | null {
  const dated = inOrder(posts)
  if ('perMinute' in pace)
    return dated.map(({ number, post }, nth) => ({ number, post, afterMs: (nth * MINUTE) / pace.perMinute }))
  const first = dated.find((one) => one.atMs !== null)?.atMs ?? null
  if (first === null) return posts.length === 0 ? [] : null
  return dated.map(({ number, post, atMs }) => ({ number, post, afterMs: ((atMs ?? first) - first) / pace.speed }))
}

/** By date; posts before the first date of the file, which nothing places, begin it. The sort keeps ties as they were. */
function inOrder(posts: readonly { number: number; post: Post }[]) {
  let last: number | null = null
  return posts
    .map(({ number, post }) => {
      last = post.createdAt?.getTime() ?? last
      return { number, post, atMs: last }
    })
    .sort((a, b) => (a.atMs ?? Number.NEGATIVE_INFINITY) - (b.atMs ?? Number.NEGATIVE_INFINITY) || 0)
}
