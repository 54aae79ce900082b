import english from '../../i18n/en/settings.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('settings', english)
