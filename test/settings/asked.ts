import { type SQL, sql } from 'drizzle-orm'
import { officeApi } from '../../src/escalate/office/contract.ts'
import { dataApi } from '../../src/ingest/data/contract.ts'
import { auditApi } from '../../src/people/audit/contract.ts'
import { brandApi } from '../../src/people/brand/contract.ts'
import { keysApi } from '../../src/people/keys/contract.ts'
import { tryingApi } from '../../src/people/trying/contract.ts'
import { webhooksApi } from '../../src/people/webhooks/contract.ts'
import { nowApi } from '../../src/report/now/contract.ts'
import { systemApi } from '../../src/system/contract.ts'

/** What the table of routes asks of the settings, beside the rest. */
export const settingsApi = {
  ...officeApi,
  ...brandApi,
  ...auditApi,
  ...keysApi,
  ...webhooksApi,
  ...nowApi,
  ...systemApi,
  ...tryingApi,
  ...dataApi,
}

const ALL = { low: 60, normal: 60, high: 60, urgent: 60 }
const ALWAYS = { low: true, normal: true, high: true, urgent: true }
/** A key that reads the inbox. */
export const KEY = { name: 'Stolen', scopes: ['inbox:read'], days: 1 }
/** A webhook to nowhere. */
export const WEBHOOK = { name: 'Stolen', kind: 'standard', url: 'http://127.0.0.1:9/in', types: ['reply.sent'] }
const NEVER = [null, null, null, null, null, null, null]

export const SETTINGS_BODIES: Record<string, unknown> = {
  'POST /data/author': { network: 'sandbox', handle: 'frida' },
  'POST /data/erasures': {
    ...{ network: 'sandbox', handle: 'frida', typed: 'frida' },
    accounts: [{ instance: 'sandbox', authorId: 'frida' }],
  },
  'POST /api-keys': KEY,
  'POST /webhooks': WEBHOOK,
  'POST /webhooks/:id/secret': { version: 1 },
  'PATCH /webhooks/:id': { version: 1, state: 'off' },
  'PUT /office/teams': { version: 'x', teams: [{ was: null, name: 'thieves', priority: null }] },
  'PUT /office/clocks': { version: 'x', warnAt: 0.5, officeHours: ALWAYS, teams: [{ name: 'care', targets: ALL }] },
  'PUT /office/calendar': { version: 'x', timeZone: 'UTC', week: NEVER, holidays: [] },
  'PUT /brand': {
    ...{ version: 'x', name: 'Stolen', handles: ['stolen'], languages: ['en'], skills: [] },
    ...{ responseMinutes: 60, leaseMinutes: 10, offerMinutes: 10, offerTo: 3 },
    welfare: { mostAnHour: null, mostADay: null, angryShare: null, breakMinutes: null },
  },
}

/** Rows that are of no brand, and that routes name by id. */
export const ofTheInstallation = async (first: (query: SQL) => Promise<string>) => ({
  failedJob: await first(sql`
    insert into failed_job (id, queue, key, payload, attempts, error, first_at, last_at)
    values (gen_random_uuid(), 'poll', 'x', '{}', 3, 'x', now(), now()) returning id`),
  mailTried: await first(sql`
    insert into mail (id, kind, next_at, useless_at, at)
    values (gen_random_uuid(), 'notices', now(), now(), now()) returning id`),
})
