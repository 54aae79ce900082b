import { integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

/** An answer that staff wrote beforehand, for whoever meets its question (F1). */
export const cannedAnswer = pgTable(
  'canned_answer',
  {
    id: id(),
    brandId: ofBrand(),
    title: text().notNull(),
    /** May hold `{{author}}`, `{{brand}}` and `{{me}}`, which are filled in, and others, which whoever uses it fills in. */
    text: text().notNull(),
    /** BCP-47. Null: offered under posts in any language. */
    language: text(),
    /** Offered first under posts of these; none: under any. */
    skills: text().array().notNull(),
    /** Raised with each change; whoever changes it names the one they began from. */
    version: integer().notNull().default(1),
    changedBy: uuid()
      .notNull()
      .references(() => authUser.id),
    changedAt: instant().notNull(),
  },
  (t) => [unique('canned_answer_title').on(t.brandId, t.title)],
)
