import english from '../../i18n/en/experts.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('experts', english)
