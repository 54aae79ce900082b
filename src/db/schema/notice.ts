import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Digest, NoticeKind, NoticeWay } from '../../domain/notices.ts'
import { instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

/**
 * How somebody wants to be told of what concerns them, and how far they have looked. What it is stands in the event log
 * and in the rows themselves; no copy is kept for each who is told.
 */
export const noticeSettings = pgTable(
  'notice_settings',
  {
    brandId: ofBrand(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    /** Everything up to then was seen; null: nothing yet. */
    seenAt: instant(),
    /** Ways that differ from `app`. */
    ways: jsonb().$type<Partial<Record<NoticeKind, NoticeWay>>>().notNull().default({}),
    digest: text().$type<Digest>().notNull().default('at-once'),
    /** Of the daily mail, `HH:MM` in `timeZone`. */
    dailyAt: text().notNull().default('08:00'),
    timeZone: text().notNull().default('UTC'),
    /** No mails from then to then, `HH:MM` in `timeZone`; null: at any hour. */
    quietFrom: text(),
    quietTo: text(),
    /** Raised by each change of the settings; whoever changes them names the one they saw. */
    version: integer().notNull().default(0),
    /** What happened up to then was mailed, or not to be. */
    mailedUntil: instant(),
    /** When mails are looked to next; null: none are wanted. */
    nextMailAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.brandId, t.userId] }),
    index('notice_mail_due').on(t.nextMailAt).where(sql`next_mail_at is not null`),
  ],
)

/** A notice that was put into a mail to somebody: each goes once, whatever is looked at twice. */
export const noticeMailed = pgTable(
  'notice_mailed',
  {
    brandId: ofBrand(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.brandId, t.userId, t.key] }), index('notice_mailed_old').on(t.at)],
)
