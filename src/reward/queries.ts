import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { newId } from '../domain/id.ts'
import type { Rank } from '../people/ranks.ts'
import type { Earned, Standing } from './reward.ts'

export type NewEntry = {
  memberId: string
  replyId: string
  cause: string
  points: number
  reason: string
  key: string
  weights: string
}

/** Holds members in the order of their ids, so that awards to the same people follow one another and never in a ring. */
export async function lockMembers(tx: BrandTx, memberIds: readonly string[]): Promise<void> {
  await tx.execute(
    sql`select 1 from member where id = any(${textArray(memberIds)}::uuid[]) order by id for no key update`,
  )
}

/** What replies have earned so far; their members are locked, so that nothing is added meanwhile. */
export async function earnedBy(
  tx: BrandTx,
  replies: readonly { replyId: string; memberId: string }[],
): Promise<Map<string, Earned>> {
  if (replies.length === 0) return new Map()
  const rows = await tx.execute<{ reply_id: string; earned: Earned }>(sql`
    select reply_id, jsonb_object_agg(cause, points) as earned from (
      select reply_id, cause, sum(points)::int as points from ledger
      where member_id = any(${textArray(replies.map(({ memberId }) => memberId))}::uuid[])
        and reply_id = any(${textArray(replies.map(({ replyId }) => replyId))}::uuid[])
      group by 1, 2) as sums
    group by 1`)
  return new Map(rows.map((row) => [row.reply_id, row.earned]))
}

/** What the answered post of an entry `t` asked for, by the decision that held when it was answered. */
const ASKED_OF = sql`
  left join reply r on r.id = t.reply_id
  left join lateral (
    select nullif(d.facts->>'language', 'und') as language,
      array(select json_array_elements_text(
        case json_typeof(d.action->'skills') when 'array' then d.action->'skills' else '[]' end)) as skills
    from decision d where d.mention_id = r.mention_id and d.at <= r.requested_at order by d.at desc, d.id desc limit 1
  ) asked on true`

/**
 * Writes entries of the ledger and raises balances by what was really written, in one statement (I6): an entry whose
 * key is there already changes nothing.
 * @returns keys of those that were new
 */
export async function writeEntries(tx: BrandTx, entries: readonly NewEntry[], at: Date): Promise<Set<string>> {
  if (entries.length === 0) return new Set()
  const rows = entries.map(({ memberId, replyId, ...rest }) => ({
    ...rest,
    ...{ id: newId(at.getTime()), member_id: memberId, reply_id: replyId },
  }))
  const written = await tx.execute<{ key: string }>(sql`
    with written as (
      insert into ledger (id, member_id, reply_id, cause, points, reason, key, weights, at, language, skills)
      select t.*, ${at.toISOString()}::timestamptz, asked.language, coalesce(asked.skills, '{}')
      from jsonb_to_recordset(${asRows(rows)}) as t(id uuid, member_id uuid,
        reply_id uuid, cause text, points int, reason text, key text, weights text) ${ASKED_OF}
      on conflict on constraint ledger_key do nothing
      returning member_id, points, key
    ), raised as (
      update member set points = member.points + gained.points
      from (select member_id, sum(points)::int as points from written group by 1) as gained
      where member.id = gained.member_id
    )
    select key from written`)
  return new Set(written.map(({ key }) => key))
}

export async function standings(tx: BrandTx, memberIds: readonly string[]): Promise<(Standing & { id: string })[]> {
  return tx.execute<Standing & { id: string }>(sql`
    select m.id, m.points, m.rank, m.granted_rank as granted, (select count(*)::int from reply
      where user_id = m.user_id and member_id = m.id and outcome = 'thanked' and state <> 'taken-back') as thanked
    from member m where m.id = any(${textArray(memberIds)}::uuid[])`)
}

export async function setRanks(tx: BrandTx, ranks: readonly { id: string; rank: Rank }[]): Promise<void> {
  if (ranks.length === 0) return
  await tx.execute(sql`
    update member set rank = t.rank from jsonb_to_recordset(${asRows(ranks)}) as t(id uuid, rank text)
    where member.id = t.id`)
}
