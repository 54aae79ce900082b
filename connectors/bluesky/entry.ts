import { z } from 'zod'
import { type CatalogueEntry, opener } from '../catalogue.ts'
import { appPassword } from './app-password.ts'
import { BLUESKY_CAPABILITIES, blueskyConnector } from './bluesky.ts'
import { oauth } from './oauth.ts'

/** Posts have one address in all of Bluesky, so it is one service; an account's own server is known to its grant. */
export const BLUESKY: CatalogueEntry = {
  label: 'Bluesky',
  capabilities: BLUESKY_CAPABILITIES,
  servers: 'one',
  settings: [],
  reads: 'with an account',
  open: opener(z.strictObject({}), (_settings, deps) => blueskyConnector(deps)),
  linking: [oauth, appPassword],
}
