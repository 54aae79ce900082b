import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'
import { NetworkInfo } from '../contract.ts'

const Hours = z.number().int().max(8_760).nullable().optional()

/** Null: as the network has it; absent: as it is. */
const Wanted = z.object({
  rewards: z.boolean().nullable().optional(),
  personSends: z.literal(true).nullable().optional(),
  deleteWithinHours: Hours.pipe(z.number().min(6).nullable().optional()),
  keepHours: Hours.pipe(z.number().min(24).nullable().optional()),
  /** An admin has read what the network says of rewards, and wants them all the same. */
  accepts: z.boolean().default(false),
})

export const termsApi = {
  'PATCH /networks/:network/terms': {
    summary:
      'What the brand asks of itself on a network beside what the network asks (P2). It counts for what is heard, sent and counted from now on',
    access: ['admin'],
    params: z.object({ network: z.string().max(50) }),
    body: Wanted,
    reply: NetworkInfo,
  },
} as const satisfies Contract
