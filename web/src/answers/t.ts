import english from '../../i18n/en/answers.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('answers', english)
export type Key = Parameters<typeof t>[0]
