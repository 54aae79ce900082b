import english from '../../i18n/en/feed.json' with { type: 'json' }
import { speaking } from '../words/speaking.ts'

export const t = speaking('feed', english)
