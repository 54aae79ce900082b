import { z } from 'zod'
import { INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { PRIORITIES } from '../domain/roles.ts'
import { Answering } from '../http/answering.ts'
import { type Contract, pageOf, paging } from '../http/contract.ts'

export const ESCALATION_STATES = ['open', 'assigned', 'answered', 'handed-back', 'closed'] as const
export const ORIGINS = ['rule', 'member', 'clock', 'follow-up', 'person'] as const

export const Escalation = z
  .object({
    id: z.uuid(),
    mentionId: z.uuid(),
    state: z.enum(ESCALATION_STATES),
    team: z.string(),
    priority: z.enum(PRIORITIES),
    origin: z.enum(ORIGINS),
    reason: z.string(),
    /** The storm its mention is of, lasting or over; null: none. */
    stormId: z.uuid().nullable(),
    openedAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    assignee: z.object({ userId: z.string(), name: z.string(), me: z.boolean() }).nullable(),
    /** Staff see the text unmasked only by an audited act; here it is masked. */
    mention: z.object({
      text: z.string(),
      network: z.string(),
      url: z.string().nullable(),
      author: z.object({ handle: z.string(), name: z.string().nullable(), followers: z.number().int().nullable() }),
      postedAt: z.iso.datetime(),
      language: z.string(),
      sentiment: z.enum(SENTIMENTS),
      intent: z.enum(INTENTS),
      anger: z.number(),
      alike: z.number().int(),
      /** A person has said that it is something else than the model guessed. */
      corrected: z.boolean(),
    }),
  })
  .meta({ id: 'Escalation' })
export type Escalation = z.infer<typeof Escalation>

/** Words that moved a score and, where they stand in one place, where it is in the text as it was written (UTF-16 units). */
const Evidence = z.object({ head: z.string(), words: z.string(), push: z.number(), at: z.number().int().optional() })

export const EscalationCase = Escalation.extend({
  /** Why it is here: rule, its reason, and the words that pushed the scores. */
  why: z.object({
    rule: z.string().nullable(),
    reason: z.string(),
    evidence: z.array(Evidence),
  }),
  notes: z.array(z.object({ id: z.uuid(), author: z.string(), text: z.string(), at: z.iso.datetime() })),
  /** What has happened to the mention so far, oldest first. */
  history: z.array(z.object({ kind: z.string(), at: z.iso.datetime(), actor: z.string(), words: z.string() })),
  ...Answering,
  reply: z.object({ text: z.string(), state: z.string(), at: z.iso.datetime() }).nullable(),
}).meta({ id: 'EscalationCase' })
export type EscalationCase = z.infer<typeof EscalationCase>

const Id = z.object({ id: z.uuid() })

export const escalateApi = {
  'GET /escalations': {
    summary: 'The staff inbox, most urgent clock first',
    access: ['staff', 'admin'],
    query: z.object({
      ...paging,
      view: z.enum(['open', 'mine', 'unassigned', 'answered', 'all']).default('open'),
      team: z.string().optional(),
    }),
    reply: pageOf(Escalation),
  },
  'GET /escalations/:id': {
    summary: 'One case with notes and history',
    access: ['staff', 'admin'],
    params: Id,
    reply: EscalationCase,
  },
  'POST /escalations/:id/take': {
    summary: 'Take the case; whoever holds it already is named when it is lost',
    access: ['staff', 'admin'],
    params: Id,
    reply: EscalationCase,
  },
  'POST /escalations/:id/notes': {
    summary: 'Add a private note',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ text: z.string().trim().min(1).max(5_000) }),
    reply: EscalationCase,
    status: 201,
  },
  'POST /escalations/:id/hand-back': {
    summary: 'Hand the mention back to the community, to one member or to whoever fits, with guidance (E3)',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ memberId: z.uuid().nullable().default(null), guidance: z.string().trim().max(1_000).default('') }),
    reply: EscalationCase,
  },
  'POST /escalations/:id/close': {
    summary: 'Close without an answer, saying why',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ reason: z.string().trim().min(3).max(500) }),
    reply: EscalationCase,
  },
  'POST /mentions/:id/escalate': {
    summary: 'A member sends a mention they were offered to staff (E2)',
    access: ['member'],
    params: Id,
    body: z.object({ reason: z.string().trim().min(3).max(500) }),
    reply: z.object({ escalationId: z.uuid() }),
    status: 201,
  },
  'GET /helpers': {
    summary: 'Members a case can be handed back to',
    access: ['staff', 'admin'],
    reply: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          languages: z.array(z.string()),
          skills: z.array(z.string()),
          free: z.number().int(),
        }),
      ),
    }),
  },
} as const satisfies Contract
