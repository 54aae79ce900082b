import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'
import { pageOf, paging } from '../../http/contract.ts'

/** A private talk between one member and staff about one mention (E4); never part of an answer. */
export const ExpertThread = z
  .object({
    id: z.uuid(),
    mentionId: z.uuid(),
    member: z.string(),
    /** The last word is the member's. */
    waiting: z.boolean(),
    messages: z.array(
      z.object({ id: z.uuid(), author: z.string(), fromStaff: z.boolean(), text: z.string(), at: z.iso.datetime() }),
    ),
  })
  .meta({ id: 'ExpertThread' })
export type ExpertThread = z.infer<typeof ExpertThread>

/** The same with the post it is about, for staff; personal data masked. */
export const Question = ExpertThread.extend({
  mention: z.object({
    text: z.string(),
    network: z.string(),
    url: z.string().nullable(),
    author: z.object({ handle: z.string(), name: z.string().nullable(), followers: z.number().int().nullable() }),
    postedAt: z.iso.datetime(),
  }),
  /** Until when the member holds the post; null: they do not any more. */
  until: z.iso.datetime().nullable(),
}).meta({ id: 'Question' })
export type Question = z.infer<typeof Question>

const Id = z.object({ id: z.uuid() })
const Words = z.object({ text: z.string().trim().min(1).max(2_000) })

export const expertsApi = {
  'GET /mentions/:id/question': {
    summary:
      'What the member asked the experts about a mention they were offered, and what was answered; null: nothing yet',
    access: ['member'],
    params: Id,
    reply: z.object({ thread: ExpertThread.nullable() }),
  },
  'POST /mentions/:id/question': {
    summary: 'Ask the experts about a mention one holds, or ask on; the first question begins the lease anew (E4)',
    access: ['member'],
    idempotent: true,
    params: Id,
    body: Words,
    reply: z.object({ thread: ExpertThread }),
    status: 201,
  },
  'GET /questions': {
    summary: 'Members’ questions: those that wait, the longest waiting first, or all, the latest first',
    access: ['staff', 'admin'],
    query: z.object({ ...paging, view: z.enum(['waiting', 'all']).default('waiting') }),
    reply: pageOf(Question),
  },
  'POST /questions/:id/answer': {
    summary: 'Answer a member’s question; whoever still holds the post has a whole lease again (E4)',
    access: ['staff', 'admin'],
    idempotent: true,
    params: Id,
    body: Words,
    reply: Question,
    status: 201,
  },
} as const satisfies Contract
