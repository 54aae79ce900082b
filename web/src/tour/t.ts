import english from '../../i18n/en/tour.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('tour', english)
