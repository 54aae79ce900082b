import { sql } from 'drizzle-orm'
import type { BrandTx, Db } from '../db/client.ts'
import { RANKS } from '../db/schema/people.ts'
import type { MemberProfile } from '../domain/member.ts'
import type { Role, Standing } from '../domain/roles.ts'
import type { Membership } from '../http/access.ts'

type ProfileRow = {
  id: string
  name: string
  languages: string[]
  capacity: number
  load: number
  paused: boolean
  quiet: MemberProfile['quiet']
  rank: (typeof RANKS)[number]
  skills: MemberProfile['skills'] | null
  handles: MemberProfile['handles'] | null
}

/** Everyone of the brand whom matching may consider, in one query whatever their number. */
export async function memberProfiles(tx: BrandTx): Promise<MemberProfile[]> {
  const rows = await tx.execute<ProfileRow>(sql`
    select m.id, m.name, m.languages, m.capacity, m.load, m.paused, m.quiet, m.rank, s.skills, a.handles
    from member m
    join membership p on p.user_id = m.user_id and p.role = 'member' and p.standing <> 'suspended'
    left join lateral (
      select jsonb_agg(jsonb_build_object('skill', skill, 'level', level)) as skills from member_skill where member_id = m.id
    ) s on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('network', network, 'handle', handle)) as handles
      from linked_account where member_id = m.id
    ) a on true
    order by m.id`)
  return rows.map(({ skills, handles, rank, ...row }) => ({
    ...row,
    rank: RANKS.indexOf(rank),
    skills: skills ?? [],
    handles: handles ?? [],
  }))
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

/** Every brand and role of a person; asked when a session is opened, across brands. */
export async function membershipsOf(db: Db, userId: string): Promise<Membership[]> {
  const rows = await db.execute<{
    brand_id: string
    brand_name: string
    role: Role
    standing: Standing
    member_id: string | null
  }>(sql`
    select p.brand_id, b.name as brand_name, p.role, p.standing, m.id as member_id
    from membership p join brand b on b.id = p.brand_id
    left join member m on m.brand_id = p.brand_id and m.user_id = p.user_id and p.role = 'member'
    where p.user_id = ${userId} order by b.name, p.role`)
  return rows.map((row) => ({
    brandId: row.brand_id,
    brandName: row.brand_name,
    role: row.role,
    standing: row.standing,
    memberId: row.member_id,
  }))
}
