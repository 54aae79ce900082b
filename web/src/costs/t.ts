import english from '../../i18n/en/costs.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('costs', english)
