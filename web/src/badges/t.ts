import english from '../../i18n/en/badges.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('badges', english)

export type Key = Parameters<typeof t>[0]
