import { sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx, Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'
import type { OfferWhy } from '../db/schema/offer.ts'
import { isAngry } from '../people/welfare.ts'
import { weighted } from './need.ts'
import type { Seeking } from './offers.ts'

/** A mention that waits for a taker, with what its decision asked for. */
export type Waiting = Seeking & {
  /** Judged on this very page: nobody has looked for anybody yet. */
  fresh: boolean
  /** It answers another post: somebody may have answered in its thread before. */
  inThread: boolean
  /** Of staff, for whoever takes it after a hand-back. */
  guidance: string | null
  /** The version whose rules decided it last, whatever people decided since; null: rules never did, the one in force counts. */
  policyVersion: number | null
}

type WaitingRow = {
  id: string
  network: string
  author_id: string
  author_handle: string
  author_followers: number | null
  language: string | null
  found: { skill: string; weight: number }[] | null
  anger: number | null
  needs_expert: number | null
  flags: string[] | null
  action: { skills?: string[]; minimumRank?: number; guidance?: string } | null
  wave: number
  hand_over_at: string
  passed: string[] | null
  policy_version: number | null
  in_thread: boolean
}

/** No storm that lasts keeps it from members (R8). */
const NOT_HELD = sql`not exists (select 1 from storm s where s.id = m.storm_id and s.ended_at is null)`

/** Locks waiting mentions of a page; those another worker is matching are left to it. */
export async function lockWaiting(tx: BrandTx, ids: readonly string[]): Promise<Waiting[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<WaitingRow>(sql`${KEPT}
    select m.id, m.network, m.author_id, m.author_handle, m.author_followers, c.language, c.result -> 'skills' as found, c.anger,
      (c.result ->> 'needsExpert')::real as needs_expert, c.result -> 'flags' as flags, d.action, m.wave, m.hand_over_at,
      m.parent_id is not null as in_thread,
      (select policy_version from decision where mention_id = m.id and policy_version is not null
        order by at desc, id desc limit 1) as policy_version,
      (select array_agg(member_id) from offer where mention_id = m.id and state in ('passed', 'expired')) as passed
    from mention m
    left join classification c on c.mention_id = m.id
    left join lateral (select action from decision where mention_id = m.id order by at desc, id desc limit 1) d on true
    where m.id = any(${textArray(ids)}::uuid[]) and m.state = 'triaged' and ${NOT_HELD}
    order by m.id for update of m skip locked`)
  return rows.map((row) => ({
    id: row.id,
    need: {
      language: row.language === 'und' ? null : row.language,
      skills: weighted(row.action?.skills ?? [], row.found ?? []),
      minimumRank: row.action?.minimumRank ?? 0,
      author: { network: row.network, handle: row.author_handle, id: row.author_id },
      passed: row.passed ?? [],
      blocked: [],
      angry: isAngry(row.anger),
      answered: [],
    },
    stakes: {
      anger: row.anger,
      needsExpert: row.needs_expert,
      flags: row.flags ?? [],
      followers: row.author_followers,
    },
    ...{ wave: row.wave, fresh: false, inThread: row.in_thread, guidance: row.action?.guidance ?? null },
    policyVersion: row.policy_version,
    handOverAt: new Date(row.hand_over_at),
  }))
}

/**
 * Members who answered before in the threads of these mentions: the post replied to, the one the thread began with, or
 * our own reply that is replied to, in any of its posts.
 * @returns by mention
 */
export async function answeredBefore(tx: BrandTx, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.execute<{ id: string; members: string[] }>(sql`${KEPT}
    select m.id, array_agg(distinct r.member_id) as members
    from mention m cross join lateral (
      select r.member_id from mention above join reply r on r.mention_id = above.id
      where above.brand_id = m.brand_id and above.network = m.network and above.instance = m.instance
        and above.native_id in (m.parent_id, m.root_id) and r.state = 'sent'
      union all
      select r.member_id from reply r
      where r.brand_id = m.brand_id and r.network = m.network and r.instance = m.instance
        and r.remote_id in (m.parent_id, m.root_id) and r.state = 'sent'
      union all
      select r.member_id from reply_part p join reply r on r.id = p.reply_id
      where p.brand_id = m.brand_id and p.network = m.network and p.instance = m.instance
        and p.remote_id = m.parent_id and r.state = 'sent'
    ) r
    where m.id = any(${textArray(ids)}::uuid[]) and m.parent_id is not null and r.member_id is not null
    group by m.id`)
  return new Map(rows.map(({ id, members }) => [id, members]))
}

/** Members who muted or blocked the authors of these mentions (F7). @returns by mention */
export async function avoidedBy(tx: BrandTx, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.execute<{ id: string; members: string[] }>(sql`${KEPT}
    select m.id, array_agg(a.member_id) as members from mention m
    join avoided_author a on (a.brand_id, a.network, a.instance, a.author_id) = (m.brand_id, m.network, m.instance, m.author_id)
    where m.id = any(${textArray(ids)}::uuid[]) group by m.id`)
  return new Map(rows.map(({ id, members }) => [id, members]))
}

/** Everybody who was ever offered one of these mentions. */
export async function takersOf(tx: BrandTx, mentionIds: readonly string[]): Promise<string[]> {
  if (mentionIds.length === 0) return []
  const rows = await tx.execute<{ member_id: string }>(sql`
    select distinct member_id from offer where mention_id = any(${textArray(mentionIds)}::uuid[])`)
  return rows.map(({ member_id }) => member_id)
}

/** What members hold now. */
export async function loadsOf(tx: BrandTx, ids: readonly string[]): Promise<{ id: string; load: number }[]> {
  if (ids.length === 0) return []
  return tx.execute<{ id: string; load: number }>(sql`${KEPT}
    select id, load from member where id = any(${textArray(ids)}::uuid[])`)
}

export type Candidate = {
  id: string
  /** Of a mention that was never offered to anybody: judged by this very transaction, which holds it. */
  fresh: boolean
  mentionId: string
  memberId: string
  nth: number
  why: OfferWhy
  guidance: string | null
  expiresAt: Date
}

/** Whoever was offered a mention before may be again. A row that may conflict is written in two steps, so that it is asked for only where it can. */
const REOPENING = sql`
  on conflict on constraint offer_once do update
    set state = 'open', why = excluded.why, guidance = excluded.guidance, offered_at = excluded.offered_at,
      expires_at = excluded.expires_at, closed_at = null, pass_reason = null, snoozed_until = null
    where offer.state in ('taken', 'expired', 'withdrawn')`

/**
 * Offers a page of mentions in one statement, exact under racing workers: members that have room are locked in the
 * order of their ids (two workers cannot deadlock), the offer is inserted first, and the load rises by what was
 * really inserted. Bumping the load first leaks places; reading it beforehand overfills members.
 * @param patience `skip` for a transaction that holds members already: whoever another one holds then has no room, for
 *   members locked in two goes are in no order
 * @returns the offers that stand; whoever is not among them had no room left
 */
export async function deliver(
  tx: BrandTx,
  candidates: readonly Candidate[],
  at: Date,
  patience: 'wait' | 'skip' = 'wait',
): Promise<{ mentionId: string; memberId: string }[]> {
  if (candidates.length === 0) return []
  const rows = asColumns(candidates, {
    id: { type: 'uuid', of: (row) => row.id },
    mention_id: { type: 'uuid', of: (row) => row.mentionId },
    member_id: { type: 'uuid', of: (row) => row.memberId },
    nth: { type: 'int', of: (row) => row.nth },
    why: { type: 'json', of: (row) => row.why },
    guidance: { type: 'text', of: (row) => row.guidance },
    expires_at: { type: 'timestamptz', of: (row) => row.expiresAt },
  })
  const now = at.toISOString()
  // Named outright: taken from `candidate`, a database that has not yet counted its rows compares every member with
  // every candidate, which doubled what a page costs it.
  const memberIds = candidates.map(({ memberId }) => memberId)
  const made = await tx.execute<{ mention_id: string; member_id: string }>(sql`${KEPT}
    with candidate as (
      select * from ${rows}
    ), room as (
      select id, capacity - load as free from member
      where id = any(${textArray([...new Set(memberIds)])}::uuid[]) and load < capacity and not paused order by id for no key update ${patience === 'skip' ? sql`skip locked` : sql``}
    ), pick as (
      select *, row_number() over (partition by member_id order by nth, mention_id) as place from candidate
    ), inserted as (
      insert into offer (id, mention_id, member_id, state, why, guidance, offered_at, expires_at)
      select p.id, p.mention_id, p.member_id, 'open', p.why, p.guidance, ${now}, p.expires_at
      from pick p join room r on r.id = p.member_id where p.place <= r.free
      ${candidates.every(({ fresh }) => fresh) ? sql`` : REOPENING}
      returning mention_id, member_id
    ), loaded as (
      update member set load = load + n
      from (select member_id, count(*)::int as n from inserted group by 1) as gained where member.id = gained.member_id
    )
    select mention_id, member_id from inserted`)
  return made.map((row) => ({ mentionId: row.mention_id, memberId: row.member_id }))
}

/** Where the mentions of a page went; they are locked by this transaction, so nothing races it. */
export async function settlePage(
  tx: BrandTx,
  rows: readonly { id: string; state: string; wave: number }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  const to = asColumns(rows, {
    id: { type: 'uuid', of: (row) => row.id },
    state: { type: 'text', of: (row) => row.state },
    wave: { type: 'smallint', of: (row) => row.wave },
  })
  await tx.execute(sql`${KEPT}
    update mention set state = t.state, wave = t.wave, state_at = ${at.toISOString()}, attempts = 0, trouble = null
    from ${to} where mention.id = t.id`)
}

/** Events after which somebody may have a place free who had none. */
const FREEING = [
  'member.changed',
  'mention.claimed',
  'mention.passed',
  'mention.returned',
  'mention.withdrawn',
  'reply.sent',
  'mention.escalated',
]

/** Waiting mentions last looked at before a place of their brand became free (M4), the longest waiting first. */
export async function waitingForPlace(db: Db, limit: number): Promise<{ brandId: string; id: string }[]> {
  const rows = await db.execute<{ brand_id: string; id: string }>(sql`
    select m.brand_id, m.id from brand b
    cross join lateral (
      select max(last.at) as at from unnest(${textArray(FREEING)}::text[]) as k(kind) cross join lateral (
        select at from event where brand_id = b.id and kind = k.kind order by at desc limit 1) last
    ) freed
    join mention m on m.brand_id = b.id and m.state = 'triaged' and m.state_at < freed.at and ${NOT_HELD}
    order by m.state_at limit ${limit}`)
  return rows.map((row) => ({ brandId: row.brand_id, id: row.id }))
}

/** Waiting mentions to look at again, the longest waiting first; across brands, for the sweep. */
export async function waitingSince(db: Db, before: Date, limit: number): Promise<{ brandId: string; id: string }[]> {
  const rows = await db.execute<{ brand_id: string; id: string }>(sql`
    select brand_id, id from mention m where state = 'triaged' and state_at < ${before.toISOString()} and ${NOT_HELD}
    order by state_at limit ${limit}`)
  return rows.map((row) => ({ brandId: row.brand_id, id: row.id }))
}
