import english from '../../i18n/en/learning.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('learning', english)
