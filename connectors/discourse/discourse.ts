import { z } from 'zod'
import { type CatalogueEntry, type ConnectorDeps, opener, serverUrl } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { adminKeyLinking, userKeyLinking } from './linking.ts'
import { people, person } from './people.ts'
import { poll } from './poll.ts'
import { receive } from './receive.ts'
import { findReply, remove, reply } from './reply.ts'
import { standing } from './standing.ts'

const Settings = z.strictObject({
  baseUrl: serverUrl,
  /** Of the forum's webhook; empty where none was made. */
  webhookSecret: z.string().default(''),
})
type Settings = z.infer<typeof Settings>

const MAX_LENGTH = 32_000

export const DISCOURSE_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'public',
    deletes: 'recheck',
    edits: 'pushes',
    push: true,
    lookbackDays: null,
  },
  reply: {
    brand: true,
    member: true,
    onlyIf: null,
    maxLength: MAX_LENGTH,
    lengthUnit: 'characters',
    idempotent: false,
    ownServerOnly: true,
    removes: true,
    namesAuthor: false,
  },
  metrics: ['likes', 'replies'],
  people: true,
  rewardsForPosting: 'yes',
  automatedReplies: 'allowed',
  deleteWithinHours: null,
  accounts: 'oauth',
  costTier: 'free',
  limits: ['Deletions are told at once only with the forum’s webhook; otherwise they are found by asking again.'],
}

/** A Discourse forum: every post its account may read. */
export function discourseConnector({ baseUrl, webhookSecret }: Settings, deps: ConnectorDeps): Connector {
  const site = { baseUrl, instance: new URL(baseUrl).host }
  return {
    network: 'discourse',
    capabilities: DISCOURSE_CAPABILITIES,
    poll: (input) => poll(deps, site, input),
    reply: (input) => reply(deps, site, MAX_LENGTH, input),
    findReply: (input) => findReply(deps, site, input),
    standing: (refs, signal) => standing(deps, site, refs, signal),
    remove: (input) => remove(deps, input),
    people: (input) => people(deps, input),
    person: (input) => person(deps, input),
    receive: (delivery, listen) => receive(site, webhookSecret, listen, delivery),
  }
}

export const DISCOURSE: CatalogueEntry = {
  label: 'Discourse forum',
  capabilities: DISCOURSE_CAPABILITIES,
  servers: 'many',
  settings: [
    { name: 'baseUrl', label: 'Forum', help: 'Such as https://community.example' },
    {
      name: 'webhookSecret',
      label: 'Webhook secret',
      help: 'Admin → API → Webhooks: events of posts, JSON, this secret. Edits and deletions are then told at once.',
      secret: true,
      optional: true,
    },
  ],
  reads: 'with an account',
  open: opener(Settings, discourseConnector),
  linking: [userKeyLinking, adminKeyLinking],
}
