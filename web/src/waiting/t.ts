import english from '../../i18n/en/waiting.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('waiting', english)

export type Key = Parameters<typeof t>[0]
