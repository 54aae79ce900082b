import english from '../../i18n/en/lists.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('lists', english)
