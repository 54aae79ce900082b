import { iso } from '../db/instants.ts'
import type { Storm, StormPost } from './contract.ts'
import type { PostRow, StormRow } from './list-queries.ts'

/** Blanks personal data in what is shown (U7). */
export type Mask = (text: string) => string

const LONGEST = 120

export const showStorm = (row: StormRow, mask: Mask): Storm => ({
  id: row.id,
  kind: row.kind,
  about: row.kind === 'cluster' ? shortened(mask(row.text ?? 'a post that is gone')) : row.key,
  seen: row.seen,
  usual: row.usual,
  chance: row.chance,
  beganAt: iso(row.began_at),
  endedAt: row.ended_at === null ? null : iso(row.ended_at),
  endedBy: row.ended_at === null || row.ended_by === 'system' ? null : (row.ended_name ?? 'somebody who has left'),
  calmSince: row.ended_at !== null || row.calm_since === null ? null : iso(row.calm_since),
  posts: row.posts,
  held: row.held,
  withStaff: row.with_staff,
  answered: row.answered,
})

const shortened = (text: string): string => {
  const letters = [...text]
  return letters.length > LONGEST
    ? `${letters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`
    : text
}

export const showPost = (row: PostRow, mask: Mask): StormPost => ({
  mentionId: row.id,
  text: mask(row.text),
  network: row.network,
  url: row.url,
  author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
  postedAt: iso(row.posted_at),
  state: row.state,
  caseId: row.case_id,
})
