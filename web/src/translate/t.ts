import english from '../../i18n/en/translate.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('translate', english)
