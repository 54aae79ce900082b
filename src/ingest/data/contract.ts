import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

const Who = z.object({ network: z.string().min(1).max(50), handle: z.string().trim().min(1).max(320) })
/** One account at a network; a handle alone may be several people's. */
const Account = z.object({ instance: z.string().max(500), authorId: z.string().min(1).max(500) })
const Accounts = z.array(Account).min(1).max(50)

/** Who wrote under a handle, as far as their posts here tell. */
export const AuthorAccount = Account.extend({
  names: z.array(z.string()),
  posts: z.number().int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
}).meta({ id: 'AuthorAccount' })
export type AuthorAccount = z.infer<typeof AuthorAccount>

/** What of an author lies here, in rows. */
export const AuthorRows = z
  .object({
    mentions: z.number().int(),
    /** Of these, those that wait for an answer; they are withdrawn. */
    open: z.number().int(),
    cases: z.number().int(),
    notes: z.number().int(),
    replies: z.number().int(),
    corrections: z.number().int(),
    avoided: z.number().int(),
    lists: z.number().int(),
    invitations: z.number().int(),
  })
  .meta({ id: 'AuthorRows' })
export type AuthorRows = z.infer<typeof AuthorRows>

export const Erasure = z
  .object({
    id: z.uuid(),
    state: z.enum(['running', 'done', 'failed']),
    mentions: z.number().int(),
    /** Why it stopped; null: it did not. */
    trouble: z.string().nullable(),
    by: z.string(),
    askedAt: z.iso.datetime(),
    doneAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Erasure' })
export type Erasure = z.infer<typeof Erasure>

export const EXPORTS = ['mentions', 'replies', 'ledger'] as const

export const dataApi = {
  'GET /data/export': {
    summary: 'What this brand holds, a JSON object a line (O6); written to the audit log',
    access: ['admin'],
    query: z.object({ what: z.enum(EXPORTS) }),
    reply: z.string(),
    perMinute: 12,
  },
  'POST /data/author': {
    summary: 'Which accounts wrote under a handle, and what of those named lies here (of all, where none is named)',
    access: ['admin'],
    body: Who.extend({ accounts: Accounts.optional() }),
    reply: z.object({ accounts: z.array(AuthorAccount), rows: AuthorRows }),
  },
  'GET /data/erasures': {
    summary: 'Authors who were erased or are being erased, without saying who, the latest first',
    access: ['admin'],
    reply: z.object({ items: z.array(Erasure) }),
  },
  'POST /data/erasures': {
    summary:
      'Erase the author behind the accounts named: words, names and handles go, rows and figures stay (O6). This cannot be undone',
    access: ['admin'],
    /** `typed`: the handle once more, as whoever presses typed it. */
    body: Who.extend({ accounts: Accounts, typed: z.string().trim().max(320) }),
    reply: Erasure,
    status: 202,
    idempotent: true,
    perMinute: 30,
  },
  'POST /data/erasures/:id/again': {
    summary: 'Go on with an erasure that failed',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    reply: Erasure,
  },
} as const satisfies Contract
