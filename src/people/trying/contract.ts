import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

const Id = z.object({ id: z.uuid() })

export const tryingApi = {
  'POST /setup/invite/try': {
    summary: 'Make an invitation, open it as whoever has the link would, and undo both',
    access: ['admin'],
    reply: z.object({
      /** Where links of invitations lead. */
      origin: z.url(),
      /** They are mailed too, where an address is given. */
      mail: z.boolean(),
    }),
    perMinute: 30,
  },
  'POST /setup/mail/try': {
    summary: 'Send a mail to one’s own address',
    access: ['admin'],
    reply: z.object({ id: z.uuid(), to: z.string() }),
    status: 202,
    perMinute: 5,
  },
  'GET /setup/mail/:id': {
    summary: 'What became of a mail that was sent to try it',
    access: ['admin'],
    params: Id,
    reply: z.object({
      state: z.enum(['waiting', 'sending', 'sent', 'failed']),
      /** What the mail server said last, without addresses; null: nothing bad. */
      trouble: z.string().nullable(),
    }),
  },
} as const satisfies Contract
