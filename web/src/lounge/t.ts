import english from '../../i18n/en/lounge.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('lounge', english)
