import english from '../../i18n/en/sources.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('sources', english)
