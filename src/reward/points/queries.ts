import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import { type PointSettings, pointSettings } from '../../domain/points.ts'
import { versionOf } from '../../people/brand/part.ts'
import type { Rank } from '../../people/ranks.ts'
import type { Past } from './replay.ts'

/** The part of the brand's settings that says what earns points. */
export const POINTS_PART = sql`coalesce(settings->'points', 'null')`

/** Entries that set right what others of the ledger brought: they are no deeds, and fall into no week. */
export const NO_CORRECTION = sql`key not like 'weighed-anew:%'`

/** What the brand gives points for now. */
export async function weightsInForce(tx: BrandTx): Promise<PointSettings> {
  const [row] = await tx.execute<{ points: PointSettings | null }>(sql`select settings->'points' as points from brand`)
  return pointSettings(row?.points ?? null)
}

/** The same with the version that whoever changes it began from. */
export async function settingsWithVersion(tx: BrandTx): Promise<PointSettings & { version: string }> {
  const [row] = await tx.execute<{ points: PointSettings | null; version: string }>(
    sql`select settings->'points' as points, ${versionOf(POINTS_PART)} as version from brand`,
  )
  const { points, version } = row! // no transaction without a brand
  return { ...pointSettings(points), version }
}

const dayOf = (at: SQL): SQL => sql`to_char(${at} at time zone (select time_zone from brand), 'YYYY-MM-DD')`

/** How many answers of each member have earned for going out on a day of the brand's, those claimed here left out. */
export async function acceptedOn(
  tx: BrandTx,
  claims: readonly { memberId: string; key: string }[],
  at: Date,
): Promise<Map<string, number>> {
  const instant = at.toISOString()
  const rows = await tx.execute<{ member_id: string; n: number }>(sql`
    select member_id, count(*)::int as n from ledger
    where member_id = any(${textArray(claims.map(({ memberId }) => memberId))}::uuid[])
      and at > ${instant}::timestamptz - interval '2 days' and ${dayOf(sql`at`)} = ${dayOf(sql`${instant}::timestamptz`)}
      and cause = 'accepted' and points > 0 and ${NO_CORRECTION}
      and key <> all(${textArray(claims.map(({ key }) => key))}::text[])
    group by 1`)
  return new Map(rows.map(({ member_id, n }) => [member_id, n]))
}

/** Holds everybody, in the order of their ids, as awards do: whoever has nothing yet may be about to earn their first. */
export const lockMembers = (tx: BrandTx) => tx.execute(sql`select 1 from member order by id for no key update`)

/** A member with what they have, and every deed of theirs that the ledger knows, in its order. */
export type Earner = {
  id: string
  name: string
  points: number
  rank: Rank
  granted: Rank
  thanked: number
  past: readonly Past[]
}

const CHUNK = 500

/** Members who have entries, some hundreds at a time in the order of their ids. */
export async function* earners(tx: BrandTx): AsyncGenerator<Earner[]> {
  for (let last: string | null = null; ; ) {
    const chunk: Earner[] = [...(await earnersAfter(tx, last))]
    if (chunk.length > 0) yield chunk
    if (chunk.length < CHUNK) return
    last = chunk.at(-1)?.id ?? null
  }
}

const earnersAfter = (tx: BrandTx, last: string | null) =>
  tx.execute<Earner>(sql`
    with chunk as (
      select id, name, points, rank, granted_rank, user_id from member m
      where id > coalesce(${last}::uuid, '00000000-0000-0000-0000-000000000000')
        and exists (select 1 from ledger l where l.member_id = m.id)
      order by id limit ${CHUNK}
    )
    select c.id, c.name, c.points, c.rank, c.granted_rank as granted,
      (select count(*)::int from reply r where r.user_id = c.user_id and r.member_id = c.id
        and r.outcome = 'thanked' and r.state <> 'taken-back') as thanked,
      (select coalesce(jsonb_agg(jsonb_build_object('replyId', reply_id, 'cause', cause, 'points', points,
          'key', key, 'at', at, 'day', ${dayOf(sql`at`)}) order by at, id), '[]')
        from ledger l where l.member_id = c.id and reply_id is not null) as past
    from chunk c order by c.id`)
