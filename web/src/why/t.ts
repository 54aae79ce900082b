import english from '../../i18n/en/why.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('why', english)
export type Key = Parameters<typeof t>[0]
