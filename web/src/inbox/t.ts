import english from '../../i18n/en/inbox.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('inbox', english)
export type Key = Parameters<typeof t>[0]
