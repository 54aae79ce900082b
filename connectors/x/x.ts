import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { findReply } from './find-reply.ts'
import { xLinking } from './linking.ts'
import { poll } from './poll.ts'
import { LONGEST_POST, remove, reply } from './reply.ts'
import { X_FIELDS, XSettings } from './settings.ts'
import { standing } from './standing.ts'

export const X_CAPABILITIES: Capabilities = {
  listen: { mentions: true, keywordSearch: 'public', deletes: 'recheck', edits: 'polls', push: false, lookbackDays: 7 },
  reply: {
    brand: true,
    member: true,
    onlyIf: 'summoned',
    maxLength: LONGEST_POST,
    lengthUnit: 'weighted',
    idempotent: false,
    removes: true,
    thread: { most: 5 },
    namesAuthor: false,
  },
  metrics: ['likes', 'reposts', 'quotes', 'replies', 'impressions', 'bookmarks'],
  rewardsForPosting: 'no',
  automatedReplies: 'needs approval',
  deleteWithinHours: 24,
  accounts: 'oauth',
  costTier: 'paid',
  limits: [
    'An app without an enterprise contract may answer a post only from an account that the post mentions or quotes; all others are answered on X’s own page.',
    'Each post read, each author read and each reply is billed by X; a reply with a link costs twenty times as much.',
    'Searches reach seven days back and leave out the last thirty seconds.',
    'X lets nobody be rewarded for posting, so posts and reach there earn no points unless the brand takes that upon itself.',
    'Replies written by a machine need X’s approval beforehand.',
  ],
}

/** X, over its API v2. */
export function xConnector(settings: XSettings, deps: ConnectorDeps): Connector {
  const { reply: usual } = X_CAPABILITIES
  return {
    network: 'x',
    capabilities: {
      ...X_CAPABILITIES,
      reply: usual && { ...usual, onlyIf: settings.access === 'enterprise' ? null : 'summoned' },
    },
    poll: (input) => poll(settings, deps, input),
    reply: (input) => reply(settings, deps, input),
    findReply: (input) => findReply(settings, deps, input),
    standing: (refs, signal) => standing(settings, deps, refs, signal),
    remove: (input) => remove(settings, deps, input),
  }
}

export const X: CatalogueEntry = {
  label: 'X',
  capabilities: X_CAPABILITIES,
  servers: 'one',
  settings: X_FIELDS,
  reads: 'with its settings',
  open: opener(XSettings, xConnector),
  linking: [xLinking],
}
