import english from '../../i18n/en/palette.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('palette', english)
export type Key = Parameters<typeof t>[0]
