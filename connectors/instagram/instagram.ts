import { z } from 'zod'
import { type CatalogueEntry, type ConnectorDeps, opener, serverUrl } from '../catalogue.ts'
import type { Capabilities, Connector } from '../connector.ts'
import { GRAPH } from '../meta/graph.ts'
import { sessionOf } from '../meta/session.ts'
import { instagramLinking } from './linking.ts'
import { poll } from './poll.ts'
import { receive } from './receive.ts'
import { findReply, LONGEST_COMMENT, remove, reply } from './reply.ts'
import { standing } from './standing.ts'

export const InstagramSettings = z.strictObject({
  /** Both of the app's webhook; empty where none was made. */
  appSecret: z.string().default(''),
  verifyToken: z.string().default(''),
  baseUrl: serverUrl.default(GRAPH),
})
type InstagramSettings = z.infer<typeof InstagramSettings>

export const INSTAGRAM_CAPABILITIES: Capabilities = {
  listen: { mentions: true, keywordSearch: 'own content', deletes: 'recheck', push: true, lookbackDays: null },
  reply: {
    brand: true,
    member: false,
    onlyIf: 'own content',
    maxLength: LONGEST_COMMENT,
    lengthUnit: 'characters',
    idempotent: false,
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
    'Meta forbids rewards for posting, so posts and reach here earn no points.',
  ],
}

/** A professional account on Instagram, over Meta's Graph API. */
export function instagramConnector({ baseUrl, ...keys }: InstagramSettings, deps: ConnectorDeps): Connector {
  return {
    network: 'instagram',
    capabilities: INSTAGRAM_CAPABILITIES,
    poll: (input) => poll(baseUrl, deps, input),
    reply: (input) => reply(baseUrl, deps, input),
    findReply: (input) => findReply(baseUrl, deps, input),
    standing: (refs, signal) => standing(baseUrl, deps, refs, signal),
    remove: (input) => remove(baseUrl, deps, input),
    receive: (delivery) =>
      receive(keys, deps.reader ? sessionOf(deps.reader).accountId : '', deps.reader?.handle ?? '', delivery),
  }
}

export const INSTAGRAM: CatalogueEntry = {
  label: 'Instagram',
  capabilities: INSTAGRAM_CAPABILITIES,
  servers: 'one',
  settings: [
    {
      name: 'appSecret',
      label: 'App secret',
      help: 'Of the app whose webhook tells of the account (Settings → Basic). Only for pushes.',
      secret: true,
      optional: true,
    },
    {
      name: 'verifyToken',
      label: 'Verify token',
      help: 'A word of your own, the same as in the app’s webhook. Only for pushes.',
      secret: true,
      optional: true,
    },
    { name: 'baseUrl', label: 'Address', help: 'Only for a gateway before Meta.', optional: true, initial: GRAPH },
  ],
  reads: 'with an account',
  open: opener(InstagramSettings, instagramConnector),
  linking: [instagramLinking],
}
