import { sql } from 'drizzle-orm'
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { PRIORITIES } from '../../domain/roles.ts'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'
import { mention } from './mention.ts'

export const escalation = pgTable(
  'escalation',
  {
    id: id(),
    brandId: ofBrand(),
    /** A mention has one case; a second escalation opens it again. */
    mentionId: uuid()
      .notNull()
      .unique('escalation_mention')
      .references(() => mention.id, { onDelete: 'cascade' }),
    team: text().notNull(),
    priority: text({ enum: PRIORITIES }).notNull(),
    origin: text({ enum: ['rule', 'member', 'clock', 'follow-up', 'person'] }).notNull(),
    reason: text().notNull(),
    state: text({ enum: ['open', 'assigned', 'answered', 'handed-back', 'closed'] }).notNull(),
    assigneeId: uuid().references(() => authUser.id),
    openedAt: instant().notNull(),
    dueAt: instant().notNull(),
    closedAt: instant(),
    closedReason: text(),
  },
  (t) => [
    index('escalation_inbox').on(t.brandId, t.dueAt, t.id).where(sql`state in ('open', 'assigned')`),
    index('escalation_recent').on(t.brandId, t.dueAt, t.id),
  ],
)

export const note = pgTable(
  'note',
  {
    id: id(),
    brandId: ofBrand(),
    escalationId: uuid()
      .notNull()
      .references(() => escalation.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => authUser.id),
    text: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('note_case').on(t.escalationId, t.at)],
)
