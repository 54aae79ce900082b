import { decideApi, policyApi } from '../../src/decide/contract.ts'
import { costApi } from '../../src/decide/costs/contract.ts'
import { draftApi } from '../../src/decide/draft/contract.ts'
import { listsApi } from '../../src/decide/lists/contract.ts'

/** What the room answers to, for the table of all routes. */
export const decideContracts = { ...decideApi, ...policyApi, ...draftApi, ...listsApi, ...costApi }

/** Bodies its routes would take. */
export const DECIDE_BODIES: Record<string, unknown> = {
  'PUT /costs': { angryToFan: 9, easyToStaff: 2, humanTriage: 1 },
  'POST /policy/check': { text: 'name: x' },
  'POST /policy/matches': { text: 'name: x' },
  'POST /policy/compare': { text: 'name: x', against: 1 },
  'POST /policy/trace': { text: 'name: x', about: { words: 'stolen' } },
  'POST /policy/drafts': { text: 'name: x', note: 'mine', basedOn: 1 },
  'POST /policy/:version/backtest': { days: 1 },
  'POST /policy': { text: 'name: x', note: 'mine', basedOn: 1 },
  'POST /triage/:mentionId': { destination: 'ignore', reason: 'because' },
  'POST /lists': { name: 'stolen', kind: 'words', entries: ['stolen'] },
  'PATCH /lists/:id': { entries: ['stolen'], version: 1 },
}
