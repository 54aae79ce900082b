import english from '../../i18n/en/knowledge.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('knowledge', english)
