import { sql } from 'drizzle-orm'
import type { BrandTx, Db } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { RANKS } from '../db/schema/people.ts'
import type { MemberProfile } from '../domain/member.ts'
import type { Role, Standing } from '../domain/roles.ts'
import type { Membership } from '../http/access.ts'
import { worthAt } from './decay.ts'
import { fitOf } from './fit-belief.ts'
import { communityRates, HABIT_HALF_LIFE, paceOf } from './hours.ts'
import { asTaken, type TakenRow, takenLately } from './taken.ts'
import { hadTheirShare, NO_LIMITS, restingUntil, type Welfare } from './welfare.ts'

type ProfileRow = {
  id: string
  name: string
  languages: string[]
  capacity: number
  load: number
  paused: boolean
  quiet: MemberProfile['quiet']
  rank: (typeof RANKS)[number]
  skills: string[] | null
  levels: number[] | null
  good: number[] | null
  bad: number[] | null
  accepted: number[] | null
  hours: number[] | null
  claims: number[] | null
  open: number[] | null
  handles: MemberProfile['handles'] | null
  welfare: Welfare | null
  taken: TakenRow[] | null
}

/**
 * Everyone of the brand whom matching may consider, with what is believed of them, in one query whatever their number.
 * @param at evidence counts as much as it still does by then
 * @param some these alone, as far as they are there, beside what is known of the community
 */
export async function memberProfiles(
  tx: BrandTx,
  at: Date,
  some?: { ids: readonly string[]; community: Float32Array },
): Promise<MemberProfile[]> {
  const rows = await tx.execute<ProfileRow>(sql`
    select m.id, m.name, m.languages, m.capacity, m.load, m.paused, m.quiet, m.rank, s.skills, s.levels, s.good, s.bad, s.accepted,
      r.hours, r.claims, r.open, a.handles, m.welfare,
      case when m.welfare is not null then (${takenLately(sql`m.id`, at)}) end as taken
    from member m
    join membership p on p.user_id = m.user_id and p.role = 'member' and p.standing in ('probation', 'trusted')
    left join lateral (
      select array_agg(k.skill) as skills, array_agg(k.level) as levels,
        array_agg(coalesce(e.good, 0)) as good, array_agg(coalesce(e.bad, 0)) as bad,
        array_agg(coalesce(e.accepted + e.corrected, 0)) as accepted
      from member_skill k left join skill_evidence e on e.member_id = k.member_id and e.skill = k.skill
      where k.member_id = m.id
    ) s on true
    left join response_hours r on r.member_id = m.id
    left join lateral (
      select jsonb_agg(jsonb_build_object('network', network, 'handle', handle,
        'id', case when instance = network then remote_id end)) as handles
      from linked_account where member_id = m.id
    ) a on true
    where ${some ? sql`m.id = any(${textArray(some.ids)}::uuid[])` : sql`true`}
    order by m.id`)
  const cells = rows.map((row) => cellsNow(row, at))
  const community = some?.community ?? communityRates(cells)
  return rows.map((row, place) => {
    const { id, name, languages, capacity, load, paused, quiet } = row
    const own = cells[place]! // one for each row
    return {
      ...{ id, name, languages, capacity, load, paused, quiet },
      rank: RANKS.indexOf(row.rank),
      skills: skillsNow(row, at),
      handles: row.handles ?? [],
      response: { community, pace: paceOf(own, community), own },
      ...limitsNow(row, at),
    }
  })
}

/** When members claim what they are offered, all together, as it still counts by then. */
export async function communityAt(tx: BrandTx, at: Date): Promise<Float32Array> {
  const [row] = await tx.execute<Pick<ProfileRow, 'hours' | 'claims' | 'open'>>(sql`
    select array_agg(hour) as hours, array_agg(claims) as claims, array_agg(open) as open from (
      select hour, sum(claim) as claims, sum(stood) as open
      from response_hours, unnest(hours, claims, open) as cell(hour, claim, stood) group by hour
    ) as together`)
  return communityRates(row ? [cellsNow(row, at)] : [])
}

function limitsNow({ welfare, taken }: ProfileRow, at: Date): Pick<MemberProfile, 'restingUntil' | 'onlyCalm'> {
  if (!welfare) return {}
  const [limits, known] = [{ ...NO_LIMITS, ...welfare }, asTaken(taken)]
  return { restingUntil: restingUntil(limits, known, at), onlyCalm: hadTheirShare(limits, known, at) }
}

function skillsNow({ skills, levels, good, bad, accepted, rank }: ProfileRow, at: Date): MemberProfile['skills'] {
  return (skills ?? []).map((skill, place) => {
    const level = levels![place]! // aggregated from the same rows, as are the others
    const evidence = { good: good![place]!, bad: bad![place]! }
    return { skill, level, ...fitOf({ level, rank: RANKS.indexOf(rank) }, evidence, at), accepted: accepted![place]! }
  })
}

/** Members of whom nothing has been seen yet share one. */
const NOTHING = new Float32Array(0)

function cellsNow({ hours, claims, open }: Pick<ProfileRow, 'hours' | 'claims' | 'open'>, at: Date): Float32Array {
  if (!hours) return NOTHING
  const cells = new Float32Array(3 * hours.length)
  for (const [place, hour] of hours.entries())
    cells.set(
      [hour, worthAt(claims![place]!, at, HABIT_HALF_LIFE), worthAt(open![place]!, at, HABIT_HALF_LIFE)],
      3 * place,
    )
  return cells
}

/** The member a user is at the brand of the transaction, or null. */
export async function memberOfUser(
  tx: BrandTx,
  userId: string,
): Promise<{ id: string; name: string; rank: (typeof RANKS)[number] } | null> {
  const [row] = await tx.execute<{ id: string; name: string; rank: (typeof RANKS)[number] }>(
    sql`select id, name, rank from member where user_id = ${userId}`,
  )
  return row ?? null
}

/** Every brand and role of a person, but where they are banned; asked when a session is opened, across brands. */
export async function membershipsOf(db: Db, userId: string): Promise<Membership[]> {
  const rows = await db.execute<{
    brand_id: string
    brand_name: string
    role: Role
    standing: Standing
    member_id: string | null
    needs_two_factor: boolean
  }>(sql`
    select p.brand_id, b.name as brand_name, p.role, p.standing, m.id as member_id,
      p.role in ('staff', 'admin') and coalesce((b.settings -> 'twoFactorRequired')::boolean, false) as needs_two_factor
    from membership p join brand b on b.id = p.brand_id
    left join member m on m.brand_id = p.brand_id and m.user_id = p.user_id and p.role = 'member'
    where p.user_id = ${userId} and p.standing <> 'banned' order by b.name, p.role`)
  return rows.map((row) => ({
    brandId: row.brand_id,
    brandName: row.brand_name,
    role: row.role,
    standing: row.standing,
    memberId: row.member_id,
    needsTwoFactor: row.needs_two_factor,
  }))
}
