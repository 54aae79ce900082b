import english from '../../i18n/en/ui.json' with { type: 'json' }
import { speaking } from './speaking.ts'

/** Texts that all features share, for those that have no file of their own. */
export const t = speaking('ui', english)

export type Key = Parameters<typeof t>[0]
