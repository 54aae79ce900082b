import { z } from 'zod'
import { type Contract, pageOf, paging } from '../http/contract.ts'

export const LONGEST_TITLE = 120
export const LONGEST_MESSAGE = 2_000

export const LoungeThread = z
  .object({
    id: z.uuid(),
    /** Null: staff took it away together with the first message. */
    title: z.string().nullable(),
    author: z.string(),
    /** Of its messages, those taken away too. */
    count: z.number().int(),
    /** Why staff closed it; null: it is open. */
    closed: z.string().nullable(),
    /** Of the last message. */
    lastAt: z.iso.datetime(),
  })
  .meta({ id: 'LoungeThread' })
export type LoungeThread = z.infer<typeof LoungeThread>

export const LoungeMessage = z
  .object({
    id: z.uuid(),
    author: z.string(),
    fromStaff: z.boolean(),
    /** The reader wrote it. */
    mine: z.boolean(),
    /** Null: staff took it away. */
    text: z.string().nullable(),
    /** Why they did. */
    removed: z.string().nullable(),
    /** What was first said against it; to staff only. */
    reported: z.string().nullable(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'LoungeMessage' })
export type LoungeMessage = z.infer<typeof LoungeMessage>

const Id = z.object({ id: z.uuid() })
const text = z.string().trim().min(1).max(LONGEST_MESSAGE)
const Reason = z.object({ reason: z.string().trim().min(3).max(500) })
const GUESTS = ['staff', 'admin', 'member'] as const

/** For staff, and for members whose rank opens the lounge (P3); to other members each of these is forbidden. */
export const loungeApi = {
  'GET /lounge': {
    summary: 'The threads of the lounge, those with the newest message first (P3)',
    access: GUESTS,
    query: z.object(paging),
    reply: pageOf(LoungeThread),
  },
  'POST /lounge': {
    summary: 'Begin a thread with its first message',
    access: GUESTS,
    idempotent: true,
    body: z.object({ title: z.string().trim().min(1).max(LONGEST_TITLE), text }),
    reply: LoungeThread,
    status: 201,
  },
  'GET /lounge/:id': {
    summary: 'One thread',
    access: GUESTS,
    params: Id,
    reply: LoungeThread,
  },
  'GET /lounge/:id/messages': {
    summary: 'What was said in a thread: a page of the newest first, and further back from there',
    access: GUESTS,
    params: Id,
    query: z.object(paging),
    reply: pageOf(LoungeMessage),
  },
  'POST /lounge/:id/messages': {
    summary: 'Say something in a thread that is open',
    access: GUESTS,
    idempotent: true,
    params: Id,
    body: z.object({ text }),
    reply: LoungeMessage,
    status: 201,
  },
  'POST /lounge/:id/close': {
    summary: 'Close a thread with a reason that everybody there reads; it can still be read',
    access: ['staff', 'admin'],
    params: Id,
    body: Reason,
    reply: LoungeThread,
  },
  'POST /lounge-messages/:id/remove': {
    summary: 'Take a message away with a reason that everybody there reads; the words of it are not kept',
    access: ['staff', 'admin'],
    params: Id,
    body: Reason,
    reply: LoungeMessage,
  },
  'POST /lounge-messages/:id/dismiss': {
    summary: 'Dismiss what was reported of a message, which stays; whoever reported it is told why',
    access: ['staff', 'admin'],
    params: Id,
    body: Reason,
    reply: LoungeMessage,
  },
  'POST /lounge-messages/:id/report': {
    summary: 'Report a message to staff; the first report tells them',
    access: GUESTS,
    params: Id,
    body: Reason,
    reply: z.undefined(),
    status: 204,
  },
} as const satisfies Contract
