import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { BrandSettings } from '../db/schema/brand.ts'
import type { Evidence, Flag, Intent, Sentiment } from '../domain/classification.ts'

export type TriageRow = {
  id: string
  text: string
  shortened: boolean
  network: string
  author_handle: string
  language: string | null
  sentiment: Sentiment | null
  intent: Intent | null
  corrected: boolean
  anger: number | null
  flags: Flag[] | null
  evidence: Evidence[] | null
  reason: string | null
  posted_at: string
  due_at: string
}

/** Mentions that wait for a person, the clock that runs out first on top, and one more than `limit` when there are more. */
export function listTriage(
  tx: BrandTx,
  { limit, after }: { limit: number; after: { key: string; id: string } | null },
): Promise<TriageRow[]> {
  const further = after ? sql`and (m.due_at, m.id) > (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  return tx.execute<TriageRow>(sql`
    select m.id, m.text, m.shortened, m.network, m.author_handle, c.language, c.sentiment, c.intent, c.guessed is not null as corrected, c.anger,
      c.result -> 'flags' as flags, c.result->'why' as evidence, d.reason, m.posted_at, m.due_at
    from mention m left join classification c on c.mention_id = m.id
    left join lateral (select reason from decision where mention_id = m.id order by at desc, id desc limit 1) d on true
    where m.state = 'triage' ${further} order by m.due_at, m.id limit ${limit + 1}`)
}

export async function mentionState(tx: BrandTx, mentionId: string): Promise<string | null> {
  const [row] = await tx.execute<{ state: string }>(sql`select state from mention where id = ${mentionId}`)
  return row?.state ?? null
}

/** What the latest decision about a mention asked for: skills, rank, priority … Empty: nobody has decided yet. */
export async function lastAction(tx: BrandTx, mentionId: string): Promise<Record<string, unknown>> {
  const [row] = await tx.execute<{ action: Record<string, unknown> }>(sql`
    select action from decision where mention_id = ${mentionId} order by at desc, id desc limit 1`)
  return row?.action ?? {}
}

/** The brand's teams by name and its time to answer, in minutes. */
export async function brandClock(tx: BrandTx): Promise<{ teams: string[]; responseMinutes: number }> {
  const [row] = await tx.execute<{ settings: BrandSettings }>(sql`select settings from brand`)
  const { teams, responseMinutes } = row!.settings // no transaction without a brand
  return { teams: teams.map(({ name }) => name), responseMinutes }
}
