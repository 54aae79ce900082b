import english from '../../i18n/en/security.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('security', english)
