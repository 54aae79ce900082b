import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { RANKS } from '../../db/schema/people.ts'
import type { Place } from '../../http/cursor.ts'
import { fitOf } from '../fit-belief.ts'
import type { SkilledMember } from './contract.ts'

type SkillRow = Omit<SkilledMember['skills'][number], 'fit'> & { good: number; bad: number }
type Row = Omit<SkilledMember, 'skills' | 'isMe'> & { userId: string; skills: SkillRow[]; joinedAt: string }

const MEMBER = sql`
  select m.id, m.user_id as "userId", m.name, p.standing, m.rank, m.granted_rank as granted, m.languages, m.capacity,
    m.load, m.paused, u.last_active_at as "lastActiveAt", m.joined_at as "joinedAt", coalesce((
      select jsonb_agg(jsonb_build_object('skill', k.skill, 'level', k.level, 'good', coalesce(e.good, 0),
        'bad', coalesce(e.bad, 0), 'accepted', coalesce(e.accepted, 0), 'thanked', coalesce(e.thanked, 0),
        'corrected', coalesce(e.corrected, 0), 'returned', coalesce(e.returned, 0),
        'complained', coalesce(e.complained, 0), 'passed', coalesce(e.passed, 0)) order by k.skill)
      from member_skill k left join skill_evidence e on e.member_id = k.member_id and e.skill = k.skill
      where k.member_id = m.id), '[]') as skills
  from member m join membership p on p.user_id = m.user_id and p.role = 'member' join auth_user u on u.id = m.user_id`

export type Shown = SkilledMember & { joinedAt: string }

function shown({ userId, skills, rank, lastActiveAt, ...row }: Row, me: string, now: Date): Shown {
  return {
    ...{ ...row, rank, joinedAt: iso(row.joinedAt), lastActiveAt: iso(lastActiveAt), isMe: userId === me },
    skills: skills.map(({ good, bad, ...skill }) => {
      const { alpha, beta } = fitOf({ level: skill.level, rank: RANKS.indexOf(rank) }, { good, bad }, now)
      return { ...skill, fit: alpha / (alpha + beta) }
    }),
  }
}

type Wanted = { q?: string | undefined; skill?: string | undefined; after: Place | null; limit: number }

/** Members of the brand, the newest first; `q` is part of a name, `skill` one that they declare. */
export async function membersPage(tx: BrandTx, me: string, { q, skill, after, limit }: Wanted, now: Date) {
  const part = q?.trim() ? `%${q.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : null
  const rows = await tx.execute<Row>(sql`${MEMBER}
    where ${part === null ? sql`true` : sql`m.name ilike ${part}`}
      and ${skill ? sql`exists (select 1 from member_skill where member_id = m.id and skill = ${skill})` : sql`true`}
      and ${after ? sql`m.id < ${after.id}::uuid` : sql`true`}
    order by m.id desc limit ${limit}`)
  return rows.map((row) => shown(row, me, now))
}

/** Null: nobody of the brand is this member. */
export async function oneMember(tx: BrandTx, me: string, id: string, now: Date): Promise<Shown | null> {
  const [row] = await tx.execute<Row>(sql`${MEMBER} where m.id::text = ${id}`)
  return row ? shown(row, me, now) : null
}

/** What the brand asks for: languages by their first tag, and skills. */
export async function offeredBy(tx: BrandTx): Promise<{ languages: string[]; skills: string[] }> {
  const [row] = await tx.execute<{ languages: string[]; skills: string[] }>(sql`
    select array(select distinct split_part(tag, '-', 1) from jsonb_array_elements_text(settings->'languages') as tag
        order by 1) as languages,
      array(select jsonb_object_keys(settings->'skills') order by 1) as skills from brand`)
  return row! // no transaction without a brand
}
