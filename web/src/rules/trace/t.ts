import english from '../../../i18n/en/trace.json' with { type: 'json' }
import { speaking } from '../../words/speaking.ts'

export const t = speaking('trace', english)
