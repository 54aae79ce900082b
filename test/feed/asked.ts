import { translateApi } from '../../src/answers/translate/contract.ts'
import { feedApi } from '../../src/feed/contract.ts'
import { nearbyApi } from '../../src/feed/nearby/contract.ts'
import { practiceApi } from '../../src/feed/practice/contract.ts'

/** The feed, and what stands beside it, as the table of routes asks it: every contract, and what each route would take. */
export const feedContracts = { ...feedApi, ...nearbyApi, ...practiceApi, ...translateApi }

export const FEED_BODIES: Record<string, unknown> = {
  'POST /offers/:id/pass': { reason: 'not-now' },
  'POST /offers/:id/snooze': { minutes: 5 },
  'POST /offers/:id/presence': { doing: 'viewing', window: 'stolen' },
  'POST /offers/:id/author': { how: 'blocked' },
  'PATCH /desk': { paused: true },
  'POST /practice/tries': { post: 'angry', act: 'to-staff' },
  'POST /mentions/:id/translation': { to: 'de' },
}
