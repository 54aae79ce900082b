import { applyingApi } from '../../src/people/applying/contract.ts'
import { peopleApi } from '../../src/people/contract.ts'
import { enlistApi } from '../../src/people/enlist/contract.ts'
import { joiningApi } from '../../src/people/joining/contract.ts'
import { noticesApi } from '../../src/people/notices/contract.ts'
import { rosterApi } from '../../src/people/roster/contract.ts'
import { skillsApi } from '../../src/people/skills/contract.ts'

/** What the table of routes asks of people, beside the rest. */
export const personApi = {
  ...peopleApi,
  ...applyingApi,
  ...joiningApi,
  ...rosterApi,
  ...skillsApi,
  ...enlistApi,
  ...noticesApi,
}

const TOKEN = 'a-token-that-opens-nothing-at-all'
const PASSWORD = 'a long password'

/** What the routes of people and of signing in would take, for the table of all routes. */
export const PEOPLE_BODIES: Record<string, unknown> = {
  'POST /notices/seen': { until: '2026-01-01T00:00:00.000Z' },
  'PUT /notices/settings': {
    ...{ ways: {}, digest: 'daily', dailyAt: '08:00', timeZone: 'UTC', quiet: null, version: 0 },
  },
  'POST /sign-in/forgotten': { email: 'nobody@example.test' },
  'POST /sign-in/reset': { token: TOKEN, password: PASSWORD },
  'POST /sign-in/confirm': { token: TOKEN },
  'POST /joining/look': { token: TOKEN },
  'POST /joining/join': { token: TOKEN, name: 'Eve', email: 'eve@example.test', password: PASSWORD },
  'POST /joining/accept': { token: TOKEN },
  'PUT /people/settings': { twoFactorRequired: true },
  'PATCH /people/:id': { role: 'reader' },
  'POST /people/:id/standing': { standing: 'banned', reason: 'because' },
  'POST /people/:id/remove': { reason: 'because' },
  'POST /people/:id/two-factor-off': { reason: 'because' },
  'POST /invites': { role: 'admin' },
  'POST /forums/:id/invites': { handles: ['ana'], helperFrom: 3 },
  'POST /apply/:slug': { name: 'Eve', email: 'eve@example.test', languages: ['en'], skills: [], answers: [] },
  'PATCH /members/:id': {
    ...{ add: { languages: ['de'], skills: [{ skill: 'wifi', level: 1 }] }, remove: { languages: [], skills: [] } },
  },
  'PUT /members/:id/rank': { was: 'newcomer', granted: 'champion', reason: 'because' },
  'PUT /applications/settings': { open: true, questions: [], version: 'x' },
  'POST /applications/decline': { ids: ['00000000-0000-7000-8000-000000000000'] },
  'POST /applications/:id/decline': { reason: 'because' },
  'POST /people/list': { csv: 'name,email\nEve,eve@example.test' },
}
