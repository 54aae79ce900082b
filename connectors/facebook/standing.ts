import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import type { RawMention, RemoteRef, Standing } from '../connector.ts'
import { BATCH, lookAt } from '../meta/batch.ts'
import { sessionOf } from '../meta/session.ts'
import { COMMENT_FIELDS, Comment, ofComment } from './shapes.ts'

const counted = z.object({ total_count: z.number().int().nonnegative() }).optional()
const Looked = z.object({
  likes: z.object({ summary: counted }).optional(),
  comments: z.object({ data: z.array(z.unknown()), summary: counted }).optional(),
})
/** Posts and comments have other counters, but the same two edges. */
const FIELDS = `id,likes.limit(0).summary(true),comments.order(reverse_chronological).limit(25).summary(true){${COMMENT_FIELDS}}`

/** Counters of posts and comments and the newest answers to them, by the batch. */
export async function standing(
  baseUrl: string,
  deps: ConnectorDeps,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const asker = { ...sessionOf(deps.reader), baseUrl }
  const found: Standing[] = []
  for (let n = 0; n < refs.length; n += BATCH) {
    const some = refs.slice(n, n + BATCH)
    const looks = await lookAt(
      deps,
      asker,
      { ids: some.map(({ id }) => id), fields: FIELDS, probe: `${asker.accountId}/visitor_posts` },
      signal,
    )
    found.push(...some.flatMap((ref, at) => standingOf(ref, looks[at], asker.accountId)))
  }
  return found
}

/** Nothing, where Facebook said nothing we can read. */
function standingOf(ref: RemoteRef, json: unknown, pageId: string): Standing | [] {
  if (json === null) return { ref, gone: true, metrics: {}, answers: [] }
  const { data } = Looked.safeParse(json)
  if (!data) return []
  const likes = data.likes?.summary?.total_count
  const replies = data.comments?.summary?.total_count
  const answers = (data.comments?.data ?? []).flatMap((item): RawMention[] => {
    const comment = Comment.safeParse(item).data
    return comment && comment.from?.id !== pageId ? [{ ...ofComment(comment, ref), kind: 'reply', parent: ref }] : []
  })
  return {
    ref,
    gone: false,
    metrics: { ...(likes !== undefined && { likes }), ...(replies !== undefined && { replies }) },
    answers: answers.map(({ root: _, ...answer }) => answer),
  }
}
