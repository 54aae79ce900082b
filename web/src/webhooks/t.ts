import english from '../../i18n/en/webhooks.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('webhooks', english)
export type Key = Parameters<typeof t>[0]
