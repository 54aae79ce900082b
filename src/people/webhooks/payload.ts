import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { textArray } from '../../db/move.ts'
import { TEST_TYPE } from '../../domain/webhooks.ts'

/** What is told: a type, when it happened, and what it was about. */
export type Body = { type: string; timestamp: string; data: Record<string, unknown> }

/** How bodies are written: links go to our own pages, personal data in texts is blanked (U7). */
export type Writing = { baseUrl: string; mask: (text: string) => string }

type Row = {
  id: string
  type: string
  brand_id: string
  brand: string
  delivered_at: string
  at: string | null
  kind: string | null
  data: Record<string, unknown> | null
  mention_id: string | null
  network: string | null
  url: string | null
  post_kind: string | null
  received_at: string | null
  wordless: boolean | null
  text: string | null
  author_handle: string | null
  author_name: string | null
  case_id: string | null
  team: string | null
  priority: string | null
  case_state: string | null
  case_due_at: string | null
  reply_id: string | null
  reply_text: string | null
  reply_url: string | null
  member_id: string | null
  member_name: string | null
}

/**
 * The bodies of deliveries as they are to be sent now: facts from the event, words as they stand. Words that were
 * forgotten, hidden or deleted since are in none, nor words that their network lets nobody keep.
 * @returns by delivery; null where the event is not here any more
 */
export async function bodiesOf(
  tx: BrandTx,
  ids: readonly string[],
  writing: Writing,
): Promise<Map<string, Body | null>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.execute<Row>(sql`
    select d.id, d.type, b.id as brand_id, b.name as brand, d.at as delivered_at, e.at, e.kind, e.data,
      m.id as mention_id, m.network, m.url, m.kind as post_kind, m.received_at, m.text, m.author_handle, m.author_name,
      m.state in ('hidden', 'withdrawn') or m.forgotten_at is not null or m.kept_until is not null
        or m.author_id = 'erased' as wordless,
      c.id as case_id, c.team, c.priority, c.state as case_state, c.due_at as case_due_at,
      r.id as reply_id, case when r.text <> '[erased]' then r.text end as reply_text, r.url as reply_url,
      p.id as member_id, u.name as member_name
    from webhook_delivery d cross join brand b
    left join event e on (e.brand_id, e.xid, e.id) = (d.brand_id, d.event_xid, d.event_id)
    left join mention m on m.id = e.mention_id
    left join escalation c on c.mention_id = e.mention_id
    left join reply r on r.id = (e.data->>'replyId')::uuid
    left join member p on d.type = 'member.promoted' and p.id = e.member_ids[1]
    left join auth_user u on u.id = p.user_id
    where d.id = any(${textArray(ids)}::uuid[])`)
  return new Map(rows.map((row) => [row.id, bodyOf(row, writing)]))
}

function bodyOf(row: Row, writing: Writing): Body | null {
  const { type } = row
  const brand = { id: row.brand_id, name: row.brand }
  if (type === TEST_TYPE) {
    const data = { brand, message: 'This is a test. Nothing happened.' }
    return { type, timestamp: iso(row.delivered_at), data }
  }
  if (row.at === null) return null
  return { type, timestamp: iso(row.at), data: { brand, ...dataOf(row, writing) } }
}

function dataOf(row: Row, writing: Writing): Record<string, unknown> {
  const data = row.data ?? {}
  if (row.type === 'member.promoted')
    return { member: { id: row.member_id, name: row.member_name, rank: data.rank, was: data.was } }
  const mention = mentionOf(row, writing)
  if (row.type.startsWith('case.')) return { case: caseOf(row, writing), mention }
  if (row.type.startsWith('reply.')) return { reply: replyOf(row, writing), mention }
  if (row.type !== 'mention.routed') return { mention }
  const rule = typeof data.rule === 'string' ? data.rule : null
  return { to: ROUTED_TO[row.kind ?? ''] ?? null, rule, mention }
}

/** Where a post went, by the kind of its event. */
const ROUTED_TO: Readonly<Record<string, string>> = {
  'mention.offered': 'members',
  'mention.waiting': 'nobody yet',
  'mention.held': 'held by a storm',
  'mention.escalated': 'staff',
  'mention.triage': 'triage',
  'mention.ignored': 'nobody',
}

function mentionOf(row: Row, { baseUrl, mask }: Writing): Record<string, unknown> | null {
  if (row.mention_id === null) return null
  const author = { handle: row.author_handle, name: row.author_name }
  return {
    id: row.mention_id,
    network: row.network,
    kind: row.post_kind,
    url: row.url,
    receivedAt: iso(row.received_at),
    author: row.wordless ? null : author,
    text: row.wordless ? null : mask(row.text ?? ''),
    link: `${baseUrl}/why/${row.mention_id}`,
  }
}

function caseOf(row: Row, { baseUrl, mask }: Writing): Record<string, unknown> {
  const { data, type } = row
  const id = typeof data?.caseId === 'string' ? data.caseId : row.case_id
  const reason = typeof data?.reason === 'string' ? mask(data.reason) : null
  const about = {
    id,
    team: data?.team ?? row.team,
    priority: data?.priority ?? row.priority,
    dueAt: data?.dueAt ?? iso(row.case_due_at),
    link: `${baseUrl}/inbox?case=${id}`,
  }
  if (type === 'case.sla_warning') return about
  return {
    ...about,
    reason,
    ...(type === 'case.resolved' && { how: row.kind === 'reply.sent' ? 'answered' : 'closed' }),
  }
}

function replyOf(row: Row, { mask }: Writing): Record<string, unknown> {
  const { data, type } = row
  const about = { id: row.reply_id, text: row.reply_text === null ? null : mask(row.reply_text) }
  if (type === 'reply.failed') return { ...about, error: data?.error ?? null }
  return { ...about, by: data?.by ?? null, url: row.reply_url, minutes: data?.minutes ?? null }
}
