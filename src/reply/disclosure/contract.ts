import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

/** Nothing that breaks a line or turns its direction: it stands behind other people's words. */
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\u{202a}-\u{202e}\u{2066}-\u{2069}]*$/u

const Text = z.object({
  network: z.string().max(20).nullable(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as “de” or “pt-BR”')
    .nullable(),
  text: z.string().trim().min(1, 'must not be empty').max(100).regex(ONE_LINE, 'must be one line of plain text'),
})

export const DisclosurePage = z
  .object({
    items: z.array(Text),
    /** Where helpers post as themselves through us. */
    networks: z.array(
      z.object({
        network: z.string(),
        label: z.string(),
        maxLength: z.number().int(),
        lengthUnit: z.enum(['graphemes', 'characters', 'weighted']),
      }),
    ),
  })
  .meta({ id: 'DisclosurePage' })
export type DisclosurePage = z.infer<typeof DisclosurePage>

export const disclosureApi = {
  'GET /disclosures': {
    summary: 'What posts of rewarded helpers say of that, by network and language (F3)',
    access: ['admin', 'staff'],
    reply: DisclosurePage,
  },
  'PUT /disclosures': {
    summary: 'Set all of it at once; it counts for every answer written from now on. None: nothing is added',
    access: ['admin'],
    body: z.object({ items: z.array(Text).max(100) }),
    reply: DisclosurePage,
  },
} as const satisfies Contract
