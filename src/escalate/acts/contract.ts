import { z } from 'zod'
import { PRIORITIES } from '../../domain/roles.ts'
import type { Contract } from '../../http/contract.ts'
import { EscalationCase } from '../contract.ts'

const Reason = z.string().trim().min(3).max(500)
const Text = z.string().trim().min(1).max(5_000)

/** To a colleague, to whoever acts, or to nobody. */
const Assign = z.object({ kind: z.literal('assign'), to: z.union([z.uuid(), z.literal('me')]).nullable() })
const Prioritise = z.object({ kind: z.literal('priority'), priority: z.enum(PRIORITIES) })
const PutLabel = z.object({ kind: z.literal('label'), labelId: z.uuid() })
const TakeLabel = z.object({ kind: z.literal('unlabel'), labelId: z.uuid() })
const Note = z.object({ kind: z.literal('note'), text: Text })

/** What one step of a macro may be. `insert` puts a canned answer into the composer; sending it stays a press of its own. */
export const MacroAct = z.discriminatedUnion('kind', [
  Assign,
  Prioritise,
  PutLabel,
  TakeLabel,
  Note,
  z.object({ kind: z.literal('insert'), cannedId: z.uuid() }),
])
export type MacroAct = z.infer<typeof MacroAct>

/** What may be done to a case, alone or with others. */
export const CaseAct = z.discriminatedUnion('kind', [
  Assign,
  Prioritise,
  PutLabel,
  TakeLabel,
  Note,
  /** `until` null: until the author writes again. Its clock runs on and wakes it in time either way. */
  z.object({ kind: z.literal('snooze'), until: z.iso.datetime().nullable() }),
  z.object({ kind: z.literal('wake') }),
  z.object({ kind: z.literal('close'), reason: Reason }),
  /** To whoever fits in the community; to one member it goes by the route of its own (E3). */
  z.object({ kind: z.literal('hand-back'), guidance: z.string().trim().max(1_000).default('') }),
  z.object({ kind: z.literal('macro'), macroId: z.uuid() }),
])
export type CaseAct = z.infer<typeof CaseAct>

const Id = z.object({ id: z.uuid() })
const Acts = z.array(CaseAct).min(1).max(10)
/** The version of the case that was looked at; another one by now is a conflict, and nothing is done. */
const Version = z.number().int().min(0)
/** One of several cases; `acts` are its own, as what undoes a press differs from case to case. */
const Wanted = z.object({ id: z.uuid(), version: Version.optional(), acts: Acts.optional() })

export const BULK_MOST = 200

export const actsApi = {
  'POST /escalations/:id/acts': {
    summary: 'Do one thing or several to a case, all or none; somebody who changed it meanwhile is named',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ acts: Acts, version: Version.optional() }),
    reply: EscalationCase,
  },
  'POST /escalations/acts': {
    summary: 'Do the same to many cases; what became of each is told, and the same press twice is done once (E1)',
    access: ['staff', 'admin'],
    idempotent: true,
    body: z
      .object({
        cases: z.array(Wanted).min(1).max(BULK_MOST),
        /** What is done to each that names no acts of its own. */
        acts: z.array(CaseAct).max(10).default([]),
      })
      .refine(({ cases, acts }) => acts.length > 0 || cases.every((one) => one.acts), {
        path: ['acts'],
        message: 'Say what is to be done.',
      }),
    reply: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          /** Why nothing was done to it, in a sentence; null: it was done. */
          refusal: z.string().nullable(),
          /** As the case was left, for whoever undoes it; null: it was refused. */
          version: z.number().int().nullable(),
        }),
      ),
    }),
  },
  'POST /escalations/:id/merge': {
    summary: 'Merge this duplicate into another case: it closes, and its words and notes are shown there',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ into: z.uuid() }),
    reply: EscalationCase,
  },
  'POST /escalations/:id/separate': {
    summary: 'Undo a merge: the duplicate is a case of its own again, with the clock it had',
    access: ['staff', 'admin'],
    params: Id,
    reply: EscalationCase,
  },
  'GET /escalations/:id/duplicates': {
    summary: 'Open cases this one could be merged into: those of its author first, then near-duplicates, then others',
    access: ['staff', 'admin'],
    params: Id,
    query: z.object({ words: z.string().max(200).optional() }),
    reply: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          text: z.string(),
          author: z.object({ handle: z.string(), name: z.string().nullable() }),
          network: z.string(),
          openedAt: z.iso.datetime(),
          /** What they have in common. */
          shared: z.enum(['author', 'cluster']).nullable(),
        }),
      ),
    }),
  },
  'GET /colleagues': {
    summary: 'Staff and admins a case can be given to, and who can be named in a note',
    access: ['staff', 'admin'],
    reply: z.object({
      items: z.array(z.object({ userId: z.uuid(), name: z.string(), me: z.boolean(), cases: z.number().int() })),
    }),
  },
} as const satisfies Contract
