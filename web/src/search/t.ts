import english from '../../i18n/en/search.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('search', english)
export type Key = Parameters<typeof t>[0]
