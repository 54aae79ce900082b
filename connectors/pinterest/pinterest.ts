import { z } from 'zod'
import { DAY } from '../../src/domain/clock.ts'
import { type CatalogueEntry, type ConnectorDeps, opener, serverUrl } from '../catalogue.ts'
import { type Capabilities, type Connector, ConnectorError } from '../connector.ts'
import { API } from './api.ts'
import { pinterestLinking } from './linking.ts'
import { poll } from './poll.ts'

export const PINTEREST_CAPABILITIES: Capabilities = {
  listen: {
    mentions: false,
    keywordSearch: 'own content',
    deletes: 'none',
    edits: 'none',
    push: false,
    lookbackDays: 0,
  },
  reply: null,
  metrics: [],
  rewardsForPosting: 'no',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'oauth',
  costTier: 'free',
  limits: [
    'Pinterest shows no comments, no mentions and nobody’s name: only that a pin of the brand has more comments than before.',
    'Answers have to be given under the pin, at Pinterest.',
    'Pictures pinned before 20 March 2023 have no count of comments.',
    'Words choose among the brand’s pins by their titles and descriptions; the words of comments are not told.',
    'Up to 5,000 pins are looked at, as Pinterest lists them, 250 with each request; an app on trial has 1,000 requests a day.',
  ],
}

const PinterestSettings = z.strictObject({ baseUrl: serverUrl.default(API) })
type PinterestSettings = z.infer<typeof PinterestSettings>

/** The brand's pins on Pinterest, over API v5: their counts of comments. */
export function pinterestConnector({ baseUrl }: PinterestSettings, deps: ConnectorDeps): Connector {
  const nowhere = 'Pinterest lets nobody answer comments through its API.'
  return {
    network: 'pinterest',
    capabilities: PINTEREST_CAPABILITIES,
    poll: (input) => poll(baseUrl, deps, input),
    reply: async () => ({ outcome: 'rejected', error: new ConnectorError('refused', nowhere) }),
    findReply: async () => 'absent',
    standing: async (refs) => refs.map((ref) => ({ ref, gone: false, metrics: {}, answers: [] })),
  }
}

export const PINTEREST: CatalogueEntry = {
  label: 'Pinterest (counts of comments)',
  capabilities: PINTEREST_CAPABILITIES,
  servers: 'one',
  settings: [
    { name: 'baseUrl', label: 'Address', help: 'Only for a gateway before Pinterest.', optional: true, initial: API },
  ],
  allows: [{ scope: 'app', key: 'trial', requests: 1_000, everyMs: DAY }],
  reads: 'with an account',
  open: opener(PinterestSettings, pinterestConnector),
  linking: [pinterestLinking],
}
