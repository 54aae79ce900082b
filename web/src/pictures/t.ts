import english from '../../i18n/en/pictures.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('pictures', english)
