import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import type { NoticeKind, NoticeWay } from '../../domain/notices.ts'
import type { Role } from '../../domain/roles.ts'
import type { Place } from '../../http/cursor.ts'
import type { MailTimes } from './notices.ts'

/** Somebody at a brand, as far as it decides what concerns them. */
export type Reader = { userId: string; memberId: string | null; roles: readonly Role[] }

export type NoticeRow = {
  key: string
  kind: NoticeKind
  at: string
  mention_id: string | null
  case_id: string | null
  author: string | null
  network: string | null
  actor: string | null
  detail: string | null
}

type Window = { since: Date; until: Date; kinds: readonly NoticeKind[]; limit: number; after?: Place | null }

/**
 * What concerns somebody between two instants, newest first: from the event log, and from rows that wait for them as
 * they stand. The latter are gone once they are settled.
 */
export async function noticesOf(tx: BrandTx, reader: Reader, window: Window): Promise<NoticeRow[]> {
  const found = within(reader, window)
  if (!found) return []
  return tx.execute<NoticeRow>(sql`
    select n.key, n.kind, n.at, n.mention_id, n.case_id, u.name as actor, n.detail,
      case when m.state not in ('hidden', 'withdrawn') then nullif(m.author_handle, '') end as author, m.network
    from (${found}) n
    left join mention m on m.id = n.mention_id
    left join auth_user u on u.id = case when n.actor ~ '^[0-9a-f-]{36}$' then n.actor::uuid end
    order by n.at desc, n.key desc`)
}

/** How many concern somebody between two instants, counted no further than `limit`. */
export async function countNotices(tx: BrandTx, reader: Reader, window: Window): Promise<number> {
  const found = within(reader, window)
  if (!found) return 0
  const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from (${found}) n`)
  return row?.n ?? 0
}

/** What `noticesOf` shows without anybody's name; null: there is nothing of these kinds for such a reader. */
function within(reader: Reader, { since, until, kinds, limit, after }: Window): SQL | null {
  const parts = partsFor(reader, since.toISOString(), until.toISOString())
  if (parts.length === 0 || kinds.length === 0) return null
  return sql`
    select n.* from (${sql.join(parts, sql` union all `)}) n
    where n.at > ${since.toISOString()} and n.at <= ${until.toISOString()} and n.kind = any(${textArray(kinds)}::text[])
      ${after ? sql`and (n.at, n.key) < (${after.key}::timestamptz, ${after.id})` : sql``}
    order by n.at desc, n.key desc limit ${limit}`
}

function partsFor({ userId, memberId, roles }: Reader, since: string, until: string): SQL[] {
  const isStaff = roles.includes('staff') || roles.includes('admin')
  return [
    ...(memberId || isStaff
      ? [ofReplies(userId, since), loungeDismissals(userId, since), proposalsDecided(userId, since)]
      : []),
    ...(memberId ? [ofMember(memberId, since), offersEnding(memberId, until)] : []),
    ...(isStaff
      ? [
          ofCases(userId, since),
          casesLate(userId),
          approvalsWaiting(userId, since),
          loungeReports(userId, since),
          proposalsWaiting(userId, since),
        ]
      : []),
    ...(roles.includes('admin') ? [troubles(since), applicationsWaiting(since)] : []),
  ]
}

/** What became of one's own answers, unless one did it oneself. */
const ofReplies = (userId: string, since: string): SQL => sql`
  select 'event:' || e.id as key, e.at, e.mention_id, null::uuid as case_id, e.actor,
    case e.kind when 'reply.approved' then 'reply-approved' when 'reply.returned' then 'reply-returned'
      when 'reply.thanked' then 'reply-thanked' when 'reply.complained' then 'reply-complained'
      else 'reply-failed' end as kind,
    coalesce(e.data->>'reason', e.data->>'error') as detail
  from reply r join event e on e.mention_id = r.mention_id and e.data->>'replyId' = r.id::text
  where r.user_id = ${userId} and r.requested_at > ${since}::timestamptz - interval '60 days' and e.at > ${since}
    and e.kind in ('reply.approved', 'reply.returned', 'reply.failed', 'reply.unknown', 'reply.thanked', 'reply.complained')
    and e.actor <> ${userId}`

const ofMember = (memberId: string, since: string): SQL => sql`
  select 'event:' || e.id, e.at, e.mention_id, null::uuid, e.actor,
    case e.kind when 'case.handed-back' then 'handed-back' when 'expert.answered' then 'expert-answered'
      when 'badge.earned' then 'badge-earned' when 'badge.lost' then 'badge-lost'
      else case when e.data ? 'declared' then 'skills-changed' else 'rank-changed' end end,
    coalesce(e.data->>'guidance', e.data->>'rank', nullif(concat_ws(':', e.data->>'badge', nullif(e.data->>'skill', '')), ''))
  from event e
  where e.kind in ('case.handed-back', 'expert.answered', 'member.changed', 'badge.earned', 'badge.lost') and e.at > ${since}
    and e.member_ids @> array[${memberId}::uuid]
    and (e.kind <> 'member.changed' or e.data ? 'declared' or (e.data ? 'rank' and e.data ? 'was'))`

/** What names one by one's user id: given, noted, back from sleep. */
const ofCases = (userId: string, since: string): SQL => sql`
  select 'event:' || e.id, e.at, e.mention_id, (e.data->>'caseId')::uuid, e.actor,
    case e.kind when 'case.noted' then 'case-noted' when 'case.assigned' then 'case-assigned' else 'case-woken' end, null
  from event e
  where e.kind in ('case.noted', 'case.assigned', 'case.woken') and e.at > ${since} and e.actor <> ${userId}
    and e.data->'userIds' ? ${userId}`

/** A quarter of the time is left to claim it, or to answer what one holds. */
const offersEnding = (memberId: string, until: string): SQL => sql`
  select 'offer:' || o.id || ':' || o.state, o.warned, o.mention_id, null::uuid, null, 'offer-ends', o.state
  from (select id, mention_id, state, date_trunc('milliseconds', case state when 'claimed'
      then coalesce(claimed_at, offered_at) + (expires_at - coalesce(claimed_at, offered_at)) * 0.75
      else offered_at + (expires_at - offered_at) * 0.75 end) as warned
    from offer where member_id = ${memberId} and state in ('open', 'claimed') and expires_at > ${until}) o`

/** Most of its time is gone, three quarters where its clock does not say: told to whom it is given, or to its team while it is nobody's. */
const casesLate = (userId: string): SQL => sql`
  select 'late:' || c.id || ':' || extract(epoch from c.due_at), c.warned, c.mention_id, c.id, null, 'case-late', c.team
  from (select id, mention_id, team, due_at, assignee_id,
      coalesce(warn_at, date_trunc('milliseconds', opened_at + (due_at - opened_at) * 0.75)) as warned
    from escalation where state in ('open', 'assigned')) c
  where c.assignee_id = ${userId} or (c.assignee_id is null and exists (select 1 from membership s
    where s.user_id = ${userId} and s.role in ('staff', 'admin') and (s.team is null or s.team = c.team)))`

const approvalsWaiting = (userId: string, since: string): SQL => sql`
  select 'approval:' || id, requested_at, mention_id, null::uuid, user_id::text, 'approval-waits', null
  from reply where state = 'awaiting-approval' and user_id <> ${userId} and requested_at > ${since}`

/** Messages of the lounge that somebody else reported first, while nobody has taken them away or dismissed the report. */
const loungeReports = (userId: string, since: string): SQL => sql`
  select 'report:' || id || ':' || extract(epoch from reported_at), reported_at, null::uuid, null::uuid,
    reported_by[1]::text, 'lounge-reported', thread_id || ':' || reported_reason
  from lounge_message
  where reported_reason is not null and removed_reason is null and reported_at > ${since}
    and reported_by[1] is distinct from ${userId}::uuid`

/** What one reported in the lounge and staff let stand. */
const loungeDismissals = (userId: string, since: string): SQL => sql`
  select 'event:' || e.id, e.at, null::uuid, null::uuid, e.actor, 'lounge-dismissed',
    concat(e.data->>'threadId', ':', e.data->>'reason')
  from event e
  where e.kind = 'lounge.dismissed' and e.at > ${since} and e.actor <> ${userId} and e.data->'userIds' ? ${userId}`

/** What others say is wrong with an answer, while nobody has decided. */
const proposalsWaiting = (userId: string, since: string): SQL => sql`
  select 'proposal:' || id, at, null::uuid, null::uuid, user_id::text, 'knowledge-proposed', wrong
  from answer_proposal where state = 'open' and user_id <> ${userId} and at > ${since}`

/** What became of the corrections one suggested. */
const proposalsDecided = (userId: string, since: string): SQL => sql`
  select 'event:' || e.id, e.at, null::uuid, null::uuid, e.actor, concat('knowledge-', e.data->>'outcome'),
    concat(e.data->>'answerId', ':', e.data->>'reason')
  from event e
  where e.kind = 'knowledge.decided' and e.at > ${since} and e.actor <> ${userId} and e.data->'userIds' ? ${userId}`

/** A source that cannot listen, a webhook at which nothing arrives. */
const troubles = (since: string): SQL => sql`
  select 'event:' || id, at, null::uuid, null::uuid, null,
    case kind when 'source.troubled' then 'source-troubled' else 'webhook-disabled' end, data->>'name'
  from event where kind in ('source.troubled', 'webhook.disabled') and at > ${since}`

/** Their names go with them, once they are answered. */
const applicationsWaiting = (since: string): SQL => sql`
  select 'application:' || id, created_at, null::uuid, null::uuid, null, 'application-waits', name
  from application where state = 'open' and created_at > ${since}`

export type Settings = MailTimes & {
  seenAt: Date | null
  ways: Partial<Record<NoticeKind, NoticeWay>>
  version: number
}

type SettingsRow = Omit<Settings, 'seenAt'> & { seenAt: string | null }

/** Null: they never chose, and have not looked. */
export async function settingsOf(tx: BrandTx, userId: string): Promise<Settings | null> {
  const [row] = await tx.execute<SettingsRow>(sql`
    select seen_at as "seenAt", ways, digest, daily_at as "dailyAt", time_zone as "timeZone",
      quiet_from as "quietFrom", quiet_to as "quietTo", version
    from notice_settings where user_id = ${userId}`)
  return row ? { ...row, seenAt: row.seenAt === null ? null : new Date(row.seenAt) } : null
}

/** Moves what was seen forward, and never back. @returns how far it is now */
export async function markSeen(tx: BrandTx, userId: string, until: Date): Promise<string> {
  const [row] = await tx.execute<{ at: string }>(sql`
    insert into notice_settings as s (user_id, seen_at) values (${userId}, ${until.toISOString()})
    on conflict (brand_id, user_id) do update set seen_at = greatest(s.seen_at, excluded.seen_at)
    returning seen_at as at`)
  return row!.at // it is made or changed, one or the other
}

type Choice = Omit<Settings, 'seenAt'>

/**
 * Keeps what somebody chose, if nobody chose since.
 * @param mailedUntil counts where no mails were wanted before
 * @param nextMailAt null: no mails are wanted
 * @returns whether the version was the one named
 */
export async function chooseSettings(
  tx: BrandTx,
  userId: string,
  { ways, digest, dailyAt, timeZone, quietFrom, quietTo, version }: Choice,
  { mailedUntil, nextMailAt }: { mailedUntil: Date; nextMailAt: Date | null },
): Promise<boolean> {
  const next = nextMailAt?.toISOString() ?? null
  const rows = await tx.execute(sql`
    insert into notice_settings as s
      (user_id, ways, digest, daily_at, time_zone, quiet_from, quiet_to, version, mailed_until, next_mail_at)
    select ${userId}::uuid, ${JSON.stringify(ways)}::text::jsonb, ${digest}, ${dailyAt}, ${timeZone}, ${quietFrom}, ${quietTo}, 1,
      ${mailedUntil.toISOString()}::timestamptz, ${next}::timestamptz
    where ${version} = 0 or exists (select 1 from notice_settings where user_id = ${userId})
    on conflict (brand_id, user_id) do update set ways = excluded.ways, digest = excluded.digest,
      daily_at = excluded.daily_at, time_zone = excluded.time_zone, quiet_from = excluded.quiet_from,
      quiet_to = excluded.quiet_to, version = s.version + 1, next_mail_at = excluded.next_mail_at,
      mailed_until = case when s.next_mail_at is null then excluded.mailed_until else s.mailed_until end
    where s.version = ${version}
    returning 1`)
  return rows.length > 0
}
