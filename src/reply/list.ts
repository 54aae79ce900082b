import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { Clock } from '../domain/clock.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import type { Reply } from './contract.ts'
import { endingOf, takeBackOf } from './reply.ts'
import type { CapabilitiesOf } from './request.ts'

type Row = {
  id: string
  mention_id: string
  state: Reply['state']
  voice: Reply['voice']
  text: string
  pictures: Reply['pictures']
  author_kind: Reply['author']['kind']
  author_name: string
  mention_text: string
  author_handle: string
  network: string
  mention_url: string | null
  requested_at: string
  key: string
  sent_at: string | null
  url: string | null
  edited_from: string | null
  note: string | null
  undisclosed: string | null
  outcome: Reply['outcome']
  metrics: Record<string, number>
  points: number
  has_id: boolean
  undo_until: string | null
  unlinked: boolean
  posts: Reply['posts']
}

const columns = sql`
  r.id, r.mention_id, r.state, r.voice, r.text, r.author_kind, coalesce(u.name, 'somebody who left') as author_name, m.text as mention_text, m.author_handle,
  r.network, m.url as mention_url, r.requested_at, r.requested_at::text as key, r.sent_at, r.url, r.edited_from, r.note, r.outcome,
  case when r.undisclosed then r.disclosure end as undisclosed,
  r.metrics, coalesce((select sum(points)::int from ledger where reply_id = r.id), 0) as points,
  case when r.state = 'queued' and r.attempts = 0 and r.approved_by is null then r.send_after end as undo_until,
  coalesce((select json_agg(json_build_object('id', p.id, 'type', p.type, 'width', p.width, 'height', p.height, 'alt', p.alt, 'sha256', p.sha256)
    order by p.place) from reply_picture p where p.reply_id = r.id), '[]') as pictures,
  r.remote_id is not null as has_id, a.state = 'unlinked' as unlinked,
  case when r.thread is not null then (
    select jsonb_agg(jsonb_build_object('text', p.text, 'note', p.note, 'url', p.url, 'state',
      case when p.nth > 1 then p.state when r.state in ('sent', 'taking-back') then 'sent' when r.state = 'taken-back' then 'removed'
        when r.state in ('sending', 'pending', 'unknown', 'failed') then r.state when r.remote_id is not null then 'gone' else 'waiting' end)
      order by p.nth) from reply_part p where p.reply_id = r.id) end as posts
  from reply r join mention m on m.id = r.mention_id join linked_account a on a.id = r.account_id left join auth_user u on u.id = r.user_id`

/** `mask` blanks personal data in the mention (U7). */
export type Showing = { mask: (text: string) => string; capabilitiesOf: CapabilitiesOf; clock: Clock }

type Page = { items: Reply[]; nextCursor: string | null }
type Paging = { cursor?: string | undefined; limit: number }

/** One's own replies, newest first. */
export async function repliesOf(
  tx: BrandTx,
  userId: string,
  { cursor, limit }: Paging,
  showing: Showing,
): Promise<Page> {
  const place = cursor === undefined ? null : fromTimeCursor(cursor)
  const older = place ? sql`and (r.requested_at, r.id) < (${place.key}::timestamptz, ${place.id}::uuid)` : sql``
  const rows = await tx.execute<Row>(sql`
    select ${columns} where r.user_id = ${userId} ${older} order by r.requested_at desc, r.id desc limit ${limit + 1}`)
  return shown(rows, limit, showing)
}

/** Replies that wait for a reader (without one's own: nobody approves those, F4), those whose sending stayed unclear (F6), and those that the network's moderators hold; the longest waiting first. */
export async function awaitingApproval(
  tx: BrandTx,
  notOf: string,
  { cursor, limit }: Paging,
  showing: Showing,
): Promise<Page> {
  const place = cursor === undefined ? null : fromTimeCursor(cursor)
  const later = place ? sql`and (r.requested_at, r.id) > (${place.key}::timestamptz, ${place.id}::uuid)` : sql``
  const rows = await tx.execute<Row>(sql`
    select ${columns} where (r.state = 'awaiting-approval' and r.user_id <> ${notOf} or r.state in ('unknown', 'pending')) ${later}
    order by r.requested_at, r.id limit ${limit + 1}`)
  return shown(rows, limit, showing)
}

export async function replyById(tx: BrandTx, id: string, showing: Showing): Promise<Reply | null> {
  const [row] = await tx.execute<Row>(sql`select ${columns} where r.id = ${id}`)
  return row ? toReply(row, showing) : null
}

function shown(rows: readonly Row[], limit: number, showing: Showing): Page {
  const page = toPage([...rows], limit, (row) => ({ key: row.key, id: row.id }))
  return { items: page.items.map((row) => toReply(row, showing)), nextCursor: page.nextCursor }
}

const iso = (at: string) => new Date(at).toISOString()

function undoMsOf(until: string | null, clock: Clock): number | null {
  const left = until === null ? 0 : new Date(until).getTime() - clock.now().getTime()
  return left > 0 ? left : null
}

const withoutEnding = (text: string, undisclosed: string | null): string => {
  const ending = endingOf('own', '', undisclosed)
  return ending !== '' && text.endsWith(ending) ? text.slice(0, -ending.length) : text
}

const toReply = (row: Row, { mask, capabilitiesOf, clock }: Showing): Reply => ({
  id: row.id,
  mentionId: row.mention_id,
  state: row.state,
  voice: row.voice,
  // What was found without its disclosure does not end with that.
  text: withoutEnding(row.text, row.undisclosed),
  pictures: row.pictures,
  posts: row.posts,
  author: { kind: row.author_kind, name: row.author_name },
  mention: {
    text: mask(row.mention_text),
    authorHandle: row.author_handle,
    network: row.network,
    url: row.mention_url,
  },
  requestedAt: iso(row.requested_at),
  sentAt: row.sent_at === null ? null : iso(row.sent_at),
  url: row.url,
  editedFrom: row.edited_from,
  note: row.note,
  undisclosed: row.undisclosed,
  outcome: row.outcome,
  metrics: row.metrics,
  points: row.points,
  undoMs: undoMsOf(row.undo_until, clock),
  takeBack: takeBackOf({ ...row, hasId: row.has_id }, capabilitiesOf(row.network)?.reply ?? null),
})
