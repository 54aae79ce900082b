import english from '../../i18n/en/session.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('session', english)
export type Key = Parameters<typeof t>[0]
