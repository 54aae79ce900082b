import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { LIVE_REPLIES } from '../db/reply-states.ts'
import type { Against } from './checks.ts'

/** So many of the author's own last replies are compared. */
const LAST = 10

/** The brand's lists of words, of `brand b`. */
const LISTS = sql`coalesce((select entries from named_list where kind = 'words' and name = b.settings->'checks'->>'banned'), '{}') as banned,
  coalesce((select entries from named_list where kind = 'words' and name = b.settings->'checks'->>'risky'), '{}') as risky`

/**
 * What an answer of `userId` under a mention is checked against.
 * @param holderId a member who must hold the mention; null: anybody's
 * @returns null: there is no such mention, or they do not hold it
 */
export async function checkedAgainst(
  tx: BrandTx,
  mentionId: string,
  userId: string,
  holderId: string | null = null,
): Promise<Against | null> {
  const [row] = await tx.execute<Against>(sql`
    select ${LISTS},
      array(select r.text from reply r join mention o on o.id = r.mention_id
        where r.user_id = ${userId} and r.state in ${LIVE_REPLIES} and (o.network, o.author_id) <> (m.network, m.author_id)
        order by r.requested_at desc, r.id desc limit ${LAST}) as "lastWords"
    from mention m join brand b on b.id = m.brand_id
    where m.id = ${mentionId} ${holderId === null ? sql`` : sql`and m.holder_id = ${holderId}`}`)
  return row ?? null
}

/** What any answer at the brand is checked against, whoever writes it and to whom. */
export async function checkedByBrand(tx: BrandTx): Promise<Against> {
  const [row] = await tx.execute<Pick<Against, 'banned' | 'risky'>>(sql`select ${LISTS} from brand b`)
  return { banned: row?.banned ?? [], risky: row?.risky ?? [], lastWords: [] }
}
