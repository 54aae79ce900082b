import english from '../../i18n/en/people.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('people', english)
export type Key = Parameters<typeof t>[0]
