import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'

export const Translation = z
  .object({
    text: z.string(),
    /** What the server took the post to be written in; null: it does not say. */
    from: z.string().nullable(),
    to: z.string(),
  })
  .meta({ id: 'Translation' })
export type Translation = z.infer<typeof Translation>

export const translateApi = {
  'GET /translation': {
    summary: 'Whether this installation has a translation server of its own',
    access: ['member', 'staff', 'admin'],
    reply: z.object({ server: z.boolean() }),
  },
  'POST /mentions/:id/translation': {
    summary:
      'A post in another language, by the translation server of the operator; masked before it is asked (F1, U7)',
    access: ['member', 'staff', 'admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({ to: z.string().regex(/^[a-z]{2,3}$/, 'a language such as en') }),
    reply: Translation,
    perMinute: 60,
  },
} as const satisfies Contract
