import { z } from 'zod'
import { MENTION_STATES } from '../domain/way.ts'
import { type Contract, pageOf, paging } from '../http/contract.ts'
import { STORM_KINDS } from './topics.ts'

export const Storm = z
  .object({
    id: z.uuid(),
    kind: z.enum(STORM_KINDS),
    /** What it is about, in words: a skill, or the first post that everybody passes on (masked, U7). */
    about: z.string(),
    /** Posts in the ten minutes that began it, how many are usual then, and the chance of so many. */
    seen: z.number().int(),
    usual: z.number(),
    chance: z.number(),
    beganAt: z.iso.datetime(),
    /** Null while it lasts. */
    endedAt: z.iso.datetime().nullable(),
    /** Who ended it; null: it ended by itself, or lasts. */
    endedBy: z.string().nullable(),
    /** Since when it has been calm: half an hour of that ends it. */
    calmSince: z.iso.datetime().nullable(),
    posts: z.number().int(),
    /** Kept from members, and not yet with staff. */
    held: z.number().int(),
    withStaff: z.number().int(),
    answered: z.number().int(),
  })
  .meta({ id: 'Storm' })
export type Storm = z.infer<typeof Storm>

export const StormPost = z
  .object({
    mentionId: z.uuid(),
    text: z.string(),
    network: z.string(),
    url: z.string().nullable(),
    author: z.object({ handle: z.string(), name: z.string().nullable(), followers: z.number().int().nullable() }),
    postedAt: z.iso.datetime(),
    state: z.enum(MENTION_STATES),
    /** Its case with staff, when it has one. */
    caseId: z.uuid().nullable(),
  })
  .meta({ id: 'StormPost' })
export type StormPost = z.infer<typeof StormPost>

const Id = z.object({ id: z.uuid() })

export const stormApi = {
  'GET /storms': {
    summary: 'Storms that last, and for staff the newest fifty that are over (R8)',
    access: ['member', 'staff', 'admin'],
    reply: z.object({ items: z.array(Storm) }),
  },
  'GET /storms/:id': {
    summary: 'One storm, with how many posts of its topic came when',
    access: ['staff', 'admin'],
    params: Id,
    reply: Storm.extend({
      /** Posts in each five minutes from an hour before it began; kept for a day. */
      series: z.array(z.object({ at: z.iso.datetime(), posts: z.number().int() })),
    }),
  },
  'GET /storms/:id/posts': {
    summary: 'The posts of a storm, newest first',
    access: ['staff', 'admin'],
    params: Id,
    query: z.object(paging),
    reply: pageOf(StormPost),
  },
  'POST /storms/:id/end': {
    summary: 'End a storm: what it held back goes to members, and it does not begin again for two hours',
    access: ['staff', 'admin'],
    params: Id,
    reply: Storm,
  },
} as const satisfies Contract
