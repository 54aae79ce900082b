import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { ROLES, STANDINGS } from '../../domain/roles.ts'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

export const membership = pgTable(
  'membership',
  {
    id: id(),
    brandId: ofBrand(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    role: text({ enum: ROLES }).notNull(),
    standing: text({ enum: STANDINGS }).notNull().default('trusted'),
    /** The team of a staff member; null is of none in particular. All staff see all cases. */
    team: text(),
    createdAt: instant().notNull(),
  },
  (t) => [unique('membership_once').on(t.brandId, t.userId, t.role), index('membership_user').on(t.userId)],
)

export const RANKS = ['newcomer', 'helper', 'champion'] as const

export const member = pgTable(
  'member',
  {
    id: id(),
    brandId: ofBrand(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id),
    name: text().notNull(),
    /** BCP-47 primary tags, best first. */
    languages: text().array().notNull(),
    /** Open offers and claims held at once. */
    capacity: integer().notNull(),
    /** Offers open plus claims held, kept by the statements that open and close offers; the sweep reconciles it. */
    load: integer().notNull().default(0),
    paused: boolean().notNull().default(false),
    /** Local times; null is always reachable. */
    quiet: jsonb().$type<{ from: string; to: string; timeZone: string } | null>(),
    /** Limits of their own (P8), as `src/people/welfare.ts` has them; null is none. */
    welfare: jsonb().$type<Record<string, number | null> | null>(),
    rank: text({ enum: RANKS }).notNull().default('newcomer'),
    /** What an admin gave somebody who was known to be good: the earned rank never falls below it. */
    grantedRank: text({ enum: RANKS }).notNull().default('newcomer'),
    /** Sum of the ledger (I6), kept by the statement that writes the entry. */
    points: integer().notNull().default(0),
    joinedAt: instant().notNull(),
  },
  (t) => [unique('member_once').on(t.brandId, t.userId), check('member_load', sql`${t.load} >= 0`)],
)

export const memberSkill = pgTable(
  'member_skill',
  {
    memberId: uuid()
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    brandId: ofBrand(),
    skill: text().notNull(),
    /** 0–1: declared at first, later learned from outcomes. */
    level: real().notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.skill] })],
)

/** An author of whom a member wants to be offered nothing (F7). */
export const avoidedAuthor = pgTable(
  'avoided_author',
  {
    id: id(),
    brandId: ofBrand(),
    memberId: uuid()
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    network: text().notNull(),
    instance: text().notNull(),
    /** The network's own id of the author; a handle may change hands. */
    authorId: text().notNull(),
    /** As it was when the member said so; for show. */
    handle: text().notNull(),
    how: text({ enum: ['muted', 'blocked'] }).notNull(),
    at: instant().notNull(),
  },
  (t) => [
    unique('avoided_author_once').on(t.memberId, t.network, t.instance, t.authorId),
    // What matching asks of the authors of a page.
    index('avoided_author_of').on(t.brandId, t.network, t.instance, t.authorId),
  ],
)
