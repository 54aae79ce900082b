import { z } from 'zod'
import { BLUESKY } from './bluesky/entry.ts'
import { type CatalogueEntry, opener, serverUrl } from './catalogue.ts'
import type { Network } from './connector.ts'
import { DISCOURSE } from './discourse/discourse.ts'
import { FACEBOOK } from './facebook/facebook.ts'
import { INSTAGRAM } from './instagram/instagram.ts'
import { LINKEDIN } from './linkedin/linkedin.ts'
import { MASTODON } from './mastodon/mastodon.ts'
import { PINTEREST } from './pinterest/pinterest.ts'
import { REDDIT } from './reddit/reddit.ts'
import { REPLAY_CAPABILITIES } from './replay/replay.ts'
import { RSS } from './rss/rss.ts'
import { SANDBOX_LINKING } from './sandbox/linking.ts'
import { SANDBOX_CAPABILITIES, sandboxConnector } from './sandbox/sandbox.ts'
import { WEBHOOK } from './webhook/webhook.ts'
import { X } from './x/x.ts'
import { YOUTUBE } from './youtube/youtube.ts'

/** Every network we can speak to; what is not here does not exist for the product. */
export const CONNECTORS: Partial<Record<Network, CatalogueEntry>> = {
  bluesky: BLUESKY,
  discourse: DISCOURSE,
  facebook: FACEBOOK,
  instagram: INSTAGRAM,
  linkedin: LINKEDIN,
  mastodon: MASTODON,
  pinterest: PINTEREST,
  reddit: REDDIT,
  rss: RSS,
  webhook: WEBHOOK,
  x: X,
  youtube: YOUTUBE,
  sandbox: {
    label: 'Sandbox (simulated)',
    capabilities: SANDBOX_CAPABILITIES,
    servers: 'one',
    settings: [
      { name: 'baseUrl', label: 'Address', help: 'Where the sandbox network answers.' },
      { name: 'token', label: 'App token', help: 'Reads posts.', secret: true },
    ],
    reads: 'with its settings',
    open: opener(
      z.strictObject({
        baseUrl: serverUrl,
        token: z.string().min(1),
        instance: z.string().min(1).default('sandbox'),
        keys: z.boolean().default(true),
      }),
      sandboxConnector,
    ),
    linking: [SANDBOX_LINKING],
  },
  replay: {
    label: 'Imported file',
    capabilities: REPLAY_CAPABILITIES,
    servers: 'one',
    settings: [],
    reads: 'with its settings',
    open: null,
    linking: [],
  },
}
