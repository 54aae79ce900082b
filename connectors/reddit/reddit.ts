import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { redditLinking } from './linking.ts'
import { poll } from './poll.ts'
import { findReply, LONGEST_COMMENT, remove, reply } from './reply.ts'
import { REDDIT_FIELDS, RedditSettings } from './settings.ts'
import { standing } from './standing.ts'

export const REDDIT_CAPABILITIES: Capabilities = {
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
    maxLength: LONGEST_COMMENT,
    lengthUnit: 'characters',
    idempotent: false,
    removes: true,
    namesAuthor: false,
  },
  metrics: ['score', 'likes', 'replies'],
  rewardsForPosting: 'unclear',
  automatedReplies: 'human only',
  deleteWithinHours: 48,
  accounts: 'oauth',
  costTier: 'paid',
  limits: [
    'Reddit lets nobody in without its approval, and commercial use needs a contract.',
    'Words are found in posts anywhere, and in comments only of the communities that are named: Reddit searches no comments.',
    'Most communities forbid promotion and asking for votes; their moderators may remove answers.',
    'Lists reach about a thousand items back.',
  ],
}

/** Reddit, over its Data API. */
export function redditConnector(settings: RedditSettings, deps: ConnectorDeps): Connector {
  const { baseUrl } = settings
  return {
    network: 'reddit',
    capabilities: REDDIT_CAPABILITIES,
    poll: (input) => poll(settings, deps, input),
    reply: (input) => reply(baseUrl, deps, input),
    findReply: (input) => findReply(baseUrl, deps, input),
    standing: (refs, signal) => standing(baseUrl, deps, refs, signal),
    remove: (input) => remove(baseUrl, deps, input),
  }
}

export const REDDIT: CatalogueEntry = {
  label: 'Reddit',
  capabilities: REDDIT_CAPABILITIES,
  servers: 'one',
  settings: REDDIT_FIELDS,
  reads: 'with an account',
  open: opener(RedditSettings, redditConnector),
  linking: [redditLinking],
}
