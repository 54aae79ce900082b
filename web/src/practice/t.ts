import english from '../../i18n/en/practice.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('practice', english)
