import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { REFERENCE, type Scope, type Span } from './report.ts'

export type AnsweredBy = 'community' | 'staff' | 'none'

type Counts = { total: number; answered: number; median: number | null }
export type Figures = {
  total: Counts & { community: number; staff: number; p90: number | null; due: number; in_time: number }
  networks: (Counts & { network: string })[]
  series: { starts: string; ends: string; total: number; community: number; staff: number }[]
  not_counted: { what: string; count: number }[]
}

/**
 * Received mentions with what became of each, from the event log alone. `mentions` yields (mention_id, at, data) of
 * `mention.received` events. Columns: network, addressed, at, fate (follow-up, ignored, withdrawn, counted), reason,
 * answered_by, minutes.
 */
const fates = (mentions: SQL, sinceAt: Date) => sql`
  received as materialized (${mentions}),
  said as (
    select e.mention_id,
      min(e.at) filter (where e.kind = 'reply.sent') as sent_at,
      (array_agg(e.data order by e.id) filter (where e.kind = 'reply.sent'))[1] as sent,
      max(e.id) filter (where e.kind = 'mention.ignored') as ignored_id,
      (array_agg(e.data->>'reason' order by e.id desc) filter (where e.kind = 'mention.ignored'))[1] as reason,
      max(e.id) filter (where e.kind in ('mention.waiting', 'mention.offered', 'mention.escalated')) as onward_id,
      min(e.at) filter (where e.kind = 'mention.withdrawn') as withdrawn_at
    from event e join received r on r.mention_id = e.mention_id
    where e.at >= ${sinceAt.toISOString()} and e.kind in ('reply.sent', 'mention.ignored', 'mention.waiting', 'mention.offered',
      'mention.escalated', 'mention.withdrawn')
    group by e.mention_id
  ),
  fate as materialized (
    select r.mention_id, r.at, r.data->>'network' as network, (r.data->>'addressed')::boolean as addressed,
      case
        when (r.data->>'followUp')::boolean then 'follow-up'
        when s.withdrawn_at < coalesce(s.sent_at, 'infinity') then 'withdrawn'
        when s.sent_at is null and s.ignored_id > coalesce(s.onward_id, 0) then 'ignored'
        else 'counted'
      end as fate,
      s.reason, coalesce(s.sent->>'by', 'none') as answered_by,
      coalesce((s.sent->>'minutes')::float8, extract(epoch from s.sent_at - r.at)::float8 / 60) as minutes
    from received r left join said s on s.mention_id = r.mention_id
  )`

const receivedIn = ({ from, to }: Span, network: string | null) => sql`
  select mention_id, at, data from event
  where kind = 'mention.received' and at >= ${from.toISOString()} and at < ${to.toISOString()}
    ${network === null ? sql`` : sql`and data->>'network' = ${network}`}`

/** Which mentions `f` are in a scope's denominator; `DEFINITIONS` says the same in words. */
const IN_SCOPE: Record<Scope, SQL> = {
  addressable: sql`f.fate = 'counted'`,
  all: sql`f.fate <> 'follow-up'`,
  'with-handle': sql`f.fate = 'counted' and f.addressed`,
  'without-handle': sql`f.fate = 'counted' and not f.addressed`,
}

/** Every figure of a report in one statement and one snapshot, however many mentions; periods begin by the brand's clock. */
export async function figures(
  tx: BrandTx,
  ask: { span: Span; scope: Scope; network: string | null; settledBy: Date },
): Promise<Figures> {
  const { span, scope, network, settledBy } = ask
  const [row] = await tx.execute<Figures>(sql`
    with ${fates(receivedIn(span, network), span.from)},
    counted as (select f.* from fate f where ${IN_SCOPE[scope]}),
    period as (${span.step === 'hour' ? hours(span) : days(span)})
    select
      (select to_jsonb(t) from (
        select count(*) as total, count(minutes) as answered,
          count(*) filter (where answered_by = 'community') as community, count(*) filter (where answered_by = 'staff') as staff,
          percentile_cont(0.5) within group (order by minutes) as median,
          percentile_cont(0.9) within group (order by minutes) as p90,
          count(*) filter (where at <= ${settledBy.toISOString()}) as due,
          count(*) filter (where at <= ${settledBy.toISOString()} and minutes <= ${REFERENCE.hours * 60}) as in_time
        from counted) t) as total,
      (select coalesce(jsonb_agg(t order by t.total desc, t.network), '[]') from (
        select network, count(*) as total, count(minutes) as answered,
          percentile_cont(0.5) within group (order by minutes) as median
        from counted group by network) t) as networks,
      (select coalesce(jsonb_agg(t order by t.starts), '[]') from (
        select p.starts, p.ends, count(c.at) as total, count(*) filter (where c.answered_by = 'community') as community,
          count(*) filter (where c.answered_by = 'staff') as staff
        from period p left join counted c on c.at >= p.starts and c.at < p.ends group by p.starts, p.ends) t) as series,
      (select coalesce(jsonb_agg(t order by t.count desc, t.what), '[]') from (
        select case fate
            when 'follow-up' then 'follow-ups to answers of ours'
            when 'ignored' then 'ignored: ' || coalesce(reason, 'no reason given')
            when 'withdrawn' then 'deleted before an answer'
            else case when addressed then 'name a handle' else 'do not name a handle' end
          end as what, count(*) as count
        from fate f where not (${IN_SCOPE[scope]}) group by 1) t) as not_counted`)
  return row! // a select without FROM is one row
}

/** Hours are counted in real time: the one that the clocks repeat is there twice. */
const hours = ({ from, to }: Span) => sql`
  select starts, starts + interval '1 hour' as ends from brand,
    generate_series(date_trunc('hour', ${from.toISOString()}::timestamptz, time_zone),
      ${to.toISOString()}::timestamptz - interval '1 millisecond', interval '1 hour') as starts`

/** Days are as long as the brand's clock makes them, 23 to 25 hours. */
const days = ({ from, to }: Span) => sql`
  select day at time zone time_zone as starts, (day + interval '1 day') at time zone time_zone as ends from brand,
    generate_series(date_trunc('day', ${from.toISOString()}::timestamptz at time zone time_zone),
      (${to.toISOString()}::timestamptz - interval '1 millisecond') at time zone time_zone, interval '1 day') as day`

export type BehindRow = {
  mention_id: string
  network: string
  text: string
  author_handle: string
  at: string
  answered_by: AnsweredBy
  minutes: number | null
}

/** The mentions a figure was counted from, newest first, and one more than `limit` when there are more. */
export function behind(
  tx: BrandTx,
  ask: {
    span: Span
    scope: Scope
    network: string | null
    answeredBy: AnsweredBy | null
    limit: number
    after: { key: string; id: string } | null
  },
): Promise<BehindRow[]> {
  const { span, scope, network, answeredBy, limit, after } = ask
  const further = after ? sql`and (at, mention_id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  return tx.execute<BehindRow>(sql`
    with ${fates(sql`${receivedIn(span, network)} ${further}`, span.from)}
    select f.mention_id, f.network, m.text, m.author_handle, f.at, f.answered_by, f.minutes
    from fate f join mention m on m.id = f.mention_id
    where ${IN_SCOPE[scope]} ${answeredBy === null ? sql`` : sql`and f.answered_by = ${answeredBy}`}
    order by f.at desc, f.mention_id desc limit ${limit + 1}`)
}
