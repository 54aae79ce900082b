import english from '../../i18n/en/points.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('points', english)

export type Key = Parameters<typeof t>[0]
