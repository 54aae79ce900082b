import english from '../../i18n/en/sign-in.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('sign-in', english)
export type Key = Parameters<typeof t>[0]
