import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

/** Where work waits: not judged yet, for a free member, with a member, for a person to decide, with staff. */
export const STAGES = ['new', 'waiting', 'community', 'triage', 'staff'] as const
/** How long ago it came in: under half an hour, two hours, eight hours, a day, and more. */
export const AGES = ['30m', '2h', '8h', '1d', 'older'] as const

export const Now = z
  .object({
    at: z.iso.datetime(),
    backlog: z.array(z.object({ stage: z.enum(STAGES), age: z.enum(AGES), count: z.number().int() })),
    cases: z.object({
      open: z.number().int(),
      /** Their clock ran out since midnight in the brand's zone, before somebody answered. */
      breachedToday: z.number().int(),
      /** Open, and their clock runs out within an hour. */
      nextHour: z.number().int(),
      /** Open, and their clock has run out, whenever that was. */
      late: z.number().int(),
    }),
    members: z.object({
      /** Here within ten minutes. */
      online: z.number().int(),
      /** May be offered something now: not paused, with room left. */
      free: z.number().int(),
      all: z.number().int(),
    }),
    sources: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        network: z.string(),
        state: z.enum(['on', 'paused', 'needs-authorisation']),
        /** When all that it had was last read; null: never yet. */
        drainedAt: z.iso.datetime().nullable(),
        /** What went wrong last, in words; null: nothing. */
        trouble: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Now' })
export type Now = z.infer<typeof Now>

export const SETUP_STEPS = ['brand', 'sources', 'accounts', 'people', 'rules', 'notify'] as const

export const Setup = z
  .object({
    steps: z.array(
      z.object({
        step: z.enum(SETUP_STEPS),
        state: z.enum(['done', 'todo', 'trouble']),
        /** What is there, by name. */
        counts: z.record(z.string(), z.number().int()),
      }),
    ),
  })
  .meta({ id: 'Setup' })
export type Setup = z.infer<typeof Setup>

export const nowApi = {
  'GET /now': {
    summary: 'What waits, what is late, who is here, and how the sources are doing, at this moment',
    access: ['staff', 'admin'],
    reply: Now,
  },
  'GET /setup': {
    summary: 'What a brand still needs before it can work, each step by what is really there',
    access: ['admin'],
    reply: Setup,
  },
} as const satisfies Contract
