import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { REFERENCE, type Scope, type Span } from './report.ts'

export type AnsweredBy = 'community' | 'staff' | 'none'

type Counts = { total: number; answered: number; median: number | null }
export type Figures = {
  total: Counts & { community: number; staff: number; p90: number | null; due: number; in_time: number }
  networks: (Counts & { network: string })[]
  time_zone: string
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
  taken_back as materialized (
    select data->>'replyId' as reply_id from event where kind = 'reply.taken-back' and at >= ${sinceAt.toISOString()}
  ),
  sent as (
    select distinct on (mention_id) mention_id, at, data from event
    where kind = 'reply.sent' and at >= ${sinceAt.toISOString()}
      and not exists (select 1 from taken_back t where t.reply_id = data->>'replyId')
    order by mention_id, id
  ),
  ignored as (
    select distinct on (mention_id) mention_id, data->>'reason' as reason from event i
    where kind = 'mention.ignored' and at >= ${sinceAt.toISOString()}
      -- A person may have taken it up since.
      and not exists (select 1 from event o where o.mention_id = i.mention_id and o.id > i.id
        and o.kind in ('mention.waiting', 'mention.offered', 'mention.escalated'))
    order by mention_id, id desc
  ),
  withdrawn as (
    select mention_id, min(at) as at from event
    where kind = 'mention.withdrawn' and at >= ${sinceAt.toISOString()} group by mention_id
  ),
  fate as materialized (
    select r.mention_id, r.at, r.data->>'network' as network, (r.data->>'addressed')::boolean as addressed,
      case
        when (r.data->>'followUp')::boolean then 'follow-up'
        when w.at < coalesce(s.at, 'infinity') then 'withdrawn'
        when s.at is null and i.mention_id is not null then 'ignored'
        else 'counted'
      end as fate,
      i.reason, coalesce(s.data->>'by', 'none') as answered_by,
      coalesce((s.data->>'minutes')::float8, extract(epoch from s.at - r.at)::float8 / 60) as minutes
    from received r
    left join sent s on s.mention_id = r.mention_id
    left join ignored i on i.mention_id = r.mention_id
    left join withdrawn w on w.mention_id = r.mention_id
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
    period as (${PERIODS[span.step].all(span)}),
    -- Told apart by equality: joined by "between", 100 000 mentions and 25 days took 2.0 s instead of 0.3 s.
    told as (
      select ${PERIODS[span.step].of(span)} as starts, count(*) as total,
        count(*) filter (where answered_by = 'community') as community, count(*) filter (where answered_by = 'staff') as staff
      from counted, brand group by 1)
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
        select p.starts, p.ends, coalesce(t.total, 0) as total, coalesce(t.community, 0) as community,
          coalesce(t.staff, 0) as staff
        from period p left join told t on t.starts = p.starts) t) as series,
      (select coalesce(jsonb_agg(t order by t.count desc, t.what), '[]') from (
        select case fate
            when 'follow-up' then 'follow-ups to answers of ours'
            when 'ignored' then 'ignored: ' || coalesce(reason, 'no reason given')
            when 'withdrawn' then 'deleted before an answer'
            else case when addressed then 'name a handle' else 'do not name a handle' end
          end as what, count(*) as count
        from fate f where not (${IN_SCOPE[scope]}) group by 1) t) as not_counted, (select time_zone from brand) as time_zone`)
  return row! // a select without FROM is one row
}

/** The steps of a series: `all` of a span, and the one that an instant `at` is `of`. Both in the brand's time zone. */
const PERIODS: Record<Span['step'], { all: (span: Span) => SQL; of: (span: Span) => SQL }> = {
  // In real time: the hour that the clocks go through twice is there twice.
  hour: {
    all: (span) => sql`
      select starts, starts + interval '1 hour' as ends from brand,
        generate_series(${firstHour(span)}, ${lastMoment(span)}, interval '1 hour') as starts`,
    of: (span) => sql`date_bin(interval '1 hour', at, ${firstHour(span)})`,
  },
  // As long as the brand's clock makes them, 23 to 25 hours.
  day: {
    all: (span) => sql`
      select day at time zone time_zone as starts, (day + interval '1 day') at time zone time_zone as ends from brand,
        generate_series(date_trunc('day', ${span.from.toISOString()}::timestamptz at time zone time_zone),
          ${lastMoment(span)} at time zone time_zone, interval '1 day') as day`,
    of: () => sql`date_trunc('day', at at time zone time_zone) at time zone time_zone`,
  },
}
const firstHour = ({ from }: Span) => sql`date_trunc('hour', ${from.toISOString()}::timestamptz, time_zone)`
const lastMoment = ({ to }: Span) => sql`(${to.toISOString()}::timestamptz - interval '1 millisecond')`

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
