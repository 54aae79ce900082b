import { z } from 'zod'
import { WEBHOOK_KINDS, WEBHOOK_REASONS, WEBHOOK_TROUBLES, WEBHOOK_TYPES } from '../../domain/webhooks.ts'
import { type Contract, pageOf, paging } from '../../http/contract.ts'

export const Webhook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(WEBHOOK_KINDS),
    types: z.array(z.string()),
    /** As far as it is shown, its host and at most four characters: what stands behind it may be a secret. */
    address: z.string(),
    /** `off`: by an admin; `disabled`: by the machine, for the reason beside it. */
    state: z.enum(['on', 'off', 'disabled']),
    reason: z.enum(WEBHOOK_REASONS).nullable(),
    /** Since when nothing arrives there; null: the last one did, or there was none. */
    failingSince: z.iso.datetime().nullable(),
    /** Until when the secret before this one signs too. */
    oldSecretUntil: z.iso.datetime().nullable(),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof Webhook>

export const WebhookDelivery = z
  .object({
    /** Also the `webhook-id` its receiver sees. */
    id: z.uuid(),
    type: z.string(),
    state: z.enum(['waiting', 'sending', 'sent', 'failed']),
    attempts: z.number().int(),
    at: z.iso.datetime(),
    /** When it is tried next; null: it is not. */
    nextAt: z.iso.datetime().nullable(),
    sentAt: z.iso.datetime().nullable(),
    /** Of the last answer; null: there was none. */
    status: z.number().int().nullable(),
    /** The first 500 characters of the last answer, or the word for what went wrong; null: there is neither. */
    answer: z.string().nullable(),
    /** Why no answer came; null: one did, or it was not tried yet. */
    trouble: z.enum(WEBHOOK_TROUBLES).nullable(),
    /** The body as it would be sent now, in JSON: words that were forgotten since are in none. Null: nothing is known of it any more. */
    payload: z.string().nullable(),
  })
  .meta({ id: 'WebhookDelivery' })
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

const Id = z.object({ id: z.uuid() })
const name = z.string().trim().min(1, 'A webhook needs a name.').max(80)
const url = z.url({ protocol: /^https?$/, error: 'An address begins with https:// or http://.' }).max(2_000)
const types = z.array(z.enum(WEBHOOK_TYPES)).min(1, 'Choose what it is told of.').max(WEBHOOK_TYPES.length)
/** The version the change began from; another one by now is a conflict. */
const version = z.number().int()
const withSecret = z.object({
  webhook: Webhook,
  /** Null: a chat, to which nothing is signed. */
  secret: z.string().nullable(),
})

export const webhooksApi = {
  'GET /webhooks': {
    summary: 'Where this brand tells what happens, and what it can tell (O1, E5)',
    access: ['admin'],
    reply: z.object({ items: z.array(Webhook), types: z.array(z.string()) }),
  },
  'POST /webhooks': {
    summary: 'Have something told to an address; the secret is shown in this answer and never again',
    access: ['admin'],
    body: z.object({ name, kind: z.enum(WEBHOOK_KINDS), url, types }),
    reply: withSecret,
    status: 201,
    idempotent: true,
    perMinute: 30,
  },
  'PATCH /webhooks/:id': {
    summary: 'Change a webhook, or switch it on or off',
    access: ['admin'],
    params: Id,
    body: z.object({
      version,
      name: name.optional(),
      url: url.optional(),
      types: types.optional(),
      state: z.enum(['on', 'off']).optional(),
    }),
    reply: Webhook,
  },
  'DELETE /webhooks/:id': {
    summary: 'Remove a webhook, with the log of its deliveries',
    access: ['admin'],
    params: Id,
    reply: z.object({ removed: z.string() }),
  },
  'POST /webhooks/:id/secret': {
    summary: 'Make another secret, shown in this answer; for a day the one before signs too',
    access: ['admin'],
    params: Id,
    body: z.object({ version }),
    reply: withSecret,
    idempotent: true,
    perMinute: 30,
  },
  'POST /webhooks/:id/test': {
    summary: 'Send a test',
    access: ['admin'],
    params: Id,
    reply: WebhookDelivery,
    status: 202,
    perMinute: 30,
  },
  'GET /webhooks/:id/deliveries': {
    summary: 'What was told, the newest first; thirty days of it',
    access: ['admin'],
    params: Id,
    query: z.object(paging),
    reply: pageOf(WebhookDelivery),
  },
  'POST /webhook-deliveries/:id/resend': {
    summary: 'Send it again, under the same id',
    access: ['admin'],
    params: Id,
    reply: WebhookDelivery,
    status: 202,
    perMinute: 60,
  },
} as const satisfies Contract
