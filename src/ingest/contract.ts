import { z } from 'zod'
import type { Contract } from '../http/contract.ts'

export const SOURCE_STATES = ['on', 'paused', 'needs-authorisation'] as const

export const Source = z
  .object({
    id: z.uuid(),
    name: z.string(),
    network: z.string(),
    state: z.enum(SOURCE_STATES),
    listen: z.object({ handles: z.array(z.string()), words: z.array(z.string()), exclude: z.array(z.string()) }),
    lastPollAt: z.iso.datetime().nullable(),
    lastItemAt: z.iso.datetime().nullable(),
    nextPollAt: z.iso.datetime().nullable(),
    /** The last failure in words, and what to do; null while all is well. */
    trouble: z.string().nullable(),
    mentions24h: z.number().int(),
    /** Items not taken in the last 24 h, by reason (L6). */
    refused24h: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    gaps: z.number().int(),
    capabilities: z.array(z.object({ can: z.string(), yes: z.boolean(), note: z.string() })),
  })
  .meta({ id: 'Source' })
export type Source = z.infer<typeof Source>

export const ingestApi = {
  'GET /sources': {
    summary: 'The networks this brand listens to, and how each is doing',
    access: ['admin', 'staff'],
    reply: z.object({ items: z.array(Source) }),
  },
  'PATCH /sources/:id': {
    summary: 'Pause or resume a source, or change what it listens to',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({
      state: z.enum(['on', 'paused']).optional(),
      listen: z
        .object({
          handles: z.array(z.string().trim().min(1).max(100)).max(50),
          words: z.array(z.string().trim().min(2).max(100)).max(100),
          exclude: z.array(z.string().trim().min(2).max(100)).max(100),
        })
        .optional(),
    }),
    reply: Source,
  },
} as const satisfies Contract
