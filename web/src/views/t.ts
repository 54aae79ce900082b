import english from '../../i18n/en/views.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('views', english)
