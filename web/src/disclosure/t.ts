import english from '../../i18n/en/disclosure.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('disclosure', english)
