import { sql } from 'drizzle-orm'
import type { Capabilities } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'

/** An account that may speak for somebody: a member's own, or (member null) the brand's. */
export type SpeakingAccount = {
  id: string
  memberId: string | null
  network: string
  instance: string
  handle: string
  /** Why it cannot be used until it is linked again; null: it can. */
  trouble: string | null
}

/** The brand's accounts and one member's own (null: nobody's), on one network or (null) on all; the oldest first. */
export async function speakingAccounts(
  tx: BrandTx,
  memberId: string | null,
  network: string | null = null,
): Promise<SpeakingAccount[]> {
  return tx.execute<SpeakingAccount>(sql`
    select id, member_id as "memberId", network, instance, handle,
      case when state = 'linked' then null else coalesce(trouble, 'It has to be linked again.') end as trouble
    from linked_account
    where state <> 'unlinked' and (member_id is null or member_id = ${memberId}::uuid)
      and (${network}::text is null or network = ${network}) order by linked_at, id`)
}

/** Those that may answer a post on this server, its own accounts first. */
export function speakersAt<Account extends SpeakingAccount>(
  accounts: readonly Account[],
  { network, instance }: { network: string; instance: string },
  can: Capabilities['reply'],
): Account[] {
  const there = accounts.filter((account) => account.network === network)
  const own = there.filter((account) => account.instance === instance)
  return can?.ownServerOnly ? own : [...own, ...there.filter((account) => !own.includes(account))]
}
