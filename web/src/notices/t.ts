import english from '../../i18n/en/notices.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('notices', english)
export type Key = Parameters<typeof t>[0]
