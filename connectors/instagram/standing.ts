import type { ConnectorDeps } from '../catalogue.ts'
import type { RawMention, RemoteRef, Standing } from '../connector.ts'
import { BATCH, lookAt } from '../meta/batch.ts'
import { sessionOf } from '../meta/session.ts'
import { isMedia } from './reply.ts'
import { COMMENT_FIELDS, Comment, ofComment, Replies, usernameOf } from './shapes.ts'

const MOST_REPLIES = 50
const FIELDS = `${COMMENT_FIELDS},replies.limit(${MOST_REPLIES}){${COMMENT_FIELDS}}`
type Thread = { comment: Comment; replies: Comment[] }

/**
 * Comments by the batch, then the comments above those that are answers: threads are flat. Nothing is said of media of
 * others, which Instagram shows in its list of tags alone.
 */
export async function standing(
  baseUrl: string,
  deps: ConnectorDeps,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const asker = { ...sessionOf(deps.reader), baseUrl }
  const look = async (ids: string[]) => {
    const found = new Map<string, Thread | null | undefined>()
    for (let n = 0; n < ids.length; n += BATCH) {
      const some = ids.slice(n, n + BATCH)
      const answers = await lookAt(deps, asker, { ids: some, fields: FIELDS, probe: `${asker.accountId}/tags` }, signal)
      for (const [at, id] of some.entries()) found.set(id, answers[at] === null ? null : threadOf(answers[at]))
    }
    return found
  }
  const asked = refs.filter((ref) => !isMedia(ref))
  const known = await look(asked.map(({ id }) => id))
  const above = await look([...new Set([...known.values()].flatMap((one) => one?.comment.parent_id ?? []))])
  return asked.flatMap((ref): Standing | [] => {
    const thread = known.get(ref.id)
    if (!thread) return thread === null ? { ref, gone: true, metrics: {}, answers: [] } : []
    const { comment, replies } = thread
    const parent = comment.parent_id ? above.get(comment.parent_id) : null
    return standingOf(ref, comment, parent ? answersTo(comment, parent.replies) : replies)
  })
}

/** Undefined: Instagram said nothing we can read. */
function threadOf(json: unknown): Thread | undefined {
  const { data: comment } = Comment.safeParse(json)
  const { data } = Replies.safeParse(json)
  if (!comment || !data) return undefined
  return { comment, replies: (data.replies?.data ?? []).flatMap((item) => Comment.safeParse(item).data ?? []) }
}

/** Who answers an answer begins with its author's name. */
const answersTo = (own: Comment, all: Comment[]): Comment[] => {
  const call = `@${usernameOf(own)} `
  return all
    .filter(({ id, text, timestamp }) => id !== own.id && timestamp >= own.timestamp && text.startsWith(call))
    .map((answer) => ({ ...answer, text: answer.text.slice(call.length) }))
}

function standingOf(ref: RemoteRef, { like_count: likes }: Comment, replies: Comment[]): Standing {
  const answers = replies.map((reply): RawMention => {
    const { root: _, ...answer } = ofComment(reply)
    return { ...answer, kind: 'reply', parent: ref }
  })
  // A full list may go on; how long it is, is not told.
  const isAll = replies.length < MOST_REPLIES
  return {
    ref,
    gone: false,
    metrics: { ...(likes !== undefined && { likes }), ...(isAll && { replies: replies.length }) },
    answers,
  }
}
