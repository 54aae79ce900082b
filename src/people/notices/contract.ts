import { z } from 'zod'
import { DIGESTS, NOTICE_KINDS, NOTICE_WAYS, type NoticeKind } from '../../domain/notices.ts'
import { ROLES } from '../../domain/roles.ts'
import { type Contract, pageOf, paging } from '../../http/contract.ts'

const kind = z.enum(NOTICE_KINDS as [NoticeKind, ...NoticeKind[]])

export const Notice = z
  .object({
    /** Stable: the same thing is never two notices. */
    id: z.string(),
    kind,
    at: z.iso.datetime(),
    seen: z.boolean(),
    mentionId: z.string().nullable(),
    caseId: z.string().nullable(),
    /** Whose post it is about, and where; null once the post is gone. */
    author: z.string().nullable(),
    network: z.string().nullable(),
    /** Who did it; null: nobody, or the machine. */
    actor: z.string().nullable(),
    /** What there is to say beside the kind: a reason, a rank, a source; a badge, with `:` and its skill where it has one; a report of the lounge or what became of it, after its thread and `:`; why a correction was declined, after its answer and `:`. */
    detail: z.string().nullable(),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof Notice>

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const wishes = {
  /** One way for each kind that concerns the person; others stay as they are. */
  ways: z.partialRecord(kind, z.enum(NOTICE_WAYS)),
  digest: z.enum(DIGESTS),
  dailyAt: time,
  timeZone: z.string().max(64),
  quiet: z.object({ from: time, to: time }).nullable(),
  /** The version the change began from; another one by now is a conflict. */
  version: z.number().int(),
}

export const NoticeSettings = z
  .object({
    ...wishes,
    /** This installation has a mail server. */
    mail: z.boolean(),
    /** Where mails go, and whether they are known to arrive there: to others none are sent. */
    email: z.string(),
    emailConfirmed: z.boolean(),
  })
  .meta({ id: 'NoticeSettings' })
export type NoticeSettings = z.infer<typeof NoticeSettings>

export const noticesApi = {
  'GET /notices': {
    summary: 'What concerns me, newest first; thirty days of it (E5)',
    access: ROLES,
    query: z.object(paging),
    reply: pageOf(Notice),
  },
  'GET /notices/count': {
    summary: 'How many of them I have not seen',
    access: ROLES,
    reply: z.object({
      /** A hundred stands for more. */
      unseen: z.number().int(),
    }),
  },
  'POST /notices/seen': {
    summary: 'I have seen everything up to then',
    access: ROLES,
    body: z.object({ until: z.iso.datetime() }),
    reply: z.object({ seenUntil: z.iso.datetime() }),
  },
  'GET /notices/settings': {
    summary: 'Which of them I want, and which by mail',
    access: ROLES,
    reply: NoticeSettings,
  },
  'PUT /notices/settings': {
    summary: 'Choose which I want, which by mail, and when mails may come',
    access: ROLES,
    body: z.object(wishes),
    reply: NoticeSettings,
  },
} as const satisfies Contract
