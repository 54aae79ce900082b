import { z } from 'zod'
import { INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { DESTINATIONS } from '../domain/roles.ts'
import { type Contract, pageOf, paging } from '../http/contract.ts'

export const PolicyVersion = z
  .object({
    version: z.number().int(),
    name: z.string(),
    author: z.string(),
    note: z.string(),
    savedAt: z.iso.datetime(),
    published: z.boolean(),
  })
  .meta({ id: 'PolicyVersion' })

export const PolicyPage = z
  .object({
    /** The policy in force, as the admin wrote it. */
    text: z.string(),
    version: z.number().int(),
    rules: z.array(z.object({ name: z.string(), when: z.string(), then: z.string(), hits7d: z.number().int() })),
    versions: z.array(PolicyVersion),
  })
  .meta({ id: 'PolicyPage' })
export type PolicyPage = z.infer<typeof PolicyPage>

/** Words that moved a score and, where they stand in one place, where it is in the text as it was written (UTF-16 units). */
const Evidence = z.object({ head: z.string(), words: z.string(), push: z.number(), at: z.number().int().optional() })

/** A mention no rule could decide, for a person to send on. */
export const TriageItem = z
  .object({
    mentionId: z.uuid(),
    text: z.string(),
    network: z.string(),
    authorHandle: z.string(),
    language: z.string(),
    sentiment: z.enum(SENTIMENTS),
    intent: z.enum(INTENTS),
    /** A person has said that it is something else than the model guessed. */
    corrected: z.boolean(),
    evidence: z.array(Evidence),
    reason: z.string(),
    postedAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
  })
  .meta({ id: 'TriageItem' })
export type TriageItem = z.infer<typeof TriageItem>

export const Why = z
  .object({
    decisions: z.array(
      z.object({
        at: z.iso.datetime(),
        by: z.string(),
        policyVersion: z.number().int().nullable(),
        destination: z.enum(DESTINATIONS),
        rule: z.string().nullable(),
        reason: z.string(),
        candidates: z.array(z.object({ member: z.string(), score: z.number(), why: z.string() })),
      }),
    ),
    evidence: z.array(Evidence),
  })
  .meta({ id: 'Why' })

export const decideApi = {
  'GET /policy': {
    summary: 'The policy in force, its rules in words and its versions',
    access: ['admin', 'staff'],
    reply: PolicyPage,
  },
  'POST /policy/check': {
    summary: 'Check a policy text without saving it; faults name their place (R3)',
    access: ['admin'],
    body: z.object({ text: z.string().max(200_000) }),
    reply: z.object({ ok: z.boolean(), faults: z.array(z.object({ at: z.string(), says: z.string() })) }),
  },
  'POST /policy': {
    summary: 'Save a new version and put it in force',
    access: ['admin'],
    body: z.object({
      text: z.string().max(200_000),
      note: z.string().trim().min(1).max(500),
      /** The version the editor began from; another one in force by now is a conflict. */
      basedOn: z.number().int(),
    }),
    reply: PolicyPage,
    status: 201,
  },
  'POST /policy/:version/publish': {
    summary: 'Put an earlier version back in force',
    access: ['admin'],
    params: z.object({ version: z.coerce.number().int() }),
    reply: PolicyPage,
  },
  'GET /triage': {
    summary: 'Mentions waiting for a person to decide, most urgent first',
    access: ['staff', 'admin'],
    query: z.object(paging),
    reply: pageOf(TriageItem),
  },
  'POST /triage/:mentionId': {
    summary: 'Decide a waiting mention by hand',
    access: ['staff', 'admin'],
    params: z.object({ mentionId: z.uuid() }),
    body: z.object({
      destination: z.enum(['community', 'escalation', 'ignore']),
      team: z.string().max(80).optional(),
      reason: z.string().trim().min(3).max(500),
    }),
    reply: z.object({ mentionId: z.uuid(), state: z.string() }),
  },
  'GET /mentions/:id/why': {
    summary: 'Why a mention went where it went (R7)',
    access: ['member', 'staff', 'admin'],
    params: z.object({ id: z.uuid() }),
    reply: Why,
  },
} as const satisfies Contract
