import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'
import { SCOPES } from '../../http/scopes.ts'

export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** Its last letters. */
    ending: z.string(),
    scopes: z.array(z.string()),
    /** In whose name it asks. */
    by: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
    state: z.enum(['open', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>

export const keysApi = {
  'GET /api-keys': {
    summary: 'The brand’s API keys, the newest first, and what a key may be given (O1)',
    access: ['admin'],
    reply: z.object({ items: z.array(ApiKey), scopes: z.array(z.string()) }),
  },
  'POST /api-keys': {
    summary: 'Make a key in one’s own name; it is shown in this answer and never again',
    access: ['admin'],
    body: z.object({
      name: z.string().trim().min(1, 'A key needs a name.').max(80),
      scopes: z
        .array(z.enum(SCOPES as [string, ...string[]]))
        .min(1, 'Choose what it may do.')
        .max(50),
      /** Null: it does not end by itself. */
      days: z.number().int().min(1).max(730).nullable(),
    }),
    reply: z.object({ key: ApiKey, secret: z.string() }),
    status: 201,
    perMinute: 30,
  },
  'DELETE /api-keys/:id': {
    summary: 'Revoke a key; it opens nothing from then on',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    reply: ApiKey,
  },
} as const satisfies Contract
