import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

/** A talk in the lounge, among staff and the members whose rank opens it (P3). */
export const loungeThread = pgTable(
  'lounge_thread',
  {
    id: id(),
    brandId: ofBrand(),
    authorId: uuid()
      .notNull()
      .references(() => authUser.id),
    /** Null: it was taken away together with the first message. */
    title: text(),
    /** Of its messages, those taken away too. */
    count: integer().notNull().default(0),
    /** Why staff closed it; null: it is open. */
    closedReason: text(),
    /** The press that began it, which is its first message's as well; the same press twice is one thread. */
    key: text().notNull(),
    /** Of the last message. */
    at: instant().notNull(),
  },
  (t) => [
    unique('lounge_thread_once').on(t.brandId, t.authorId, t.key),
    index('lounge_thread_recent').on(t.brandId, t.at, t.id),
  ],
)

export const loungeMessage = pgTable(
  'lounge_message',
  {
    id: id(),
    brandId: ofBrand(),
    threadId: uuid()
      .notNull()
      .references(() => loungeThread.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => authUser.id),
    fromStaff: boolean().notNull(),
    /** Null: staff took it away, and nobody keeps the words. */
    text: text(),
    /** Why it was taken away; null: it stands. */
    removedReason: text(),
    /** The first report of it; null: there is none, or staff dismissed it. */
    reportedReason: text(),
    reportedAt: instant(),
    /** Who reported it since the last was dismissed, the first of them first: they hear what became of it. */
    reportedBy: uuid().array().notNull().default(sql`'{}'`),
    /** The press that sent it; the same press twice is one message. */
    key: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    unique('lounge_message_once').on(t.threadId, t.authorId, t.key),
    index('lounge_message_of_thread').on(t.threadId, t.at, t.id),
    // The bell of staff asks for what waits for them; few messages are ever reported.
    index('lounge_message_reported').on(t.brandId, t.reportedAt).where(sql`reported_reason is not null`),
  ],
)
