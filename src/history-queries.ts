import { sql } from 'drizzle-orm'
import { asColumns } from './db/as-columns.ts'
import { asRows, type BrandTx } from './db/client.ts'
import type { Decision } from './decide/decide.ts'
import { newId } from './domain/id.ts'
import type { FreshMention } from './ingest/ingest.ts'
import { POST, POST_COLUMNS } from './ingest/queries.ts'

/** Until when the words of a post may lie here; null: as long as it stands. */
export type KeptUntil = (post: FreshMention) => Date | null

/**
 * Stores posts of the past as they would lie here if they had been heard and closed then: received when they were
 * posted, in state `closed`, of no cluster. One statement a page, in the order in which others store too; a post that is
 * there already stays as it is.
 * @returns ids of those stored
 */
export async function storeHistory(
  tx: BrandTx,
  rows: readonly FreshMention[],
  about: { sourceId: string; responseMinutes: number; recheckAt: Date | null; keptUntil: KeptUntil; now: Date },
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const values = asColumns(rows, { ...POST, kept_until: { type: 'timestamptz', of: about.keptUntil } })
  const stored = await tx.execute<{ id: string }>(sql`
    insert into mention (${POST_COLUMNS}, source_id, received_at, state, state_at, due_at, recheck_at, kept_until)
    select ${POST_COLUMNS}, ${about.sourceId}, posted_at, 'closed', ${about.now.toISOString()},
      posted_at + make_interval(mins => ${about.responseMinutes}), ${about.recheckAt?.toISOString() ?? null}::timestamptz, kept_until
    from ${values}
    order by network, instance, native_id
    on conflict on constraint mention_once do nothing
    returning id`)
  return new Set(stored.map((row) => row.id))
}

/** What the policy in force would have decided, dated by the post, so that figures over time of a policy hold. */
export async function storePastDecisions(
  tx: BrandTx,
  rows: readonly { mentionId: string; facts: object; decision: Decision; at: Date }[],
  policyVersion: number,
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ mentionId, facts, decision, at }) => {
    const { destination, rule, reason, ...action } = decision
    return { id: newId(at.getTime()), mention_id: mentionId, facts, destination, rule, reason, action, at }
  })
  await tx.execute(sql`
    insert into decision (id, mention_id, policy_version, by, facts, destination, rule, reason, action, at)
    select id, mention_id, ${policyVersion}, 'policy', facts, destination, rule, reason, action, at
    from jsonb_to_recordset(${asRows(values)}) as t(id uuid, mention_id uuid, facts jsonb, destination text, rule text,
      reason text, action jsonb, at timestamptz)`)
}
