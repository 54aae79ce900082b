import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import {
  type Capabilities,
  type Connector,
  ConnectorError,
  PICTURE_TYPES,
  type Picture,
  type RemoteRef,
  type ReplyInput,
  type ReplyResult,
  type Standing,
} from '../connector.ts'
import { call, type HttpAnswer, RefusedBy } from '../http.ts'
import { lengthOf } from '../length.ts'
import { foundAt } from '../own-answer.ts'
import { assertFit, handingOver } from '../pictures.ts'
import { Id, lookedUp } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { poll, ratesOf } from './poll.ts'
import { LookedUp, metricsOf, OwnPost, refTo, SandboxPost, toRawMention } from './shapes.ts'

const REPLY: NonNullable<Capabilities['reply']> = {
  brand: true,
  member: true,
  onlyIf: null,
  maxLength: 500,
  lengthUnit: 'graphemes',
  idempotent: true,
  removes: true,
  pictures: { most: 4, maxBytes: 1_000_000, types: PICTURE_TYPES, altLength: 1_000 },
  thread: { most: 5 },
  namesAuthor: false,
  // Nobody there takes haste for a machine.
  pace: { seconds: 0 },
}

export const SANDBOX_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'public',
    deletes: 'event',
    edits: 'polls',
    push: false,
    lookbackDays: null,
  },
  reply: REPLY,
  metrics: ['likes', 'replies'],
  rewardsForPosting: 'yes',
  automatedReplies: 'allowed',
  deleteWithinHours: null,
  accounts: 'oauth',
  costTier: 'free',
  limits: [],
}

export type SandboxSettings = {
  /** Without a slash at the end. */
  baseUrl: string
  /** The app token: reads only. */
  token: string
  /** Names this network in the refs of its posts; stays when the address changes. */
  instance: string
  /** False: like networks that know no keys; a reply is then known by account, parent and words. Default true. */
  keys?: boolean
}

const BATCH = 100

/** The sandbox network, over HTTP like any other. */
export function sandboxConnector(settings: SandboxSettings, deps: ConnectorDeps): Connector {
  const read = (path: string, signal: AbortSignal) =>
    call(
      { ...deps, rates: ratesOf },
      {
        method: 'GET',
        url: `${settings.baseUrl}${path}`,
        headers: { authorization: `Bearer ${settings.token}` },
        signal,
      },
    )

  const { keys = true } = settings
  return {
    network: 'sandbox',
    capabilities: keys ? SANDBOX_CAPABILITIES : { ...SANDBOX_CAPABILITIES, reply: { ...REPLY, idempotent: false } },
    poll: (input) => poll({ ...settings, ...deps }, input),
    reply: (input) => reply(settings, deps, input),

    findReply: (input) => (keys && !input.since ? findByKey(settings, read, input) : findUnder(settings, read, input)),

    remove: async ({ ref, as, signal }) => {
      try {
        const url = `${settings.baseUrl}/api/posts/${encodeURIComponent(ref.id)}`
        await call(deps, { method: 'DELETE', url, headers: { authorization: `Bearer ${as.token}` }, signal })
      } catch (error) {
        if (!(error instanceof ConnectorError) || error.kind !== 'gone') throw error
      }
    },

    standing: async (refs, signal) => {
      const standings: Standing[] = []
      for (let n = 0; n < refs.length; n += BATCH) {
        const batch = refs.slice(n, n + BATCH)
        const { json } = await read(
          `/api/posts?${new URLSearchParams({ ids: batch.map(({ id }) => id).join(','), answers: '20' })}`,
          signal,
        )
        standings.push(...readStandings(settings, batch, json))
      }
      return standings
    },
  }
}

/** @throws ConnectorError */
function readItems<T>(item: z.ZodType<T>, json: unknown): T[] {
  const page = z.object({ items: z.array(item) }).safeParse(json)
  if (page.success) return page.data.items
  throw new ConnectorError('bad-response', 'The network answered in a shape this connector does not know.')
}

/** What the network left out is gone; an answer to it that cannot be read is left for the next look. */
function readStandings(settings: SandboxSettings, refs: RemoteRef[], json: unknown): Standing[] {
  const postWith = lookedUp(readItems(z.unknown(), json), LookedUp, Id)
  return refs.flatMap((ref): Standing | [] => {
    const post = postWith(ref.id)
    if (!post) return post === null ? { ref, gone: true, metrics: {}, answers: [] } : []
    const answers = post.answers.flatMap((item) => SandboxPost.safeParse(item).data ?? [])
    return {
      ref,
      gone: false,
      metrics: metricsOf(post),
      answers: answers.map((answer) => toRawMention(settings, answer)),
    }
  })
}

type Read = (path: string, signal: AbortSignal) => Promise<HttpAnswer>
type Asked = Parameters<Connector['findReply']>[0]
type Found = Awaited<ReturnType<Connector['findReply']>>

async function findByKey(settings: SandboxSettings, read: Read, { key, signal }: Asked): Promise<Found> {
  try {
    const found = OwnPost.safeParse((await read(`/api/posts/by-key/${encodeURIComponent(key)}`, signal)).json)
    if (!found.success) return 'unknown'
    // What moderators refused never stood; what they still hold is not there yet.
    if (found.data.held) return found.data.deleted ? 'absent' : 'unknown'
    return refTo(settings, found.data.id)
  } catch (error) {
    // Keys are kept for good here, so "not found" is a sure answer; any other failure is not.
    if (error instanceof ConnectorError && error.status === 404) return 'absent'
    throw error
  }
}

/** Among the newest answers to a post: of this account, and either of these words or, by hand, made since. */
async function findUnder(
  settings: SandboxSettings,
  read: Read,
  { to, as, text, since, signal }: Asked,
): Promise<Found> {
  const { json } = await read(`/api/posts?${new URLSearchParams({ ids: to.id, answers: '20' })}`, signal)
  const [parent] = readItems(LookedUp, json)
  if (!parent) return 'unknown'
  const answers = parent.answers.flatMap((item) => SandboxPost.safeParse(item).data ?? [])
  const found = answers.find(
    (answer) =>
      answer.author.handle === as.handle && (since ? new Date(answer.createdAt) >= since : answer.text === text),
  )
  return found ? foundAt(refTo(settings, found.id), found.text, since) : 'absent'
}

async function reply(settings: SandboxSettings, deps: ConnectorDeps, input: ReplyInput): Promise<ReplyResult> {
  const { to, text, pictures = [], as, key, signal } = input
  const { maxLength, lengthUnit } = REPLY
  if (lengthOf(text, lengthUnit) > maxLength)
    return {
      outcome: 'rejected',
      error: new ConnectorError('refused', `A reply here has at most ${maxLength} characters.`),
    }
  try {
    const handedOver = await handOver(settings, deps, pictures, input)
    const { json, status } = await call(deps, {
      method: 'POST',
      url: `${settings.baseUrl}/api/posts`,
      headers: { authorization: `Bearer ${as.token}`, ...(settings.keys !== false && { 'idempotency-key': key }) },
      body: { text, replyTo: to.id, ...(handedOver.length > 0 && { pictures: handedOver }) },
      signal,
    })
    const post = OwnPost.safeParse(json)
    if (post.success && post.data.held) return { outcome: 'pending', why: 'Moderators read answers here first.' }
    if (post.success)
      return { outcome: 'published', ref: refTo(settings, post.data.id), at: new Date(post.data.createdAt) }
    const error = new ConnectorError('bad-response', 'The network took the reply but did not say where it stands.', {
      status,
    })
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(withoutScope(error))
  }
}

/** @throws ConnectorError */
async function handOver(
  { baseUrl }: SandboxSettings,
  deps: ConnectorDeps,
  pictures: readonly Picture[],
  { as, signal }: ReplyInput,
): Promise<{ id: string; alt: string }[]> {
  if (REPLY.pictures) assertFit(pictures, REPLY.pictures)
  const taken: { id: string; alt: string }[] = []
  for (const { bytes, type, alt } of pictures) {
    const headers = { authorization: `Bearer ${as.token}` }
    const request = {
      method: 'POST' as const,
      url: `${baseUrl}/api/pictures`,
      headers,
      bytes: { data: bytes, type },
      signal,
    }
    const { json } = await handingOver(() => call(deps, request))
    const named = Id.safeParse(json)
    if (!named.success) throw new ConnectorError('network-down', 'The network took a picture and did not name it.')
    taken.push({ id: named.data, alt })
  }
  return taken
}

function withoutScope(error: unknown): unknown {
  if (!(error instanceof RefusedBy) || error.code !== 'missing-scope') return error
  return new ConnectorError('scope', 'The account did not allow us to post; link it again and allow that too.', {
    cause: error,
  })
}
