import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { remove } from '../meta/remove.ts'
import { sessionOf } from '../meta/session.ts'
import { MetaSettings, metaFields } from '../meta/settings.ts'
import { facebookLinking } from './linking.ts'
import { poll } from './poll.ts'
import { receive } from './receive.ts'
import { findReply, LONGEST_COMMENT, reply } from './reply.ts'
import { standing } from './standing.ts'

export const FACEBOOK_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'own content',
    deletes: 'recheck',
    edits: 'pushes',
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
    namesAuthor: false,
  },
  metrics: ['likes', 'replies'],
  rewardsForPosting: 'no',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'oauth',
  costTier: 'free',
  limits: [
    'Members cannot answer as themselves: Facebook lets apps write as a Page only.',
    'Only what is on the brand’s own Page, and public posts that tag it, can be heard: Facebook searches no posts.',
    'New comments are noticed under the hundred newest posts of the Page.',
    'Deletions and edits are told at once only with the app’s webhook; otherwise deletions are found by asking again, and edits are not.',
    'Meta forbids rewards for posting, so posts and reach here earn no points unless the brand takes that upon itself.',
  ],
}

/** A Facebook Page, over Meta's Graph API. */
export function facebookConnector({ baseUrl, ...keys }: MetaSettings, deps: ConnectorDeps): Connector {
  return {
    network: 'facebook',
    capabilities: FACEBOOK_CAPABILITIES,
    poll: (input) => poll(baseUrl, deps, input),
    reply: (input) => reply(baseUrl, deps, input),
    findReply: (input) => findReply(baseUrl, deps, input),
    standing: (refs, signal) => standing(baseUrl, deps, refs, signal),
    remove: (input) => remove(baseUrl, deps, input),
    receive: (delivery, listen) => receive(keys, deps.reader ? sessionOf(deps.reader).accountId : '', listen, delivery),
  }
}

export const FACEBOOK: CatalogueEntry = {
  label: 'Facebook Page',
  capabilities: FACEBOOK_CAPABILITIES,
  servers: 'one',
  settings: metaFields('the Page'),
  reads: 'with an account',
  open: opener(MetaSettings, facebookConnector),
  linking: [facebookLinking],
}
