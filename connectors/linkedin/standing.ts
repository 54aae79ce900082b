import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RawMention, type RemoteRef, type Standing } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { type Asker, ask, askForEach, BATCH, Elements } from './api.ts'
import { Metadata } from './metadata.ts'
import { type Session, sessionOf } from './session.ts'
import type { LinkedInSettings } from './settings.ts'
import { Comment, ofComment } from './shapes.ts'
import { aboveOf, encoded } from './urns.ts'

const MOST_ANSWERS = 100
type Looker = { deps: ConnectorDeps; asker: Asker & Session; signal: AbortSignal }

/**
 * Counters by the twenty, then the newest comments below those that have some. Threads have two floors: of an answer to a
 * comment the ones beside it are read, and count when they begin with its author's name.
 */
export async function standing(
  { baseUrl, version }: LinkedInSettings,
  deps: ConnectorDeps,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const looker = { deps, asker: { ...sessionOf(deps.reader), baseUrl, version }, signal }
  const told = new Map<string, unknown>()
  for (let n = 0; n < refs.length; n += BATCH) {
    const keys = refs.slice(n, n + BATCH).map(({ id }) => id)
    for (const one of await askForEach(deps, looker.asker, { path: 'socialMetadata', keys, signal })) told.set(...one)
  }
  const below = new Map<string, Comment[]>()
  const found: Standing[] = []
  for (const ref of refs) {
    const one = await standingOf(looker, ref, told.get(ref.id), below)
    if (one) found.push(one)
  }
  return found
}

/** Null: told in a shape we do not know. */
async function standingOf(
  looker: Looker,
  ref: RemoteRef,
  told: unknown,
  below: Map<string, Comment[]>,
): Promise<Standing | null> {
  if (told === null) return { ref, gone: true, metrics: {}, answers: [] }
  // Other people's posts may be closed to us; that says nothing of whether they stand.
  if (told === undefined) return { ref, gone: false, metrics: {}, answers: [] }
  const { data } = Metadata.safeParse(told)
  if (!data) return null
  const likes = Object.values(data.reactionSummaries).reduce((sum, { count }) => sum + count, 0)
  const place = aboveOf(ref) ?? ref.id
  const count = data.commentSummary?.count
  if (place === ref.id && !count)
    return { ref, gone: false, metrics: { likes, ...(count !== undefined && { replies: count }) }, answers: [] }
  const all = below.get(place) ?? (await commentsUnder(looker, place))
  below.set(place, all)
  const answers = place === ref.id ? all : answersTo(ref.id, all)
  // A full list may go on; how many of it answer ours is not told.
  const replies = place === ref.id ? count : all.length < MOST_ANSWERS ? answers.length : undefined
  return {
    ref,
    gone: false,
    metrics: { likes, ...(replies !== undefined && { replies }) },
    answers: answers.filter(({ by }) => by !== looker.asker.actor).map((answer) => answering(answer, ref)),
  }
}

async function commentsUnder({ deps, asker, signal }: Looker, urn: string): Promise<Comment[]> {
  const path = `socialActions/${encoded(urn)}/comments?start=0&count=${MOST_ANSWERS}`
  const answer = await ask(deps, asker, { path, signal }).catch((error: unknown) => {
    if (error instanceof ConnectorError && (error.kind === 'gone' || error.status === 403)) return null
    throw error
  })
  return answer ? readAnswer(Elements, answer).elements.flatMap((raw) => Comment.safeParse(raw).data ?? []) : []
}

/** Who answers an answer begins with its author's name, which LinkedIn marks with their URN. */
function answersTo(id: string, all: readonly Comment[]): Comment[] {
  const own = all.find(({ urn }) => urn === id)
  if (!own?.by) return []
  const { by, created } = own
  return all.flatMap((comment): Comment[] => {
    const call = comment.message.attributes.find(
      ({ start, value }) => start === 0 && JSON.stringify(value)?.includes(`"${by}"`),
    )
    if (!call || comment.urn === id || comment.created.time < created.time) return []
    return [{ ...comment, message: { ...comment.message, text: comment.message.text.slice(call.length).trimStart() } }]
  })
}

function answering(comment: Comment, ref: RemoteRef): RawMention {
  const { root: _, ...answer } = ofComment(comment)
  return { ...answer, kind: 'reply', parent: ref }
}
