import english from '../../i18n/en/accounts.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('accounts', english)
