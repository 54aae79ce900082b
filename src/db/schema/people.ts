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
    /** Why somebody is suspended or banned, in the words of who did it; null otherwise. */
    standingReason: text(),
    /** The team of a staff member; null is of none in particular. All staff see all cases. */
    team: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    unique('membership_once').on(t.brandId, t.userId, t.role),
    index('membership_user').on(t.userId),
    // The list of people, newest first.
    index('membership_recent').on(t.brandId, t.id),
  ],
)

export const RANKS = ['newcomer', 'helper', 'champion'] as const

/** A topic somebody is good at, and how good: 0–1. */
export type DeclaredSkill = { skill: string; level: number }

/** Somebody may join by a link; the link itself is known to whoever has it, here is its digest. */
export const invite = pgTable(
  'invite',
  {
    id: id(),
    brandId: ofBrand(),
    role: text({ enum: ROLES }).notNull(),
    /** Of staff; null is of none in particular. */
    team: text(),
    /** Only this address may join by it, lower case; null: whoever has the link. */
    email: text(),
    /** As a list or a forum names them; null: nobody in particular was invited. */
    name: text(),
    /** Their account at a community: who they are there, as the network knows it. All null, or (a list) the handle alone. */
    handle: text(),
    network: text(),
    instance: text(),
    remoteId: text(),
    /** What the community trusted them with when they were invited, 0–4; null: it did not say. */
    trustLevel: integer(),
    /** What a member begins with; null: the brand's languages. */
    languages: text().array(),
    skills: jsonb().$type<DeclaredSkill[]>(),
    /** Granted once they have linked the account above, which shows that they are who was invited. */
    rank: text({ enum: RANKS }).notNull().default('newcomer'),
    tokenHash: text().notNull().unique('invite_token'),
    /** The id of a user, or who acted at a terminal. */
    by: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    acceptedBy: uuid().references(() => authUser.id, { onDelete: 'set null' }),
    withdrawnAt: instant(),
  },
  (t) => [
    index('invite_recent').on(t.brandId, t.id),
    // Who was invited already, and whose account a member has just linked.
    index('invite_account').on(t.brandId, t.network, t.instance, t.remoteId).where(sql`remote_id is not null`),
  ],
)

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
    /** Stands on the boards that others see (P4). */
    listed: boolean().notNull().default(true),
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
