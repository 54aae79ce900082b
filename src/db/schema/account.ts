import { sql } from 'drizzle-orm'
import { index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'
import { member } from './people.ts'

export const ACCOUNT_STATES = ['linked', 'needs-authorisation', 'unlinked'] as const

/** An account on a network that may speak or read: a member's own, or (member null) the brand's. */
export const linkedAccount = pgTable(
  'linked_account',
  {
    id: id(),
    brandId: ofBrand(),
    memberId: uuid().references(() => member.id, { onDelete: 'cascade' }),
    network: text().notNull(),
    /** Host of the server, for networks of many servers. */
    instance: text().notNull(),
    handle: text().notNull(),
    /** The network's own id of it, which outlives a change of handle; null where it was never asked. */
    remoteId: text(),
    /** How it was linked; `token`: handed over as it is, and nothing renews it. */
    way: text({ enum: ['redirect', 'form', 'token'] })
      .notNull()
      .default('token'),
    /** Sealed by `src/people/secrets.ts`, never selected into anything that is logged or sent out; null once unlinked. */
    secret: text(),
    scopes: text().array().notNull().default([]),
    /** When its grant ends unless it is renewed; null: it does not. */
    expiresAt: instant(),
    /** When it ends for good, which no renewal moves; null: no such end is known. */
    endsAt: instant(),
    /** `unlinked` rows stay because replies name the account they were sent with. */
    state: text({ enum: ACCOUNT_STATES }).notNull().default('linked'),
    /** Why it needs authorisation, in words. */
    trouble: text(),
    /** Its next post leaves no earlier, so that a network does not take it for a machine (F5). Null: any time. */
    nextPostAt: instant(),
    linkedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('linked_account_once')
      .on(t.brandId, t.network, t.instance, sql`coalesce(${t.remoteId}, ${t.handle})`)
      .where(sql`state <> 'unlinked'`),
    // A member speaks with one account on a server; a brand may have several.
    uniqueIndex('linked_account_own')
      .on(t.memberId, t.network, t.instance)
      .where(sql`state <> 'unlinked' and member_id is not null`),
    index('linked_account_member').on(t.memberId),
  ],
)

/** What a brand has of a network so that accounts can be linked: the client id and secret of its app there. */
export const networkApp = pgTable(
  'network_app',
  {
    id: id(),
    brandId: ofBrand(),
    network: text().notNull(),
    instance: text().notNull(),
    /** JSON of the network's fields, or of what its server gave us; sealed. */
    settings: text().notNull(),
    /** The address it was registered for; null: an admin entered it. */
    redirectUri: text(),
    at: instant().notNull(),
  },
  (t) => [unique('network_app_once').on(t.brandId, t.network, t.instance)],
)

/** Somebody was sent to a network to allow us their account, and may come back once. */
export const linkAttempt = pgTable(
  'link_attempt',
  {
    id: id(),
    brandId: ofBrand(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    /** Whose account it will be; null: the brand's. */
    memberId: uuid().references(() => member.id, { onDelete: 'cascade' }),
    network: text().notNull(),
    instance: text().notNull(),
    /** SHA-256 of the state that comes back with them. */
    stateHash: text().notNull(),
    redirectUri: text().notNull(),
    /** What the connector wants back at the end (PKCE and the like), sealed; null once used. */
    keep: text(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [unique('link_attempt_state').on(t.stateHash), index('link_attempt_expired').on(t.expiresAt)],
)
