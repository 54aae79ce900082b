import { replyApi } from '../../src/reply/contract.ts'
import { disclosureApi } from '../../src/reply/disclosure/contract.ts'
import { pictureApi } from '../../src/reply/pictures/contract.ts'
import { replySettingsApi } from '../../src/reply/settings/contract.ts'

/** What answers are asked for, for the table of all routes. */
export const repliesApi = { ...replyApi, ...pictureApi, ...disclosureApi, ...replySettingsApi }

/** Bodies its routes would take. */
export const REPLY_BODIES: Record<string, unknown> = {
  'POST /mentions/:id/replies': { text: 'Stolen answer', voice: 'brand' },
  'POST /mentions/:id/checks': { text: 'Stolen answer' },
  'PUT /reply-settings': { undoSeconds: 0, bannedList: null, riskyList: null },
  'POST /mentions/:id/posted': { text: 'Stolen answer' },
  'POST /replies/:id/approve': {},
  'POST /replies/:id/return': { reason: 'because' },
  'POST /replies/:id/settle': { arrived: true },
  'POST /replies/:id/take-back': { reason: 'because' },
  'PUT /disclosures': { items: [{ network: null, language: null, text: '#stolen' }] },
  'PATCH /pictures/:id': { alt: 'Stolen' },
}
