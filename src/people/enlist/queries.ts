import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import type { Account } from './enlist.ts'

type Read = Pick<Db, 'execute'>

/** By remote id or, of lists, by address: who of them is a member of the brand, and who is invited. */
export type Known = { members: ReadonlySet<string>; open: ReadonlyMap<string, string> }

/** Which of these accounts belong to members: linked by them, or the one they were invited by. */
export async function knownAccounts(
  db: Read,
  brandId: string,
  { network, instance }: Pick<Account, 'network' | 'instance'>,
  ids: readonly string[],
  now: Date,
): Promise<Known> {
  const members = await db.execute<{ id: string }>(sql`
    select a.remote_id as id from linked_account a
    where a.brand_id = ${brandId} and a.network = ${network} and a.instance = ${instance}
      and a.remote_id = any(${textArray(ids)}) and a.member_id is not null and a.state <> 'unlinked'
    union
    select i.remote_id from invite i
    join membership p on p.brand_id = i.brand_id and p.user_id = i.accepted_by and p.role = 'member'
    where i.brand_id = ${brandId} and i.network = ${network} and i.instance = ${instance}
      and i.remote_id = any(${textArray(ids)})`)
  const open = await db.execute<{ id: string; tokenHash: string }>(sql`
    select remote_id as id, token_hash as "tokenHash" from invite
    where brand_id = ${brandId} and network = ${network} and instance = ${instance}
      and remote_id = any(${textArray(ids)}) and ${isOpen(now)}`)
  return asKnown(members, open)
}

/** The same by address. */
export async function knownAddresses(db: Read, brandId: string, emails: readonly string[], now: Date): Promise<Known> {
  const members = await db.execute<{ id: string }>(sql`
    select u.email as id from auth_user u join membership p on p.user_id = u.id and p.role = 'member'
    where p.brand_id = ${brandId} and u.email = any(${textArray(emails)})`)
  const open = await db.execute<{ id: string; tokenHash: string }>(sql`
    select email as id, token_hash as "tokenHash" from invite
    where brand_id = ${brandId} and role = 'member' and email = any(${textArray(emails)}) and ${isOpen(now)}`)
  return asKnown(members, open)
}

const isOpen = (now: Date) => sql`accepted_at is null and withdrawn_at is null and expires_at > ${now.toISOString()}`

const asKnown = (members: readonly { id: string }[], open: readonly { id: string; tokenHash: string }[]): Known => ({
  members: new Set(members.map(({ id }) => id)),
  open: new Map(open.map(({ id, tokenHash }) => [id, tokenHash])),
})

/** Which of these tokens, by their digests, were given out already, whatever became of their invitations. */
export async function usedTokens(db: Read, brandId: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ tokenHash: string }>(sql`
    select token_hash as "tokenHash" from invite
    where brand_id = ${brandId} and token_hash = any(${textArray(hashes)})`)
  return new Set(rows.map(({ tokenHash }) => tokenHash))
}

/** Whoever else enlists for the brand waits until this transaction is over, so that nobody is invited twice. */
export const enlistInTurn = (tx: Read, brandId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`enlist ${brandId}`}, 0))`)
