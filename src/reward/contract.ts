import { z } from 'zod'
import { type Contract, pageOf, paging } from '../http/contract.ts'

export const LedgerEntry = z
  .object({ id: z.uuid(), points: z.number().int(), cause: z.string(), reason: z.string(), at: z.iso.datetime() })
  .meta({ id: 'LedgerEntry' })
export type LedgerEntry = z.infer<typeof LedgerEntry>

export const Board = z
  .object({
    period: z.enum(['week', 'month', 'all']),
    from: z.iso.datetime().nullable(),
    rows: z.array(
      z.object({
        place: z.number().int(),
        name: z.string(),
        rank: z.string(),
        points: z.number().int(),
        replies: z.number().int(),
        thanked: z.number().int(),
        me: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Board' })
export type Board = z.infer<typeof Board>

export const rewardApi = {
  'GET /points': {
    summary: 'One’s own points, each with its reason (P1)',
    access: ['member'],
    query: z.object(paging),
    reply: pageOf(LedgerEntry),
  },
  'GET /board': {
    summary: 'The leaderboard of a period (P4)',
    access: ['member', 'staff', 'admin', 'reader'],
    query: z.object({ period: z.enum(['week', 'month', 'all']).default('week') }),
    reply: Board,
  },
} as const satisfies Contract
