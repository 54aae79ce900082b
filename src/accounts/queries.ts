import { and, eq, ne, sql } from 'drizzle-orm'
import type { Grant } from '../../connectors/connector.ts'
import type { BrandTx, Db } from '../db/client.ts'
import { linkAttempt, linkedAccount, networkApp } from '../db/schema/account.ts'

export type AccountRow = typeof linkedAccount.$inferSelect
export type AttemptRow = typeof linkAttempt.$inferSelect
export type AppRow = typeof networkApp.$inferSelect

const standing = ne(linkedAccount.state, 'unlinked')

/** A member's own accounts, or with null the brand's; the oldest first. */
export async function accountsOf(tx: BrandTx, memberId: string | null): Promise<AccountRow[]> {
  const owner = memberId === null ? sql`member_id is null` : sql`member_id = ${memberId}`
  return tx.select().from(linkedAccount).where(and(standing, owner)).orderBy(linkedAccount.linkedAt, linkedAccount.id)
}

export async function accountById(tx: BrandTx, id: string): Promise<AccountRow | null> {
  const [row] = await tx.select().from(linkedAccount).where(eq(linkedAccount.id, id))
  return row ?? null
}

/** Locked against whoever else would change its grant; replies that name it are let through. */
export async function lockAccount(tx: BrandTx, id: string): Promise<AccountRow | null> {
  const [row] = await tx.select().from(linkedAccount).where(eq(linkedAccount.id, id)).for('no key update')
  return row ?? null
}

export async function appAt(tx: BrandTx, network: string, instance: string): Promise<AppRow | null> {
  const [row] = await tx
    .select()
    .from(networkApp)
    .where(and(eq(networkApp.network, network), eq(networkApp.instance, instance)))
  return row ?? null
}

export const allApps = (tx: BrandTx): Promise<AppRow[]> => tx.select().from(networkApp)

/** Stores our app at a server. One that was registered for the same address stays, whoever registered it first. */
export async function putApp(
  tx: BrandTx,
  app: typeof networkApp.$inferInsert,
  instead: string | null,
): Promise<AppRow> {
  const [row] = await tx
    .insert(networkApp)
    .values(app)
    .onConflictDoUpdate({
      target: [networkApp.brandId, networkApp.network, networkApp.instance],
      // The id stays with what is sealed under it.
      set: { id: sql`excluded.id`, settings: app.settings, redirectUri: app.redirectUri ?? null, at: app.at },
      setWhere: sql`network_app.redirect_uri is distinct from excluded.redirect_uri or excluded.redirect_uri is null
        or network_app.id = ${instead}::uuid`,
    })
    .returning()
  return row ?? (await appAt(tx, app.network, app.instance))! // the one that stayed
}

/** Writes down a journey that begins, and forgets those of yesterday. */
export async function beginAttempt(tx: BrandTx, attempt: typeof linkAttempt.$inferInsert, now: Date): Promise<void> {
  await tx.execute(
    sql`delete from link_attempt where expires_at < ${now.toISOString()}::timestamptz - interval '1 day'`,
  )
  await tx.insert(linkAttempt).values(attempt)
}

/** Across brands: whoever comes back from a network brings nothing but the state. */
export async function attemptByState(db: Db, stateHash: string): Promise<AttemptRow | null> {
  const [row] = await db.select().from(linkAttempt).where(eq(linkAttempt.stateHash, stateHash))
  return row ?? null
}

/** Uses an attempt up: of two who come back with it one gets true, and so does nobody else, later, or not its owner. */
export async function useAttempt(tx: BrandTx, id: string, userId: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const used = await tx.execute(sql`
    update link_attempt set used_at = ${at}, keep = null
    where id = ${id} and user_id = ${userId} and used_at is null and expires_at > ${at} returning id`)
  return used.length > 0
}

/** The standing row of an account, by the network's id of it or, where that was never asked, by its handle; locked. */
export async function lockSame(
  tx: BrandTx,
  at: { network: string; instance: string },
  account: { id: string; handle: string },
): Promise<AccountRow | null> {
  const same = sql`(remote_id = ${account.id} or (remote_id is null and lower(handle) = lower(${account.handle})))`
  const [row] = await tx
    .select()
    .from(linkedAccount)
    .where(and(standing, eq(linkedAccount.network, at.network), eq(linkedAccount.instance, at.instance), same))
    .orderBy(sql`remote_id is null`)
    .limit(1)
    .for('no key update')
  return row ?? null
}

/** Null: the account, or another of this member on the same server, was linked at this moment. */
export async function insertAccount(
  tx: BrandTx,
  values: typeof linkedAccount.$inferInsert,
): Promise<AccountRow | null> {
  const [made] = await tx.insert(linkedAccount).values(values).onConflictDoNothing().returning()
  return made ?? null
}

export async function updateAccount(
  tx: BrandTx,
  id: string,
  values: Partial<typeof linkedAccount.$inferInsert>,
): Promise<AccountRow> {
  const [row] = await tx.update(linkedAccount).set(values).where(eq(linkedAccount.id, id)).returning()
  return row! // callers hold its lock
}

/** Stores a renewed grant while the one it came from is still there. @returns the account as it stands now, or null */
export async function storeGrant(
  tx: BrandTx,
  { id, secret: before }: AccountRow,
  { expiresAt, scopes, endsAt }: Grant,
  sealed: string,
): Promise<AccountRow | null> {
  const [row] = await tx
    .update(linkedAccount)
    .set({ secret: sealed, expiresAt, scopes, trouble: null, ...(endsAt && { endsAt }) })
    .where(sql`id = ${id} and secret = ${before} and state <> 'unlinked'`)
    .returning()
  return row ?? null
}

/** The network took the grant back. Only while it is the grant that stands. @returns whether it was */
export async function needAuthorisation(
  tx: BrandTx,
  { id, secret }: Pick<AccountRow, 'id' | 'secret'>,
  trouble: string,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    update linked_account set state = 'needs-authorisation', trouble = ${trouble}
    where id = ${id} and secret = ${secret} and state = 'linked' returning id`)
  return rows.length > 0
}

/** Sources that stopped because this account was no good go on from where they were. */
export async function resumeSources(tx: BrandTx, accountId: string, now: Date): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    update source set state = 'on', trouble = null, failures = 0, next_poll_at = ${now.toISOString()}
    where account_id = ${accountId} and state = 'needs-authorisation' returning id`)
  return rows.map(({ id }) => id)
}

/** What sources read with each account of the brand's, those that listen no more too. */
export async function readWith(tx: BrandTx): Promise<ReadonlyMap<string, { sources: string[]; posts: number }>> {
  const rows = await tx.execute<{ id: string; sources: string[]; posts: number }>(sql`
    select s.account_id as id, array_agg(s.name order by s.name) as sources,
      coalesce(sum((select sum(mentions) from source_day d where d.source_id = s.id)), 0)::int as posts
    from source s where s.account_id is not null group by 1`)
  return new Map(rows.map(({ id, ...reads }) => [id, reads]))
}

/** What was read with an account is to be erased, up to now. @returns the sources' ids */
export async function eraseRead(tx: BrandTx, accountId: string, now: Date): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    update source set erase_before = ${now.toISOString()} where account_id = ${accountId} returning id`)
  return rows.map(({ id }) => id)
}
