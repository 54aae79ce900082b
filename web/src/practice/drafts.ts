import { dropDraft } from '../ui/use-draft.ts'
import type { Practice } from './queries.ts'

/** Each invented post has words of its own. */
export const draftFor = (post: string): string => `practice.${post}`

/** Whoever leaves, ends or begins anew begins with empty fields. */
export const dropDrafts = (posts: Practice['posts']): void => {
  for (const { post } of posts) dropDraft(draftFor(post))
}
