import english from '../../i18n/en/board.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('board', english)
