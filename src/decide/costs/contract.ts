import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

const Cost = z.number().min(0.01).max(1_000_000)
const Costs = z.object({ angryToFan: Cost, easyToStaff: Cost, humanTriage: Cost })
const Thresholds = z.object({ community: z.number(), staff: z.number() })

export const CostPage = z
  .object({
    /** Those in force; null: none are, and the rules alone decide. */
    inForce: Costs.extend({ at: z.iso.datetime() }).nullable(),
    /** Those the rest of the page is reckoned with: what was asked for, else those in force, else a proposal. */
    costs: Costs,
    /** For languages nobody has written in yet. */
    otherwise: Thresholds,
    days: z.number().int(),
    languages: z.array(
      z.object({
        /** Primary tag; `und` where nobody could say. */
        language: z.string(),
        /** Posts of these days that the rules left to the community. */
        posts: z.number().int(),
        /** Posts whose way people judged, and how far off the language's anger is by that, in log odds. */
        judged: z.number().int(),
        shift: z.number(),
        thresholds: Thresholds,
        inForce: Thresholds.nullable(),
        /** Where the posts would have gone by `thresholds`. */
        sent: z.object({ community: z.number().int(), triage: z.number().int(), staff: z.number().int() }),
        /** Expected cost of 1,000 posts: by these thresholds, as things are now, and for staff from each hundredth on. */
        cost: z.number(),
        costNow: z.number(),
        curve: z.array(z.object({ staff: z.number(), cost: z.number() })),
      }),
    ),
  })
  .meta({ id: 'CostPage' })
export type CostPage = z.infer<typeof CostPage>

const Asked = z.coerce.number().min(0.01).max(1_000_000).optional()

export const costApi = {
  'GET /costs': {
    summary: 'What mistakes cost, and the thresholds by language that follow, for these costs or those in force (R6)',
    access: ['admin', 'staff'],
    query: z.object({ angryToFan: Asked, easyToStaff: Asked, humanTriage: Asked }),
    reply: CostPage,
  },
  'PUT /costs': {
    summary: 'Set what mistakes cost; the thresholds of each language follow, and count from the next page on',
    access: ['admin'],
    body: Costs,
    reply: CostPage,
  },
  'DELETE /costs': { summary: 'Set no costs: the rules alone decide', access: ['admin'], reply: CostPage },
} as const satisfies Contract
