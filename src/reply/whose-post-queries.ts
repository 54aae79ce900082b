import { sql } from 'drizzle-orm'
import type { RemoteRef } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { NAMELESS_REPLIES } from '../db/reply-states.ts'
import type { Outgoing } from './queries.ts'

/**
 * Whose answer a post is that was found, or told of, as this one: in flat threads the same words to two people look the
 * same. `unclear`: an answer of the account's in the same conversation may be there too, under an id nobody told us.
 */
export async function whosePost(tx: BrandTx, reply: Outgoing, ref: RemoteRef): Promise<'ours' | 'another' | 'unclear'> {
  const [row] = await tx.execute<{ whose: 'ours' | 'another' | 'unclear' }>(sql`
    select case
      when exists (select 1 from reply r where r.id <> ${reply.id} and r.network = ${ref.network}
        and r.instance = ${ref.instance} and r.remote_id = ${ref.id}) then 'another'
      when exists (select 1 from reply_part p where p.network = ${ref.network}
        and p.instance = ${ref.instance} and p.remote_id = ${ref.id}) then 'another'
      when exists (select 1 from reply r join mention m on m.id = r.mention_id join mention o on o.id = ${reply.mentionId}
        where r.id <> ${reply.id} and r.account_id = ${reply.accountId} and r.remote_id is null
          and coalesce((select p.text from reply_part p where p.reply_id = r.id and p.nth = 1), r.text) = ${reply.post}
          and r.state in ${NAMELESS_REPLIES} and coalesce(m.root_id, m.native_id) = coalesce(o.root_id, o.native_id)) then 'unclear'
      else 'ours' end as whose`)
  return row!.whose // a select without from has one row
}
