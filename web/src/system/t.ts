import english from '../../i18n/en/system.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('system', english)
