import { type SQL, sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import type { Badge, BadgeSettings } from '../../domain/badges.ts'
import { DAY } from '../../domain/clock.ts'
import { versionOf } from '../../people/brand/part.ts'
import { NO_CORRECTION } from '../points/queries.ts'

/** The part of the brand's settings that says which badges are given. */
export const BADGES_PART = sql`coalesce(settings->'badges', 'null')`

/** So long back `reliable` looks. */
const RELIABLE_FOR = 30 * DAY

export async function badgeSettings(tx: BrandTx): Promise<{ settings: BadgeSettings | undefined; version: string }> {
  const [row] = await tx.execute<{ settings: BadgeSettings | null; version: string }>(
    sql`select settings->'badges' as settings, ${versionOf(BADGES_PART)} as version from brand`,
  )
  const { settings, version } = row! // no transaction without a brand
  return { settings: settings ?? undefined, version }
}

const RULES_OF_BRAND = sql`
  select r.key as badge, (r.value->>'needs')::int as needs
  from brand, jsonb_each(coalesce(settings->'badges', '{}')) r where (r.value->>'on')::boolean`

/**
 * How far members are towards each badge of `rule (badge, needs)`, as `met (member_id, badge, skill, have, replies)`; all
 * of it from entries of thanks in the ledger that still stand. `whose` says of which members, of entries `l`. Each entry is
 * read once: as an anti-join, tables that nobody had analysed yet took 25 s for a member of 3,000 thanks.
 */
const towards = (whose: SQL, at: Date): SQL => {
  const since = new Date(at.getTime() - RELIABLE_FOR).toISOString()
  return sql`
  answers as materialized (
    select l.member_id, l.reply_id, min(l.language) as language, min(l.skills) as skills,
      max(l.at) filter (where l.cause = 'thanked') as at, bool_or(l.cause <> 'thanked') as bad
    from ledger l where l.cause in ('thanked', 'complained', 'taken-back') and ${NO_CORRECTION} and ${whose} and exists (select 1 from rule)
    group by 1, 2
  ), good as materialized (select * from answers where at is not null and not bad
  ), met as materialized (
    select member_id, 'thanked' as badge, '' as skill, count(*)::int as have, array_agg(reply_id) as replies
    from good group by 1
    union all
    select g.member_id, 'specialist', k.skill, count(*)::int, array_agg(g.reply_id)
    from good g cross join lateral unnest(g.skills) as k(skill) group by 1, 3
    union all
    select g.member_id, 'versatile', '', count(distinct k.skill)::int, array_agg(distinct g.reply_id)
    from good g cross join lateral unnest(g.skills) as k(skill) group by 1
    union all
    select member_id, 'polyglot', '', count(distinct language)::int, array_agg(reply_id)
    from good where language is not null group by 1
    union all
    select g.member_id, 'reliable', '', g.have, g.replies
    from (select member_id, count(*)::int as have, array_agg(reply_id) as replies
      from good where at >= ${since} group by 1) g
    where not exists (select 1 from reply r join member m on m.user_id = r.user_id
      where m.id = g.member_id and r.member_id = m.id and r.requested_at >= ${since}
        and (r.outcome = 'complained' or r.state in ('taking-back', 'taken-back')))
  ), due as (select m.* from met m join rule on rule.badge = m.badge and m.have >= rule.needs)`
}

export type Settled = { member_id: string; badge: Badge; skill: string; lost: boolean }

/**
 * Gives members the badges they have earned, and takes those of which an answer no longer stands and the others are not
 * enough, in one statement. Whoever holds one keeps it otherwise, so that it is given once. The members are locked.
 * @param memberIds null: all
 * @returns what changed
 */
export async function settle(tx: BrandTx, memberIds: readonly string[] | null, at: Date): Promise<Settled[]> {
  const whose = (column: SQL) =>
    memberIds === null ? sql`true` : sql`${column} = any(${textArray(memberIds)}::uuid[])`
  return tx.execute<Settled>(sql`
    with rule as (${RULES_OF_BRAND}), ${towards(whose(sql`l.member_id`), at)},
    bad as materialized (select member_id, reply_id from answers where bad), shaken as (
      select h.member_id, h.badge, h.skill, d.replies
      from member_badge h left join due d on (d.member_id, d.badge, d.skill) = (h.member_id, h.badge, h.skill)
      where h.lost_at is null and ${whose(sql`h.member_id`)} and h.badge in (select badge from rule)
        and exists (select 1 from bad where bad.member_id = h.member_id and bad.reply_id = any(h.reply_ids))
    ), moved as (
      update member_badge h set reply_ids = coalesce(s.replies, h.reply_ids),
        lost_at = case when s.replies is null then ${at.toISOString()}::timestamptz end
      from shaken s where (h.member_id, h.badge, h.skill) = (s.member_id, s.badge, s.skill)
      returning h.member_id, h.badge, h.skill, h.lost_at
    ), given as (
      insert into member_badge as h (member_id, badge, skill, reply_ids, given_at)
      select d.member_id, d.badge, d.skill, d.replies, ${at.toISOString()}::timestamptz from due d
      where not exists (select 1 from member_badge k
        where (k.member_id, k.badge, k.skill) = (d.member_id, d.badge, d.skill) and k.lost_at is null)
      on conflict (member_id, badge, skill) do update
        set reply_ids = excluded.reply_ids, given_at = excluded.given_at, lost_at = null where h.lost_at is not null
      returning h.member_id, h.badge, h.skill
    )
    select member_id, badge, skill, false as lost from given
    union all select member_id, badge, skill, true from moved where lost_at is not null
    order by 1, 2, 3`)
}

/** Holds everybody who may have earned one, in the order of their ids, as awards do. */
export const lockThanked = (tx: BrandTx) =>
  tx.execute(sql`
    select 1 from member where id in (select member_id from ledger where cause = 'thanked') order by id for no key update`)

export type Progress = { badge: Badge; skill: string; have: number }

/** How far one member is towards every badge the brand gives; nothing towards it: no row. */
export const progressOf = (tx: BrandTx, memberId: string, at: Date): Promise<Progress[]> =>
  tx.execute<Progress>(sql`
    with rule as (${RULES_OF_BRAND}), ${towards(sql`l.member_id = ${memberId}::uuid`, at)}
    select badge, skill, have from met where have > 0 and badge in (select badge from rule) order by have desc, skill`)

export const heldBy = (tx: BrandTx, memberId: string) =>
  tx.execute<{ badge: Badge; skill: string; at: string }>(sql`
    select badge, skill, given_at as at from member_badge where member_id = ${memberId} and lost_at is null
    order by given_at, skill`)

/** How many members hold each. */
export async function holders(tx: BrandTx): Promise<Map<Badge, number>> {
  const rows = await tx.execute<{ badge: Badge; n: number }>(sql`
    select badge, count(distinct member_id)::int as n from member_badge where lost_at is null group by 1`)
  return new Map(rows.map(({ badge, n }) => [badge, n]))
}

/** Who would be given a badge now if it asked for so much: how many, and the first by name. */
export async function wouldHold(tx: BrandTx, badge: Badge, needs: number, at: Date, limit: number) {
  const rows = await tx.execute<{ name: string; of: number }>(sql`
    with rule as (select * from jsonb_to_recordset(${asRows([{ badge, needs }])}) as r(badge text, needs int)),
      ${towards(sql`true`, at)}
    select m.name, count(*) over ()::int as of from member m where m.id in (select member_id from due)
    order by m.name, m.id limit ${limit}`)
  return { members: rows[0]?.of ?? 0, names: rows.map(({ name }) => name) }
}
