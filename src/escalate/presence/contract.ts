import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'
import { DOINGS } from '../../live/contract.ts'

export const presenceApi = {
  'POST /escalations/:id/presence': {
    summary: 'Say that one is at a case; said again every ten seconds, and forgotten half a minute after the last (E1)',
    access: ['staff', 'admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({
      doing: z.enum([...DOINGS, 'left']),
      /** Which of one's windows says so: any word of its own, made when its page was loaded. */
      window: z.string().min(1).max(64),
    }),
    reply: z.undefined(),
    status: 204,
  },
  'GET /presence': {
    summary: 'Which colleagues are at which case now; oneself is left out',
    access: ['staff', 'admin'],
    reply: z.object({
      items: z.array(z.object({ caseId: z.uuid(), userId: z.uuid(), name: z.string(), doing: z.enum(DOINGS) })),
    }),
  },
} as const satisfies Contract
