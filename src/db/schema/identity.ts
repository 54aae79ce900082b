import { boolean, index, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

/**
 * Who can sign in, and nothing else: what a person may do is in the memberships, which are ours.
 * The columns are those better-auth 1.7.25 reads and writes; it is pinned because its tables have changed
 * between patch releases. Written by hand to give every instant its zone and millisecond precision, and to
 * forbid one outside account from belonging to two people, which its own generator leaves out.
 */

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const createdAt = () => instant('created_at').notNull().defaultNow()
const updatedAt = () => instant('updated_at').notNull().defaultNow()

export const authUser = pgTable('auth_user', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  /** Lower case; what a person signs in with. */
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  /** A code of an app is asked for beside the password (O4). */
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  /** When a request of theirs was last looked up, to five minutes; null: never. Ours, not better-auth's. */
  lastActiveAt: instant('last_active_at'),
  image: text('image'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const authSession = pgTable(
  'auth_session',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    /** The secret half of the cookie; the cookie carries it signed. */
    token: text('token').notNull().unique(),
    /** Fixed when the session begins: it is never pushed out. */
    expiresAt: instant('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    /** When it was last used, to five minutes. */
    updatedAt: updatedAt(),
  },
  (table) => [index('auth_session_user').on(table.userId)],
)

/** The secret that somebody's app makes codes from; one a person, sealed under the installation's secret. */
export const authTwoFactor = pgTable('auth_two_factor', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .unique()
    .references(() => authUser.id, { onDelete: 'cascade' }),
  secret: text('secret').notNull(),
  /** Those not used yet, sealed. */
  backupCodes: text('backup_codes').notNull(),
  /** False until the first right code: only then it is asked for. */
  verified: boolean('verified').notNull().default(false),
  /** Wrong codes in a row at sign-in; ten of them close it for a while. */
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: instant('locked_until'),
})

/** One way to prove who one is: a password (`provider_id` = `credential`) or an account elsewhere. */
export const authAccount = pgTable(
  'auth_account',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    providerId: text('provider_id').notNull(),
    /** The provider's own id of the person; for a password the user's id again. */
    accountId: text('account_id').notNull(),
    /** scrypt hash with its salt; null for an account elsewhere. */
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    unique('auth_account_provider').on(table.providerId, table.accountId),
    index('auth_account_user').on(table.userId),
  ],
)

/** Short-lived proofs: links that reset a password or confirm an address (by their digest), sign-ins that wait for a code. */
export const authVerification = pgTable(
  'auth_verification',
  {
    id: uuid('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('auth_verification_identifier').on(table.identifier)],
)
