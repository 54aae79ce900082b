import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { remove } from '../meta/remove.ts'
import { sessionOf } from '../meta/session.ts'
import { MetaSettings, metaFields } from '../meta/settings.ts'
import { instagramLinking } from './linking.ts'
import { poll } from './poll.ts'
import { receive } from './receive.ts'
import { findReply, LONGEST_COMMENT, reply } from './reply.ts'
import { standing } from './standing.ts'

export const INSTAGRAM_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'own content',
    deletes: 'recheck',
    edits: 'none',
    push: true,
    lookbackDays: null,
  },
  reply: {
    brand: true,
    member: false,
    onlyIf: 'own content',
    maxLength: LONGEST_COMMENT,
    lengthUnit: 'characters',
    idempotent: false,
    removes: true,
    namesAuthor: true,
  },
  metrics: ['likes', 'replies'],
  rewardsForPosting: 'no',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'oauth',
  costTier: 'free',
  limits: [
    'Members cannot answer as themselves: Instagram lets apps write as the brand’s professional account only.',
    'Only comments under the brand’s own media, and media that tags the brand, can be heard: Instagram searches no words.',
    'Media of others can be answered on Instagram’s own page only.',
    'New comments are noticed under the account’s hundred newest media; stories and private accounts are not heard.',
    'Meta forbids rewards for posting, so posts and reach here earn no points unless the brand takes that upon itself.',
  ],
}

/** A professional account on Instagram, over Meta's Graph API. */
export function instagramConnector({ baseUrl, ...keys }: MetaSettings, deps: ConnectorDeps): Connector {
  return {
    network: 'instagram',
    capabilities: INSTAGRAM_CAPABILITIES,
    poll: (input) => poll(baseUrl, deps, input),
    reply: (input) => reply(baseUrl, deps, input),
    findReply: (input) => findReply(baseUrl, deps, input),
    standing: (refs, signal) => standing(baseUrl, deps, refs, signal),
    remove: (input) => remove(baseUrl, deps, input),
    receive: (delivery, listen) =>
      receive(keys, deps.reader ? sessionOf(deps.reader).accountId : '', deps.reader?.handle ?? '', listen, delivery),
  }
}

export const INSTAGRAM: CatalogueEntry = {
  label: 'Instagram',
  capabilities: INSTAGRAM_CAPABILITIES,
  servers: 'one',
  settings: metaFields('the account'),
  reads: 'with an account',
  open: opener(MetaSettings, instagramConnector),
  linking: [instagramLinking],
}
