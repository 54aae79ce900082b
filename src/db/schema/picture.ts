import { sql } from 'drizzle-orm'
import { customType, index, integer, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'
import { mention } from './mention.ts'
import { reply } from './reply.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A picture for an answer (F2): made anew from what somebody gave, so that it holds nothing but what is seen. */
export const replyPicture = pgTable(
  'reply_picture',
  {
    id: id(),
    brandId: ofBrand(),
    mentionId: uuid()
      .notNull()
      .references(() => mention.id, { onDelete: 'cascade' }),
    /** Who gave it. */
    userId: uuid()
      .notNull()
      .references(() => authUser.id),
    /** The reply it goes with; null: it lies with its giver's draft. */
    replyId: uuid().references(() => reply.id, { onDelete: 'cascade' }),
    /** Its place among the pictures of its reply, from 0. */
    place: smallint().notNull().default(0),
    /** From the client, made when the file was chosen: a second try at handing it over is the same picture. */
    key: text().notNull(),
    data: bytea().notNull(),
    type: text({ enum: ['image/jpeg', 'image/png'] }).notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    /** Of `data`, in hexadecimal. */
    sha256: text().notNull(),
    /** What it shows, for those who cannot see it; empty: nobody wrote it. */
    alt: text().notNull().default(''),
    /** What the network calls it, where a try that failed has handed it over; null: none has. */
    kept: text(),
    at: instant().notNull(),
    /** A sweep after this deletes it; null: it goes with a reply that has yet to be sent. */
    deleteAfter: instant(),
  },
  (t) => [
    unique('reply_picture_once').on(t.brandId, t.userId, t.key),
    index('reply_picture_of_draft').on(t.mentionId, t.userId).where(sql`reply_id is null`),
    index('reply_picture_of_reply').on(t.replyId),
    index('reply_picture_due').on(t.deleteAfter).where(sql`delete_after is not null`),
  ],
)
