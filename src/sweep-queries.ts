import { sql } from 'drizzle-orm'
import type { BrandTx } from './db/client.ts'

/**
 * Mentions that must go to staff now: those offered or waiting whose share of the time is up (M4), those a
 * person was to decide and did not, and those that could not be judged in so many tries. Locked, in the order of ids.
 */
export async function overdue(
  tx: BrandTx,
  now: Date,
  mostTries: number,
  limit: number,
): Promise<{ unanswered: string[]; unjudged: string[] }> {
  const at = now.toISOString()
  const rows = await tx.execute<{ id: string; state: string }>(sql`
    select id, state from mention
    where (state in ('offered', 'triaged') and hand_over_at <= ${at})
      or (state = 'triage' and due_at <= ${at})
      or (state = 'new' and attempts > ${mostTries})
    order by id limit ${limit} for update skip locked`)
  const idsOf = (wanted: (state: string) => boolean) => rows.filter((row) => wanted(row.state)).map((row) => row.id)
  return { unanswered: idsOf((state) => state !== 'new'), unjudged: idsOf((state) => state === 'new') }
}
