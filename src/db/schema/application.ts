import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { invite } from './people.ts'

/** Somebody asks to help a brand (P9). Nobody by this: once accepted it becomes an invitation. */
export const application = pgTable(
  'application',
  {
    id: id(),
    brandId: ofBrand(),
    state: text({ enum: ['open', 'accepted', 'declined'] })
      .notNull()
      .default('open'),
    name: text().notNull(),
    /** Lower case; nobody has shown that it is theirs. */
    email: text().notNull(),
    /** As they say of themselves. */
    languages: text().array().notNull(),
    skills: text().array().notNull(),
    /** With the question as it was asked. */
    answers: jsonb().$type<{ question: string; answer: string }[]>().notNull(),
    createdAt: instant().notNull(),
    decidedAt: instant(),
    /** The id of a user. */
    decidedBy: text(),
    /** What it became; null: it was not accepted. */
    inviteId: uuid().references(() => invite.id, { onDelete: 'set null' }),
  },
  (t) => [
    // One that waits for an address; also the list of those that wait.
    uniqueIndex('application_open_once').on(t.brandId, t.email).where(sql`state = 'open'`),
    // The sweep's: those that go next.
    index('application_old').on(t.brandId, sql`coalesce(${t.decidedAt}, ${t.createdAt})`),
  ],
)
