import { sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx } from '../db/client.ts'
import { type KeptRound, type MatchRound, readRound } from '../db/kept-rounds.ts'
import { KEPT } from '../db/kept-statements.ts'

/** Stores the rounds of a page, one statement; rounds of one mention together. */
export async function insertRounds(
  tx: BrandTx,
  rows: readonly { mentionId: string; rounds: readonly KeptRound[] }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  const made = asColumns(rows, {
    mention_id: { type: 'uuid', of: (row) => row.mentionId },
    rounds: { type: 'json', of: (row) => row.rounds },
  })
  await tx.execute(sql`${KEPT}
    insert into matching (mention_id, at, rounds) select mention_id, ${at.toISOString()}, rounds from ${made}
    on conflict do nothing`)
}

/** Every round of a mention, oldest first. */
export async function roundsOf(tx: BrandTx, mentionId: string): Promise<{ at: Date; rounds: MatchRound[] }[]> {
  const rows = await tx.execute<{ at: string; rounds: (KeptRound | MatchRound)[] }>(
    sql`select at, rounds from matching where mention_id = ${mentionId} order by at`,
  )
  return rows.map(({ at, rounds }) => ({ at: new Date(at), rounds: rounds.map(readRound) }))
}
