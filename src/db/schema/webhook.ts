import { sql } from 'drizzle-orm'
import { bigint, customType, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { WebhookKind, WebhookReason, WebhookTrouble } from '../../domain/webhooks.ts'
import { id, instant, ofBrand } from './columns.ts'

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

/** Where somebody outside is told of what happens (O1, E5). */
export const webhookTarget = pgTable(
  'webhook_target',
  {
    id: id(),
    brandId: ofBrand(),
    name: text().notNull(),
    kind: text().$type<WebhookKind>().notNull(),
    /** As `WEBHOOK_TYPES` of `src/domain/webhooks.ts` has them. */
    types: text().array().notNull(),
    /** Address, secret and the secret before it, sealed: the address of a chat is a secret itself. */
    sealed: text().notNull(),
    /** The address as far as it may be shown. */
    address: text().notNull(),
    /** `off`: by an admin; `disabled`: by the machine, for the reason beside it. */
    state: text({ enum: ['on', 'off', 'disabled'] })
      .notNull()
      .default('on'),
    /** Why the machine switched it off; null: it did not. */
    reason: text().$type<WebhookReason>(),
    /** The first failure after the last success; null: the last one succeeded, or nothing was sent yet. */
    failingSince: instant(),
    /** The place in the event log up to which it was read for this target. */
    readXid: xid8().notNull().default(sql`pg_snapshot_xmin(pg_current_snapshot())`),
    readId: bigint({ mode: 'bigint' }).notNull().default(sql`0`),
    /** Raised by each change of an admin's; whoever changes it names the one they saw. */
    version: integer().notNull().default(1),
    createdAt: instant().notNull(),
    /** The press that made it, an admin and their key; the same press twice makes one. Null: made before there were keys. */
    madeBy: text(),
    /** The press that made the present secret in place of another; the same press twice makes one. */
    secretBy: text(),
  },
  (t) => [
    // What the sweep asks for.
    index('webhook_target_of_brand').on(t.brandId, t.id),
    unique('webhook_target_made_once').on(t.brandId, t.madeBy),
  ],
)

/**
 * One thing told to one target. Its body is made from the event when it is sent, and again when it is looked at, so that
 * no words lie here that were forgotten elsewhere.
 */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    /** Also the `webhook-id` that the receiver sees, the same with every try. */
    id: id(),
    brandId: ofBrand(),
    targetId: uuid()
      .notNull()
      .references(() => webhookTarget.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    /** The event it tells of; null: a test. */
    eventXid: xid8(),
    eventId: bigint({ mode: 'bigint' }),
    /** `sending` is written before anything leaves; one that is not heard of is sent again under the same id. */
    state: text({ enum: ['waiting', 'sending', 'sent', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer().notNull().default(0),
    /** While waiting: not before; while sending: taken for dead after. */
    nextAt: instant().notNull(),
    /** Of the last try; null: no answer came. */
    status: integer(),
    /** The first 500 characters of its answer, or where none came what is known of it; null: not tried yet. */
    answer: text(),
    /** Why no answer came; null: one did, or it was not tried yet. */
    trouble: text().$type<WebhookTrouble>(),
    sentAt: instant(),
    at: instant().notNull(),
  },
  (t) => [
    // What is read twice is told once.
    unique('webhook_delivery_once').on(t.targetId, t.eventXid, t.eventId, t.type),
    index('webhook_delivery_due').on(t.nextAt).where(sql`state in ('waiting', 'sending')`),
    index('webhook_delivery_of_target').on(t.targetId, t.at, t.id),
    index('webhook_delivery_old').on(t.at),
  ],
)
