import { z } from 'zod'
import { type CatalogueEntry, type ConnectorDeps, opener, serverUrl } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { mastodonLinking } from './linking.ts'
import { PICTURES } from './pictures.ts'
import { poll } from './poll.ts'
import { findReply, remove, reply } from './reply.ts'
import { standing } from './standing.ts'

const Settings = z.strictObject({
  baseUrl: serverUrl,
  /** Servers set it themselves; 500 where nobody changed it. */
  maxLength: z.coerce.number().int().min(100).max(100_000).default(500),
})
type Settings = z.infer<typeof Settings>

export const MASTODON_CAPABILITIES: Capabilities = {
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
    maxLength: 500,
    lengthUnit: 'graphemes',
    idempotent: true,
    removes: true,
    pictures: PICTURES,
    thread: { most: 5 },
    namesAuthor: true,
  },
  metrics: ['likes', 'reposts', 'replies', 'quotes'],
  rewardsForPosting: 'unclear',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'oauth',
  costTier: 'free',
  limits: [
    'Words are found only on servers with full-text search, in posts whose authors agreed to be found; hashtags are found everywhere.',
    'Likes and boosts are those the server has heard of, not all there are.',
    'Many servers’ rules forbid marketing and want automated accounts marked as such.',
  ],
}

/** A Mastodon server, or one that speaks its API. */
export function mastodonConnector(settings: Settings, deps: ConnectorDeps): Connector {
  const instance = new URL(settings.baseUrl).host
  return {
    network: 'mastodon',
    capabilities: {
      ...MASTODON_CAPABILITIES,
      reply: { ...MASTODON_CAPABILITIES.reply!, maxLength: settings.maxLength },
    },
    poll: (input) => poll(deps, instance, input),
    reply: (input) => reply(deps, settings.maxLength, input),
    findReply: (input) => findReply(deps, input),
    standing: (refs, signal) => standing(deps, instance, refs, signal),
    remove: (input) => remove(deps, input),
  }
}

export const MASTODON: CatalogueEntry = {
  label: 'Mastodon',
  capabilities: MASTODON_CAPABILITIES,
  servers: 'many',
  settings: [
    { name: 'baseUrl', label: 'Server', help: 'Such as https://mastodon.social' },
    {
      name: 'maxLength',
      label: 'Characters a post',
      help: '500 unless the server’s own page says otherwise.',
      optional: true,
      initial: '500',
    },
  ],
  reads: 'with an account',
  open: opener(Settings, mastodonConnector),
  linking: [mastodonLinking],
}
