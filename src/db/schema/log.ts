import { sql } from 'drizzle-orm'
import { bigserial, customType, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

/**
 * The event log: written in the transaction of each change; every figure of a report is computed from it.
 * Readers page by (xid, id) below the oldest running transaction, because ids are not committed in order.
 */
export const event = pgTable(
  'event',
  {
    id: bigserial({ mode: 'bigint' }).notNull(),
    xid: xid8().notNull().default(sql`pg_current_xact_id()`),
    brandId: ofBrand(),
    kind: text().notNull(),
    mentionId: uuid(),
    /** Members whose screens this concerns; null concerns everyone of the brand. */
    memberIds: uuid().array(),
    /** `system`, `policy`, or the id of a user. */
    actor: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    // What streams read by; ids alone are unique by their sequence.
    primaryKey({ name: 'event_stream', columns: [t.brandId, t.xid, t.id] }),
    index('event_kind').on(t.brandId, t.kind, t.at),
    index('event_mention').on(t.mentionId).where(sql`mention_id is not null`),
  ],
)

/** Privileged acts: who did what to which, never changed (O4). */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    brandId: ofBrand(),
    actor: text().notNull(),
    act: text().notNull(),
    target: text().notNull(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('audit_recent').on(t.brandId, t.at, t.id)],
)
