import english from '../../i18n/en/replies.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('replies', english)
export type Key = Parameters<typeof t>[0]
