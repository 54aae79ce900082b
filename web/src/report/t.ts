import english from '../../i18n/en/report.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('report', english)
export type Key = Parameters<typeof t>[0]
