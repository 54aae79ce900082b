import { z } from 'zod'
import { REPLY_PART_STATES, REPLY_STATES, THREADS } from '../domain/reply-state.ts'
import { VOICES } from '../domain/roles.ts'
import { ReplyPicture, TakeBack } from '../http/answering.ts'
import { type Contract, pageOf, paging } from '../http/contract.ts'

export const Reply = z
  .object({
    id: z.uuid(),
    mentionId: z.uuid(),
    state: z.enum(REPLY_STATES),
    voice: z.enum(VOICES),
    text: z.string(),
    /** That go with it, while they are kept: until a day after it was sent. */
    pictures: z.array(ReplyPicture),
    /** The posts it goes out as, in order, where it takes several; null: one. */
    posts: z
      .array(
        z.object({
          text: z.string(),
          state: z.enum(REPLY_PART_STATES),
          /** Why it does not stand. */
          note: z.string().nullable(),
          url: z.string().nullable(),
        }),
      )
      .nullable(),
    author: z.object({ kind: z.enum(['member', 'staff']), name: z.string() }),
    /** What it answers, masked like the feed. */
    mention: z.object({ text: z.string(), authorHandle: z.string(), network: z.string(), url: z.string().nullable() }),
    requestedAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    url: z.string().nullable(),
    /** The approver's edit keeps the first wording here. */
    editedFrom: z.string().nullable(),
    /** Why it was returned or failed, and what to do. */
    note: z.string().nullable(),
    /** What its post has to say of rewards and was found without, so that it earns nothing; null: it says so, or need not. */
    undisclosed: z.string().nullable(),
    outcome: z.enum(['thanked', 'complained']).nullable(),
    metrics: z.record(z.string(), z.number()),
    points: z.number().int(),
    /** So long its author can keep it from leaving, from when this was said; null: they cannot. */
    undoMs: z.number().int().nullable(),
    takeBack: TakeBack,
  })
  .meta({ id: 'Reply' })
export type Reply = z.infer<typeof Reply>

/** One thing that a check found in an answer, in a sentence for its author. */
export const Finding = z
  .object({
    about: z.enum(['banned-words', 'personal-data', 'risky-advice', 'repeated']),
    weight: z.enum(['refusal', 'approval', 'warning']),
    says: z.string(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>

const Id = z.object({ id: z.uuid() })

export const replyApi = {
  'POST /mentions/:id/replies': {
    summary:
      'Answer a mention one holds: stored first, sent once (F6). Repeating it with the same Idempotency-Key answers the same reply',
    access: ['member', 'staff'],
    params: Id,
    body: z.object({
      text: z.string().trim().min(1).max(10_000),
      voice: z.enum(VOICES),
      /** The preview its author saw; what would be posted is refused when it is not the same, byte for byte. */
      shown: z.string().max(11_000).optional(),
      /** Of one’s draft, in the order they are to stand. */
      pictures: z.array(z.uuid()).max(20).optional(),
      /** As several posts, plain or each saying which of how many it is, where it is longer than one and its network allows that (F2). */
      thread: z.enum(THREADS).optional(),
      /** The posts its author saw, compared like `shown`. */
      shownPosts: z.array(z.string().max(11_000)).min(1).max(30).optional(),
    }),
    reply: Reply,
    status: 201,
    idempotent: true,
  },
  'POST /mentions/:id/checks': {
    summary: 'What would be said of an answer before it is sent: refusals, what a reader sees first, warnings (F5)',
    access: ['member', 'staff'],
    params: Id,
    body: z.object({ text: z.string().trim().min(1).max(10_000) }),
    reply: z.object({ findings: z.array(Finding) }),
  },
  'POST /mentions/:id/posted': {
    summary:
      'Say that one has posted the answer oneself on the network, where no app may (F8): it is looked for, and counts once it is found',
    access: ['member', 'staff'],
    params: Id,
    body: z.object({ text: z.string().trim().min(1).max(10_000) }),
    reply: Reply,
    status: 201,
    idempotent: true,
  },
  'GET /replies': {
    summary: 'One’s own replies and what became of them, newest first',
    access: ['member', 'staff'],
    query: z.object(paging),
    reply: pageOf(Reply),
  },
  'GET /approvals': {
    summary:
      'Replies waiting for a reader, those whose sending stayed unclear, and those the network’s moderators hold; oldest first (F4, F6)',
    access: ['staff', 'admin'],
    query: z.object(paging),
    reply: pageOf(Reply),
  },
  'POST /replies/:id/approve': {
    summary: 'Let a waiting reply go out, edited if need be; nobody approves their own',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ text: z.string().trim().min(1).max(10_000).optional() }),
    reply: Reply,
  },
  'POST /replies/:id/return': {
    summary: 'Return a waiting reply to its author with a reason',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ reason: z.string().trim().min(3).max(500) }),
    reply: Reply,
  },
  'POST /replies/:id/undo': {
    summary:
      'Keep one’s own reply from leaving, while there is time: its mention is one’s own again. Asking again answers the same',
    access: ['member', 'staff'],
    params: Id,
    reply: z.object({
      reply: Reply,
      /** What its author wrote, to be a draft again. */
      words: z.string(),
    }),
  },
  'POST /replies/:id/take-back': {
    summary:
      'Delete an answer at its network: one’s own, or as staff anybody’s; its author reads the reason. Asking again while it lasts, or afterwards, answers the reply as it stands',
    access: ['staff', 'admin', 'member'],
    params: Id,
    body: z.object({ reason: z.string().trim().min(3).max(500) }),
    reply: Reply,
  },
  'POST /replies/:id/rest': {
    summary:
      'Send the rest of an answer of which only some posts stand: one’s own, or as staff anybody’s. Asking again while it leaves answers the reply as it stands',
    access: ['staff', 'admin', 'member'],
    params: Id,
    reply: Reply,
  },
  'POST /replies/:id/settle': {
    summary: 'A person says what became of a reply whose sending stayed unknown',
    access: ['staff', 'admin'],
    params: Id,
    body: z.object({ arrived: z.boolean() }),
    reply: Reply,
  },
} as const satisfies Contract
