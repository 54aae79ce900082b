import { z } from 'zod'
import { type Contract, pageOf, paging } from '../../http/contract.ts'

export const AuditEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    /** Name of whoever did it; `system` and the like as they are. */
    actor: z.string(),
    actorId: z.string(),
    /** What was done, such as `policy.published`. */
    act: z.string(),
    target: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

/** Filters of the audit. */
const wanted = {
  /** The beginning of an act: `list` finds `list.begun` and its like. */
  act: z.string().max(100).optional(),
  /** A user's id, or `system`. */
  actor: z.string().max(100).optional(),
  /** Something the target's name holds. */
  target: z.string().max(200).optional(),
  /** From this instant on, and until before that one. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
}

/** So many lines an export holds at most, the newest. */
export const MOST_EXPORTED = 20_000

export const auditApi = {
  'GET /audit': {
    summary: 'Who did what with their rights, newest first (O4)',
    access: ['admin'],
    query: z.object({ ...paging, ...wanted }),
    reply: pageOf(AuditEntry),
  },
  'GET /audit/people': {
    summary: 'Who stands in the audit, and which acts there are, to filter by',
    access: ['admin'],
    reply: z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })), acts: z.array(z.string()) }),
  },
  'GET /audit/export': {
    summary: 'The same as CSV, newest first; at most the newest 20 000 lines',
    access: ['admin'],
    query: z.object(wanted),
    reply: z.string(),
    perMinute: 20,
  },
} as const satisfies Contract
