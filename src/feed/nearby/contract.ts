import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'
import { DOINGS } from '../../live/contract.ts'

/** Another member who has a post of one's feed open. */
export const Nearby = z
  .object({
    /** One's own offer of that post. */
    offerId: z.uuid(),
    memberId: z.uuid(),
    /** As on the boards; null: they stand on none, and are not named here either. */
    name: z.string().nullable(),
    doing: z.enum(DOINGS),
  })
  .meta({ id: 'Nearby' })
export type Nearby = z.infer<typeof Nearby>

export const nearbyApi = {
  'POST /offers/:id/presence': {
    summary:
      'Say that one has a post open; said again every ten seconds, and forgotten half a minute after the last (F1)',
    access: ['member'],
    params: z.object({ id: z.uuid() }),
    body: z.object({
      doing: z.enum([...DOINGS, 'left']),
      /** Which of one's windows says so: any word of its own, made when its page was loaded. */
      window: z.string().min(1).max(64),
    }),
    reply: z.undefined(),
    status: 204,
  },
  'GET /feed/presence': {
    summary: 'Which other members have posts open that one is offered oneself (F1)',
    access: ['member'],
    reply: z.object({ items: z.array(Nearby) }),
  },
} as const satisfies Contract
