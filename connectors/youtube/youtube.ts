import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { youtubeLinking } from './linking.ts'
import { poll } from './poll.ts'
import { findReply, LONGEST_COMMENT, remove, reply } from './reply.ts'
import { YOUTUBE_FIELDS, YoutubeSettings } from './settings.ts'
import { standing } from './standing.ts'

export const YOUTUBE_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'own content',
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
    namesAuthor: true,
  },
  metrics: ['likes', 'replies'],
  rewardsForPosting: 'unclear',
  automatedReplies: 'human only',
  deleteWithinHours: 30 * 24,
  accounts: 'oauth',
  costTier: 'free',
  limits: [
    'Only comments under the brand’s own videos and under videos that are named can be heard: YouTube searches no comments.',
    'A Google project has 10,000 units a day until midnight in California: a poll costs one for the channel and each video, an answer 51.',
    'New replies are noticed in the hundred newest threads of the channel and of each video.',
    'Threads are flat: who answers a reply names its author, and so do we.',
  ],
}

/** Comments on YouTube, over its Data API v3. */
export function youtubeConnector(settings: YoutubeSettings, deps: ConnectorDeps): Connector {
  const { baseUrl } = settings
  return {
    network: 'youtube',
    capabilities: YOUTUBE_CAPABILITIES,
    poll: (input) => poll(settings, deps, input),
    reply: (input) => reply(baseUrl, deps, input),
    findReply: (input) => findReply(baseUrl, deps, input),
    standing: (refs, signal) => standing(settings, deps, refs, signal),
    remove: (input) => remove(baseUrl, deps, input),
  }
}

export const YOUTUBE: CatalogueEntry = {
  label: 'YouTube comments',
  capabilities: YOUTUBE_CAPABILITIES,
  servers: 'one',
  settings: YOUTUBE_FIELDS,
  reads: 'with its settings',
  open: opener(YoutubeSettings, youtubeConnector),
  linking: [youtubeLinking],
}
