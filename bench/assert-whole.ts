import { sql } from 'drizzle-orm'
import type { Db } from '../src/db/client.ts'

type Row = { mentions: number; unjudged: number; decisions: number; misplaced: number; drifted: number; events: number }

/**
 * A figure counts only when the work was done: every mention is there once and has gone somewhere, by one decision,
 * offers stand behind what is offered, and loads are the live offers.
 * @throws Error saying what is missing
 */
export async function assertWhole(db: Db, brandId: string, mentions: number): Promise<void> {
  const [found] = await db.execute<Row>(sql`
    select
      (select count(*)::int from mention where brand_id = ${brandId}) as mentions,
      (select count(*)::int from mention where brand_id = ${brandId} and state = 'new') as unjudged,
      (select count(*)::int from decision where brand_id = ${brandId}) as decisions,
      (select count(*)::int from mention m where brand_id = ${brandId} and (state = 'offered')
        <> exists (select 1 from offer where mention_id = m.id and state = 'open')) as misplaced,
      (select count(*)::int from member m where brand_id = ${brandId}
        and load <> (select count(*) from offer where member_id = m.id and state in ('open', 'claimed'))) as drifted,
      (select count(*)::int from event where brand_id = ${brandId} and kind = 'mention.received') as events`)
  const expected: Row = { mentions, unjudged: 0, decisions: mentions, misplaced: 0, drifted: 0, events: mentions }
  const wrong = Object.entries(expected).filter(([name, value]) => found?.[name as keyof Row] !== value)
  if (wrong.length > 0)
    throw new Error(`The work was not done: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)
}
