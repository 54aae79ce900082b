import { sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx, Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'
import type { Classification } from '../domain/classification.ts'

/** A mention as classifying and deciding see it. */
export type NewMention = {
  id: string
  network: string
  kind: string
  text: string
  languageHint: string | null
  author: { id: string; handle: string; followers: number | null }
  /** Our reply it answers; null for a new mention. */
  answersReplyId: string | null
  /** How many posts say the same, this one included. */
  alike: number
  clusterId: string | null
  postedAt: Date
  handOverAt: Date
  /** Answers another post, so that somebody may have answered in its thread before. */
  inThread: boolean
}

type Row = {
  id: string
  network: string
  kind: string
  text: string
  language_hint: string | null
  author_id: string
  author_handle: string
  author_followers: number | null
  answers_reply_id: string | null
  alike: number
  cluster_id: string | null
  posted_at: string
  hand_over_at: string
  in_thread: boolean
}

/**
 * Locks the mentions of a page that nobody has judged yet; those that another worker holds are left to it, so that
 * a page woken twice is judged once.
 */
export async function lockNew(tx: BrandTx, ids: readonly string[]): Promise<NewMention[]> {
  const rows = await tx.execute<Row>(sql`${KEPT}
    select id, network, kind, text, language_hint, author_id, author_handle, author_followers, answers_reply_id,
      case when cluster_id is null then 1
        else (select count(*)::int from mention c where c.cluster_id = m.cluster_id) end as alike,
      cluster_id, posted_at, hand_over_at, parent_id is not null as in_thread
    from mention m where id = any(${textArray(ids)}::uuid[]) and state = 'new'
    order by id for update skip locked`)
  return rows.map((row) => ({
    id: row.id,
    network: row.network,
    kind: row.kind,
    text: row.text,
    languageHint: row.language_hint,
    author: { id: row.author_id, handle: row.author_handle, followers: row.author_followers },
    answersReplyId: row.answers_reply_id,
    alike: row.alike,
    clusterId: row.cluster_id,
    postedAt: new Date(row.posted_at),
    handOverAt: new Date(row.hand_over_at),
    inThread: row.in_thread,
  }))
}

export async function storeClassifications(
  tx: BrandTx,
  rows: readonly { mentionId: string; result: Classification }[],
  model: string,
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  const values = asColumns(rows, {
    mention_id: { type: 'uuid', of: (row) => row.mentionId },
    language: { type: 'text', of: (row) => row.result.language.tag },
    sentiment: { type: 'text', of: (row) => row.result.sentiment.label },
    intent: { type: 'text', of: (row) => row.result.intent.label },
    anger: { type: 'real', of: (row) => row.result.anger },
    result: { type: 'json', of: (row) => row.result },
  })
  await tx.execute(sql`${KEPT}
    insert into classification (mention_id, model, language, sentiment, intent, anger, result, at)
    select mention_id, ${model}, language, sentiment, intent, anger, result, ${at.toISOString()}
    from ${values}
    on conflict (mention_id) do nothing`)
}

/**
 * Mentions that nobody has judged since `before`, with the tries counted up: a job that died with them did not come
 * to count them itself. Across brands, for the sweep.
 */
export async function unjudgedSince(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ brandId: string; id: string; attempts: number }[]> {
  const rows = await db.execute<{ brand_id: string; id: string; attempts: number }>(sql`
    update mention set attempts = attempts + 1 where id in (
      select id from mention where state = 'new' and state_at + attempts * interval '5 seconds' < ${before.toISOString()}
      order by state_at limit ${limit} for update skip locked
    ) returning brand_id, id, attempts`)
  return rows.map((row) => ({ brandId: row.brand_id, id: row.id, attempts: row.attempts }))
}
