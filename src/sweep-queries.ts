import { sql } from 'drizzle-orm'
import type { BrandTx, Db } from './db/client.ts'

/**
 * Mentions that must go to staff now: those offered or waiting whose share of the time is up (M4), those a
 * person was to decide and did not, and those that could not be judged in so many tries. Locked, in the order of ids.
 */
export async function overdue(
  tx: BrandTx,
  now: Date,
  mostTries: number,
  limit: number,
): Promise<{ unanswered: string[]; held: string[]; unjudged: string[] }> {
  const at = now.toISOString()
  const rows = await tx.execute<{ id: string; state: string; held: boolean }>(sql`
    select id, state, exists (select 1 from storm s where s.id = mention.storm_id and s.ended_at is null) as held from mention
    where (state in ('offered', 'triaged') and hand_over_at <= ${at})
      or (state = 'triage' and due_at <= ${at})
      or (state = 'new' and attempts > ${mostTries})
    order by id limit ${limit} for update skip locked`)
  const idsOf = (wanted: (row: (typeof rows)[number]) => boolean) => rows.filter(wanted).map(({ id }) => id)
  return {
    unanswered: idsOf(({ state, held }) => state !== 'new' && !held),
    held: idsOf(({ state, held }) => state !== 'new' && held),
    unjudged: idsOf(({ state }) => state === 'new'),
  }
}

/** From here on a wrong plan costs more than the analysis. */
const WORTH_ANALYSING_BYTES = 65_536

/**
 * Has PostgreSQL count what is in tables it never looked at. Until its own turn comes, a minute or more after a busy
 * start, it takes every brand for one row and reads whole tables for each of their rows: a claim among 1,600 offered
 * mentions measured 2,600 ms, and 13 ms afterwards.
 */
export async function analyseNew(db: Db): Promise<void> {
  const tables = await db.execute<{ name: string }>(sql`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and reltuples = -1 and pg_relation_size(oid) > ${WORTH_ANALYSING_BYTES}`)
  for (const { name } of tables) await db.execute(sql`analyze ${sql.identifier(name)}`)
}
