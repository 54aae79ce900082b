import { z } from 'zod'
import { type Contract, pageOf, paging } from '../http/contract.ts'

export const SCOPES = ['addressable', 'all', 'with-handle', 'without-handle'] as const

/** `answered / total` with its Wilson 95 % interval; null rate under 30 mentions: too few to say. */
export const Share = z.object({
  answered: z.number().int(),
  total: z.number().int(),
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Share = z.infer<typeof Share>

export const Report = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    asOf: z.iso.datetime(),
    scope: z.enum(SCOPES),
    /** The denominator in words. */
    definition: z.string(),
    response: Share,
    within2h: Share,
    firstResponse: z.object({
      medianMinutes: z.number().nullable(),
      p90Minutes: z.number().nullable(),
      count: z.number().int(),
    }),
    by: z.object({ community: z.number().int(), staff: z.number().int(), none: z.number().int() }),
    networks: z.array(z.object({ network: z.string(), share: Share, medianMinutes: z.number().nullable() })),
    /** IANA name: days are the brand’s own, whoever reads them. */
    timeZone: z.string(),
    /** Each step is `step` long; the first and the last may be partial. */
    series: z.array(
      z.object({
        at: z.iso.datetime(),
        total: z.number().int(),
        community: z.number().int(),
        staff: z.number().int(),
        partial: z.boolean(),
      }),
    ),
    step: z.enum(['hour', 'day']),
    notCounted: z.array(z.object({ what: z.string(), count: z.number().int() })),
    reference: z.object({ rate: z.number(), hours: z.number() }),
  })
  .meta({ id: 'Report' })
export type Report = z.infer<typeof Report>

const range = {
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  scope: z.enum(SCOPES).default('addressable'),
  network: z.string().optional(),
}

export const reportApi = {
  'GET /report': {
    summary: 'Response rate and time to first response, computed from the event log (T1)',
    access: ['reader', 'admin', 'staff'],
    query: z.object(range),
    reply: Report,
  },
  'GET /report/mentions': {
    summary: 'The mentions behind a figure, newest first',
    access: ['reader', 'admin', 'staff'],
    query: z.object({ ...paging, ...range, answeredBy: z.enum(['community', 'staff', 'none']).optional() }),
    reply: pageOf(
      z.object({
        mentionId: z.uuid(),
        network: z.string(),
        text: z.string(),
        authorHandle: z.string(),
        receivedAt: z.iso.datetime(),
        answeredBy: z.enum(['community', 'staff', 'none']),
        minutes: z.number().nullable(),
      }),
    ),
  },
} as const satisfies Contract
