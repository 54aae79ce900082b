import english from '../../i18n/en/now.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('now', english)
