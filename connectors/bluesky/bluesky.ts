import type { ConnectorDeps } from '../catalogue.ts'
import { type Capabilities, type Connector, ConnectorError } from '../connector.ts'
import { PICTURES } from './pictures.ts'
import { poll, type Reader } from './poll.ts'
import { findReply, MOST_GRAPHEMES, remove, reply } from './reply.ts'
import { readToken } from './session.ts'
import { standing } from './standing.ts'

export const BLUESKY_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'public',
    deletes: 'recheck',
    edits: 'none',
    push: false,
    lookbackDays: null,
  },
  reply: {
    brand: true,
    member: true,
    onlyIf: null,
    maxLength: MOST_GRAPHEMES,
    lengthUnit: 'graphemes',
    idempotent: true,
    removes: true,
    pictures: PICTURES,
    thread: { most: 5 },
    namesAuthor: false,
  },
  metrics: ['likes', 'reposts', 'replies', 'quotes', 'bookmarks'],
  rewardsForPosting: 'unclear',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'oauth',
  costTier: 'free',
  limits: [
    'Nothing counts how often a post was seen.',
    'A deleted post is noticed when we look again, not at once.',
    'Where an author lets only some accounts answer, an answer from another would be shown to nobody.',
  ],
}

/** One source on Bluesky. `reader` is the brand's own account: its notifications, and its view of the network. */
export function blueskyConnector({ fetch, clock, random, timeoutMs, meter, reader }: ConnectorDeps): Connector {
  const deps = {
    fetch,
    clock,
    random,
    nonces: new Map<string, string>(),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(meter && { meter }),
  }
  const reading = (): Reader => {
    if (reader) return { handle: reader.handle, session: readToken(reader.token) }
    throw new ConnectorError('auth', 'Link the brand’s Bluesky account; this source reads with it.')
  }
  return {
    network: 'bluesky',
    capabilities: BLUESKY_CAPABILITIES,
    poll: async (input) => poll(deps, reading(), input),
    reply: (input) => reply(deps, input),
    findReply: (input) => findReply(deps, input),
    standing: async (refs, signal) => (refs.length === 0 ? [] : standing(deps, reading().session, refs, signal)),
    remove: (input) => remove(deps, input),
  }
}
