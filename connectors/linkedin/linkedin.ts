import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { linkedinLinking } from './linking.ts'
import { KEPT_DAYS } from './notifications.ts'
import { poll } from './poll.ts'
import { receive } from './receive.ts'
import { findReply, LONGEST_COMMENT, remove, reply } from './reply.ts'
import { sessionOf } from './session.ts'
import { LINKEDIN_FIELDS, LinkedInSettings } from './settings.ts'
import { standing } from './standing.ts'

export const LINKEDIN_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'own content',
    deletes: 'recheck',
    edits: 'polls',
    push: true,
    lookbackDays: KEPT_DAYS,
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
  metrics: ['likes', 'replies'],
  rewardsForPosting: 'unclear',
  automatedReplies: 'human only',
  deleteWithinHours: 48,
  keepHours: 48,
  accounts: 'oauth',
  costTier: 'free',
  limits: [
    'LinkedIn searches no posts: only comments under the organisation’s posts, posts that mention it, and posts that share its own are heard.',
    'LinkedIn approves each app first, for registered organisations alone. In its Development tier an app has 500 requests a day, 100 of one person, and no pushes; other limits are not published.',
    'LinkedIn tells apps nobody’s name: authors are “Somebody on LinkedIn”.',
    'LinkedIn lets the words of its members be stored for 48 hours: an hour before that, words and author are forgotten here, in open cases too, and are then read on LinkedIn. Corrections of such posts are unlearned with them.',
    'Accounts have to be linked again after a year, or after 60 days where LinkedIn gave no grant to renew.',
    'Each version of the API ends about a year after it came: the source then asks for a newer one in its settings.',
  ],
}

/** An organisation’s page on LinkedIn, over the Community Management API. */
export function linkedinConnector(settings: LinkedInSettings, deps: ConnectorDeps): Connector {
  return {
    network: 'linkedin',
    capabilities: LINKEDIN_CAPABILITIES,
    poll: (input) => poll(settings, deps, input),
    reply: (input) => reply(settings, deps, input),
    findReply: (input) => findReply(settings, deps, input),
    standing: (refs, signal) => standing(settings, deps, refs, signal),
    remove: (input) => remove(settings, deps, input),
    receive: (delivery, listen) =>
      receive(settings.clientSecret, deps.reader ? sessionOf(deps.reader).actor : '', listen, delivery),
  }
}

export const LINKEDIN: CatalogueEntry = {
  label: 'LinkedIn organisation',
  capabilities: LINKEDIN_CAPABILITIES,
  servers: 'one',
  settings: LINKEDIN_FIELDS,
  reads: 'with an account',
  open: opener(LinkedInSettings, linkedinConnector),
  linking: [linkedinLinking],
}
