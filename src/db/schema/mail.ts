import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

/** Mails to people of the installation. The row comes first: a mail is on its way once it is here. */
export const mail = pgTable(
  'mail',
  {
    id: id(),
    /** What it is about, for operators: `reset`, `invite` … */
    kind: text().notNull(),
    /** Address, subject and words, sealed; null once it was sent or given up, because links in it open doors. */
    sealed: text(),
    /** `sending` is written before the mail server is asked, so that two processes never send the same one at once. */
    state: text({ enum: ['waiting', 'sending', 'sent', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer().notNull().default(0),
    /** While waiting: not before; while sending: taken for dead after. */
    nextAt: instant().notNull(),
    /** After this its link opens nothing, and it is not sent any more. */
    uselessAt: instant().notNull(),
    /** What the mail server said last, without addresses; null: nothing bad. */
    trouble: text(),
    at: instant().notNull(),
  },
  (t) => [index('mail_due').on(t.nextAt).where(sql`state in ('waiting', 'sending')`)],
)
