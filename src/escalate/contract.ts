import { z } from 'zod'
import { INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { PRIORITIES } from '../domain/roles.ts'
import { Answering, TakeBack } from '../http/answering.ts'
import { type Contract, Counted, pageOf, paging } from '../http/contract.ts'
import { ExpertThread } from './experts/contract.ts'

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
    /** Raised by each change; whoever changes the case names the one they saw. */
    version: z.number().int(),
    labels: z.array(z.object({ id: z.uuid(), name: z.string(), colour: z.string() })),
    /** Out of the open views until then, at the latest; `asked` null: or until the author writes again. Null: awake. */
    asleep: z.object({ until: z.iso.datetime(), asked: z.iso.datetime().nullable(), by: z.string() }).nullable(),
    /** The case this duplicate was merged into. */
    mergedInto: z.uuid().nullable(),
    /** Staff see the text unmasked only by an audited act; here it is masked. */
    mention: z.object({
      text: z.string(),
      /** Its end was too long to keep and is read on the network. */
      shortened: z.boolean(),
      /** Until when its network lets its words be kept here; null: as long as it stands, or they are gone. */
      keptUntil: z.iso.datetime().nullable(),
      network: z.string(),
      url: z.string().nullable(),
      author: z.object({ handle: z.string(), name: z.string().nullable(), followers: z.number().int().nullable() }),
      postedAt: z.iso.datetime(),
      language: z.string(),
      sentiment: z.enum(SENTIMENTS),
      intent: z.enum(INTENTS),
      anger: z.number(),
      /** Taken for abuse: blurred until its reader wants to see it (P8). */
      abusive: z.boolean(),
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
  /** Those of duplicates merged into it among them; `named` are the colleagues they name with an @. */
  notes: z.array(
    z.object({ id: z.uuid(), author: z.string(), text: z.string(), named: z.array(z.string()), at: z.iso.datetime() }),
  ),
  /** Duplicates that were merged into it. */
  merged: z.array(
    z.object({
      id: z.uuid(),
      text: z.string(),
      network: z.string(),
      url: z.string().nullable(),
      author: z.object({ handle: z.string(), name: z.string().nullable(), followers: z.number().int().nullable() }),
      postedAt: z.iso.datetime(),
    }),
  ),
  /** What members asked the experts about its mention (E4). */
  questions: z.array(ExpertThread),
  /** What has happened to the mention so far, oldest first. */
  history: z.array(
    z.object({
      kind: z.string(),
      at: z.iso.datetime(),
      actor: z.string(),
      words: z.string(),
      /** The author of the merged duplicate it happened to; null: to this mention itself. */
      of: z.string().nullable(),
    }),
  ),
  ...Answering,
  /** The latest answer to it. */
  reply: z
    .object({ id: z.uuid(), text: z.string(), state: z.string(), at: z.iso.datetime(), takeBack: TakeBack })
    .nullable(),
}).meta({ id: 'EscalationCase' })
export type EscalationCase = z.infer<typeof EscalationCase>

const Id = z.object({ id: z.uuid() })
const which = {
  view: z.enum(['open', 'mine', 'unassigned', 'asleep', 'answered', 'all']).default('open'),
  team: z.string().optional(),
  label: z.uuid().optional(),
}

export const escalateApi = {
  'GET /escalations': {
    summary: 'The staff inbox, most urgent clock first',
    access: ['staff', 'admin'],
    query: z.object({ ...paging, ...which }),
    reply: pageOf(Escalation),
  },
  'GET /escalations/count': {
    summary: 'How many cases a view of the inbox holds, for the saved ones (E1)',
    access: ['staff', 'admin'],
    query: z.object(which),
    reply: Counted,
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
    summary: 'Add a private note; the colleagues it names with an @ hear of it',
    access: ['staff', 'admin'],
    idempotent: true,
    params: Id,
    body: z.object({
      text: z.string().trim().min(1).max(5_000),
      /** Ids of the users it names. */
      mentions: z.array(z.uuid()).max(20).default([]),
    }),
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
