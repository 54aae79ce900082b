import type { ConnectorDeps } from '../catalogue.ts'
import {
  type Access,
  ConnectorError,
  type Found,
  type RemoteRef,
  type ReplyInput,
  type ReplyResult,
} from '../connector.ts'
import { pickOwn, whyNotSend } from '../own-answer.ts'
import { readAnswer } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { ask, refuseFaults } from './api.ts'
import { isGone, Listing, refTo, sessionOf, Thing, timeOf, wordsOf } from './shapes.ts'

export const LONGEST_COMMENT = 10_000
const LOOKED_THROUGH = 100

/** Reddit knows no keys and takes the same words twice, so the account's comments are looked through first. */
export async function reply(baseUrl: string, deps: ConnectorDeps, input: ReplyInput): Promise<ReplyResult> {
  const refusal = await whyNot(baseUrl, deps, input)
  if (refusal) return { outcome: 'rejected', error: refusal }
  const { to, text, as, signal } = input
  try {
    const session = sessionOf(as)
    const form = { thing_id: to.id, text }
    const answer = await ask(deps, { baseUrl, session }, { path: '/api/comment', form, signal })
    const { data } = Thing.safeParse(refuseFaults(answer, deps.clock.now()).data?.things[0])
    if (data) return { outcome: 'published', ref: refTo(data.data.name, data.data.permalink), at: timeOf(data) }
    const error = new ConnectorError('bad-response', 'Reddit took the comment but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

const whyNot = (baseUrl: string, deps: ConnectorDeps, input: ReplyInput) =>
  whyNotSend(input, { network: 'Reddit', longest: LONGEST_COMMENT, speaker: `u/${input.as.handle}` }, () =>
    findReply(baseUrl, deps, input),
  )

/** By its words under the post; `absent` when the comments looked through reach back to `since`, or are all there are. */
export async function findReply(
  baseUrl: string,
  deps: ConnectorDeps,
  { to, text, as, since, signal }: ReplyInput & { since?: Date },
): Promise<Found | 'absent' | 'unknown'> {
  const session = sessionOf(as)
  const path = `/user/${encodeURIComponent(session.name)}/comments`
  const params = { sort: 'new', limit: `${LOOKED_THROUGH}` }
  const { children, after } = readAnswer(Listing, await ask(deps, { baseUrl, session }, { path, params, signal })).data
  const own = children.flatMap((raw) => Thing.safeParse(raw).data ?? [])
  // Whole seconds are all Reddit tells.
  const recent = since ? own.filter((thing) => timeOf(thing).getTime() + 1000 > since.getTime()) : own
  const answers = recent.filter((thing) => thing.data.parent_id === to.id && !isGone(thing))
  const refs = answers.map((thing) => ({
    ref: refTo(thing.data.name, thing.data.permalink),
    words: wordsOf(thing),
    at: new Date(timeOf(thing).getTime() + 1000),
  }))
  const found = pickOwn(refs, { text, since })
  if (found) return found
  return !after || recent.length < own.length ? 'absent' : 'unknown'
}

/** One that is gone already is no fault. */
export async function remove(
  baseUrl: string,
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: Access; signal: AbortSignal },
): Promise<void> {
  await ask(deps, { baseUrl, session: sessionOf(as) }, { path: '/api/del', form: { id: ref.id }, signal })
}
