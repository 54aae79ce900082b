import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import {
  type Access,
  ConnectorError,
  type Found,
  type RemoteRef,
  type ReplyInput,
  type ReplyResult,
} from '../connector.ts'
import { findByWords, whyNotSend } from '../own-answer.ts'
import { readAnswer } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { type Asker, ask, Elements } from './api.ts'
import { isOrganisation, type Session, sessionOf } from './session.ts'
import type { LinkedInSettings } from './settings.ts'
import { Comment, placeOf, refTo } from './shapes.ts'
import { canonical, commentIn, encoded, partsOf } from './urns.ts'

export const LONGEST_COMMENT = 1_250
const PAGE = 100
const MOST_PAGES = 5

const Made = z.object({
  commentUrn: z.string().startsWith('urn:li:comment:').optional(),
  object: z.string().startsWith('urn:li:').optional(),
  id: z.coerce.string().optional(),
  created: z.object({ time: z.number() }).optional(),
})

/** As the organisation, or as a person. LinkedIn knows no keys, so the comments there are looked through first. */
export async function reply(settings: LinkedInSettings, deps: ConnectorDeps, input: ReplyInput): Promise<ReplyResult> {
  const refusal = await whyNot(settings, deps, input)
  if (refusal) return { outcome: 'rejected', error: refusal }
  const { to, text, as, signal } = input
  try {
    const { actor, token } = sessionOf(as)
    const place = placeOf(to)
    const above = partsOf(place)
    const object = above?.thread ?? place
    const body = { actor, object, message: { text }, ...(above && { parentComment: place }) }
    const path = `socialActions/${encoded(place)}/comments`
    const answer = await ask(deps, { ...settings, token }, { method: 'POST', path, body, signal })
    const made = Made.safeParse(answer.json).data
    const id = made?.id ?? answer.headers.get('x-restli-id')
    const urn = made?.commentUrn ?? (id ? commentIn(made?.object ?? object, id) : null)
    if (urn) {
      const at = made?.created ? new Date(made.created.time) : deps.clock.now()
      return { outcome: 'published', ref: refTo(canonical(urn), above && place), at }
    }
    const error = new ConnectorError('bad-response', 'LinkedIn took the comment but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

const whyNot = (settings: LinkedInSettings, deps: ConnectorDeps, input: ReplyInput) =>
  whyNotSend(input, { network: 'LinkedIn', longest: LONGEST_COMMENT, speaker: input.as.handle }, () =>
    findReply(settings, deps, input),
  )

/**
 * By the account's words among the comments there, 500 at most; `absent` when all were read. The organisation reads them,
 * as LinkedIn lets few apps read as a person: where only a person asks, it is `unknown`.
 */
export async function findReply(
  settings: LinkedInSettings,
  deps: ConnectorDeps,
  { to, as, signal, ...sought }: ReplyInput & { since?: Date },
): Promise<Found | 'absent' | 'unknown'> {
  const speaker = sessionOf(as)
  const eye = sessionOf(deps.reader ?? as)
  if (!isOrganisation(eye)) return 'unknown'
  return findByWords(sought, MOST_PAGES, async (page) => {
    const start = Number(page ?? 0)
    const path = `socialActions/${encoded(placeOf(to))}/comments?start=${start}&count=${PAGE}`
    const elements = await seen(deps, { ...settings, ...eye }, { path, speaker, signal })
    if (elements === null) return null
    const comments = elements.flatMap((raw) => Comment.safeParse(raw).data ?? [])
    const own = comments.flatMap(({ by, urn, above, message, created }) =>
      by === speaker.actor ? [{ ref: refTo(urn, above), words: message.text, at: new Date(created.time) }] : [],
    )
    const next = elements.length < PAGE ? null : `${start + PAGE}`
    return { own, whole: comments.length === elements.length, next }
  })
}

/** Null: closed to our eyes. It may be open to whoever speaks, and where those are another's, the speaker is not at fault. */
async function seen(
  deps: ConnectorDeps,
  eye: Asker & Session,
  { path, speaker, signal }: { path: string; speaker: Session; signal: AbortSignal },
): Promise<unknown[] | null> {
  try {
    return readAnswer(Elements, await ask(deps, eye, { path, signal })).elements
  } catch (error) {
    const isOther = eye.token !== speaker.token
    if (error instanceof ConnectorError && (error.status === 403 || (isOther && error.kind === 'auth'))) return null
    throw error
  }
}

/** One that is gone already is no fault. */
export async function remove(
  settings: LinkedInSettings,
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: Access; signal: AbortSignal },
): Promise<void> {
  const { actor, token } = sessionOf(as)
  const own = partsOf(ref.id)
  if (!own) throw new ConnectorError('refused', 'Only comments can be taken back on LinkedIn.')
  const path = `socialActions/${encoded(own.thread)}/comments/${encoded(own.number)}?actor=${encoded(actor)}`
  await ask(deps, { ...settings, token }, { method: 'DELETE', path, signal }).catch((error: unknown) => {
    if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
  })
}
