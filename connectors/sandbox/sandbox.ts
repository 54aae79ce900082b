import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import {
  type Capabilities,
  type Connector,
  ConnectorError,
  type RemoteRef,
  type ReplyInput,
  type ReplyResult,
  type Standing,
} from '../connector.ts'
import { call, RefusedBy } from '../http.ts'
import { poll, ratesOf } from './poll.ts'
import { LookedUp, metricsOf, OwnPost, refTo, SandboxPost, toRawMention } from './shapes.ts'

export const SANDBOX_CAPABILITIES: Capabilities = {
  listen: { mentions: true, keywordSearch: 'public', deletes: 'event', push: false, lookbackDays: null },
  reply: {
    brand: true,
    member: true,
    onlyIf: null,
    maxLength: 500,
    lengthUnit: 'graphemes',
    idempotent: true,
    namesAuthor: false,
  },
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
}

const BATCH = 100
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

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

  return {
    network: 'sandbox',
    capabilities: SANDBOX_CAPABILITIES,
    poll: (input) => poll({ ...settings, ...deps }, input),
    reply: (input) => reply(settings, deps, input),

    findReply: async ({ key, signal }) => {
      try {
        const found = OwnPost.safeParse((await read(`/api/posts/by-key/${encodeURIComponent(key)}`, signal)).json)
        return found.success ? refTo(settings, found.data.id) : 'unknown'
      } catch (error) {
        // Keys are kept for good here, so "not found" is a sure answer; any other failure is not.
        if (error instanceof ConnectorError && error.status === 404) return 'absent'
        throw error
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

/** What the network left out is gone; an answer to it that cannot be read is left for the next look. */
function readStandings(settings: SandboxSettings, refs: RemoteRef[], json: unknown): Standing[] {
  const page = z.object({ items: z.array(LookedUp) }).safeParse(json)
  // All or nothing: a post left out because we could not read it would pass for a deleted one.
  if (!page.success)
    throw new ConnectorError('bad-response', 'The network answered in a shape this connector does not know.')
  const byId = new Map(page.data.items.map((post) => [post.id, post]))
  return refs.map((ref) => {
    const post = byId.get(ref.id)
    if (!post) return { ref, gone: true, metrics: {}, answers: [] }
    const answers = post.answers.flatMap((item) => SandboxPost.safeParse(item).data ?? [])
    return {
      ref,
      gone: false,
      metrics: metricsOf(post),
      answers: answers.map((answer) => toRawMention(settings, answer)),
    }
  })
}

/** What is sure not to have been published; everything else may have been. */
const SURELY_NOT = new Set<ConnectorError['kind']>(['rate-limited', 'network-down', 'auth', 'scope', 'refused', 'gone'])

async function reply(settings: SandboxSettings, deps: ConnectorDeps, input: ReplyInput): Promise<ReplyResult> {
  const { to, text, as, key, signal } = input
  // Counting what readers see as one character costs; a text short enough in code units needs none.
  if (text.length > 500 && [...graphemes.segment(text)].length > 500)
    return { outcome: 'rejected', error: new ConnectorError('refused', 'A reply here has at most 500 characters.') }
  try {
    const { json, status } = await call(deps, {
      method: 'POST',
      url: `${settings.baseUrl}/api/posts`,
      headers: { authorization: `Bearer ${as.token}`, 'idempotency-key': key },
      body: { text, replyTo: to.id },
      signal,
    })
    const post = OwnPost.safeParse(json)
    if (post.success)
      return { outcome: 'published', ref: refTo(settings, post.data.id), at: new Date(post.data.createdAt) }
    const error = new ConnectorError('bad-response', 'The network took the reply but did not say where it stands.', {
      status,
    })
    return { outcome: 'unknown', error }
  } catch (caught) {
    if (!(caught instanceof ConnectorError)) throw caught
    const error = withoutScope(caught)
    return { outcome: SURELY_NOT.has(error.kind) ? 'rejected' : 'unknown', error }
  }
}

function withoutScope(error: ConnectorError): ConnectorError {
  if (!(error instanceof RefusedBy) || error.code !== 'missing-scope') return error
  return new ConnectorError('scope', 'The account did not allow us to post; link it again and allow that too.', {
    cause: error,
  })
}
