import { sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx, Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'
import type { OfferWhy } from '../db/schema/offer.ts'

/** A mention that waits for a taker, with what its decision asked for. */
export type Waiting = {
  id: string
  network: string
  authorHandle: string
  language: string | null
  skills: { skill: string; weight: number }[]
  minimumRank: number
  wave: number
  handOverAt: Date
  /** Members who passed on it or let it lapse. */
  passed: string[]
  /** Of staff, for whoever takes it after a hand-back. */
  guidance: string | null
}

type WaitingRow = {
  id: string
  network: string
  author_handle: string
  language: string | null
  found: { skill: string; weight: number }[] | null
  action: { skills?: string[]; minimumRank?: number; guidance?: string } | null
  wave: number
  hand_over_at: string
  passed: string[] | null
}

/** Locks waiting mentions of a page; those another worker is matching are left to it. */
export async function lockWaiting(tx: BrandTx, ids: readonly string[]): Promise<Waiting[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<WaitingRow>(sql`${KEPT}
    select m.id, m.network, m.author_handle, c.language, c.result -> 'skills' as found, d.action, m.wave, m.hand_over_at,
      (select array_agg(member_id) from offer where mention_id = m.id and state in ('passed', 'expired')) as passed
    from mention m
    left join classification c on c.mention_id = m.id
    left join lateral (select action from decision where mention_id = m.id order by at desc, id desc limit 1) d on true
    where m.id = any(${textArray(ids)}::uuid[]) and m.state = 'triaged'
    order by m.id for update of m skip locked`)
  return rows.map((row) => {
    const asked = row.action?.skills ?? []
    return {
      id: row.id,
      network: row.network,
      authorHandle: row.author_handle,
      language: row.language === 'und' ? null : row.language,
      skills: asked.map((skill) => ({ skill, weight: row.found?.find((one) => one.skill === skill)?.weight ?? 1 })),
      minimumRank: row.action?.minimumRank ?? 0,
      wave: row.wave,
      handOverAt: new Date(row.hand_over_at),
      passed: row.passed ?? [],
      guidance: row.action?.guidance ?? null,
    }
  })
}

export type Candidate = {
  id: string
  mentionId: string
  memberId: string
  nth: number
  why: OfferWhy
  guidance: string | null
}

/**
 * Offers a page of mentions in one statement, exact under racing workers: members that have room are locked in the
 * order of their ids (two workers cannot deadlock), the offer is inserted first, and the load rises by what was
 * really inserted. Bumping the load first leaks places; reading it beforehand overfills members.
 * @returns the offers that stand; whoever is not among them had no room left
 */
export async function deliver(
  tx: BrandTx,
  candidates: readonly Candidate[],
  at: Date,
  expiresAt: Date,
): Promise<{ mentionId: string; memberId: string }[]> {
  if (candidates.length === 0) return []
  const rows = asColumns(candidates, {
    id: { type: 'uuid', of: (row) => row.id },
    mention_id: { type: 'uuid', of: (row) => row.mentionId },
    member_id: { type: 'uuid', of: (row) => row.memberId },
    nth: { type: 'int', of: (row) => row.nth },
    why: { type: 'json', of: (row) => row.why },
    guidance: { type: 'text', of: (row) => row.guidance },
  })
  const [now, until] = [at.toISOString(), expiresAt.toISOString()]
  // Named outright: taken from `candidate`, a database that has not yet counted its rows compares every member with
  // every candidate, which doubled what a page costs it.
  const memberIds = candidates.map(({ memberId }) => memberId)
  const made = await tx.execute<{ mention_id: string; member_id: string }>(sql`${KEPT}
    with candidate as (
      select * from ${rows}
    ), room as (
      select id, capacity - load as free from member
      where id = any(${textArray([...new Set(memberIds)])}::uuid[]) and load < capacity and not paused order by id for no key update
    ), pick as (
      select *, row_number() over (partition by member_id order by nth, mention_id) as place from candidate
    ), inserted as (
      insert into offer (id, mention_id, member_id, state, why, guidance, offered_at, expires_at)
      select p.id, p.mention_id, p.member_id, 'open', p.why, p.guidance, ${now}, ${until}
      from pick p join room r on r.id = p.member_id where p.place <= r.free
      on conflict on constraint offer_once do update
        set state = 'open', why = excluded.why, guidance = excluded.guidance, offered_at = excluded.offered_at,
          expires_at = excluded.expires_at, closed_at = null, pass_reason = null
        where offer.state in ('taken', 'expired')
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

/** Waiting mentions to look at again, the longest waiting first; across brands, for the sweep. */
export async function waitingSince(db: Db, before: Date, limit: number): Promise<{ brandId: string; id: string }[]> {
  const rows = await db.execute<{ brand_id: string; id: string }>(sql`
    select brand_id, id from mention where state = 'triaged' and state_at < ${before.toISOString()} order by state_at limit ${limit}`)
  return rows.map((row) => ({ brandId: row.brand_id, id: row.id }))
}
