import english from '../../i18n/en/rules.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('rules', english)
