import english from '../../../i18n/en/builder.json' with { type: 'json' }
import { speaking } from '../../words/speaking.ts'

export const t = speaking('builder', english)
