import english from '../../i18n/en/me.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('me', english)
