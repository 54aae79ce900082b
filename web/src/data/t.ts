import english from '../../i18n/en/data.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('data', english)
