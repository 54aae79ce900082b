import { z } from 'zod'
import type { RawMention } from '../connector.ts'

/** The page around the pins; each is read by itself, so that one bad one does not cost the page. */
export const Page = z.object({ items: z.array(z.unknown()), bookmark: z.string().nullish() })

export const Pin = z.object({
  id: z.string().regex(/^\d+$/),
  title: z.string().nullish(),
  description: z.string().nullish(),
  /** In UTC, told without saying so. */
  created_at: z.string().nullish(),
  /** Without `comment` where Pinterest counts none, as for pictures pinned before 20 March 2023. */
  pin_metrics: z
    .object({ lifetime_metrics: z.object({ comment: z.number().int().min(0).nullish() }).nullish() })
    .nullish(),
})
export type Pin = z.infer<typeof Pin>

export const commentsOf = ({ pin_metrics }: Pin): number | null => pin_metrics?.lifetime_metrics?.comment ?? null

/** Null when Pinterest did not tell it, or told it in a way that is no time. */
export function madeAt({ created_at: told }: Pin): Date | null {
  if (!told) return null
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(told) ? told : `${told}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}

/** How often the count of a pin went up: `from` was known, `to` stands now, after `falls` times it was seen falling. */
export type Rise = { pin: Pin; from: number; to: number; falls: number; at: Date }

/** The API names no comment and nobody who wrote one: a rise of a pin's count is all there is to tell. */
export function toRawMention({ pin, from, to, falls, at }: Rise): RawMention {
  const link = `https://www.pinterest.com/pin/${pin.id}/`
  const many = to - from
  const title = pin.title?.trim() || 'a pin without a title'
  return {
    // A count that fell and rises again tells of other comments than it did the first time.
    ref: {
      network: 'pinterest',
      instance: 'pinterest.com',
      id: [pin.id, to, ...(falls ? [falls] : [])].join(':'),
      url: link,
    },
    kind: 'item',
    author: { id: 'not-told', handle: 'pinterest' },
    text: `${many} new ${many === 1 ? 'comment' : 'comments'} on “${title}” (${to} now)`,
    language: 'en',
    createdAt: at,
    closed: { reason: 'unsupported', link },
  }
}
