import { z } from 'zod'
import { CAUSES, MOST_PER_DAY, MOST_POINTS } from '../../domain/points.ts'
import type { Contract } from '../../http/contract.ts'

const points = z.number().int().min(0).max(MOST_POINTS)

export const WeightsBody = z.object({
  accepted: points,
  /** Answers a member and day that earn for going out; null: all. */
  acceptedPerDay: z.number().int().min(1).max(MOST_PER_DAY).nullable(),
  thanked: points,
  reach: z.object({ scale: z.number().min(0).max(100), most: points }),
  complained: points,
})

export const PointRules = z
  .object({
    /** Of the rules as they stand: whoever changes them says from which they began. */
    version: z.string(),
    /** What entries of the ledger name it, such as `points-2`. */
    name: z.string(),
    weights: WeightsBody,
  })
  .meta({ id: 'PointRules' })
export type PointRules = z.infer<typeof PointRules>

const Sums = z.object({ before: z.number().int(), after: z.number().int() })

export const PointTrial = z
  .object({
    /** So many days back `month` looks. */
    days: z.number().int(),
    /** What those days brought by cause, and would have brought. */
    month: z.array(z.object({ cause: z.enum(CAUSES), deeds: z.number().int(), points: Sums })),
    /** If all that was ever earned were weighed anew: balances that change, and ranks won and lost. */
    anew: z.object({
      members: z.number().int(),
      points: Sums,
      won: z.number().int(),
      lost: z.number().int(),
      /** First whose rank changes, then whose points change most; a hundred at most. */
      moved: z.array(
        z.object({
          memberId: z.uuid(),
          name: z.string(),
          points: Sums,
          rank: z.object({ before: z.string(), after: z.string() }),
        }),
      ),
    }),
  })
  .meta({ id: 'PointTrial' })
export type PointTrial = z.infer<typeof PointTrial>

export const pointsApi = {
  'GET /points/rules': {
    summary: 'What answers earn at this brand (P2)',
    access: ['admin'],
    reply: PointRules,
  },
  'POST /points/trial': {
    summary: 'What other weights would have brought, and who would win or lose which rank; changes nothing (P7)',
    access: ['admin'],
    perMinute: 12,
    body: z.object({ weights: WeightsBody }),
    reply: PointTrial,
  },
  'PUT /points/rules': {
    summary: 'Give points by other weights from now on, or weigh anew what was earned before as well',
    access: ['admin'],
    body: z.object({ version: z.string(), weights: WeightsBody, anew: z.boolean() }),
    reply: PointRules,
  },
} as const satisfies Contract
