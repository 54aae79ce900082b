import english from '../../i18n/en/storms.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('storms', english)
