import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { RANKS } from '../db/schema/people.ts'
import { DomainError } from '../domain/errors.ts'
import { worthAt } from '../people/decay.ts'
import { fitOf } from '../people/fit-belief.ts'
import { HABIT_HALF_LIFE } from '../people/hours.ts'
import type { MyBeliefs } from './contract.ts'

type SkillRow = Omit<MyBeliefs['skills'][number], 'fit'> & { good: number; bad: number }
type Row = {
  rank: (typeof RANKS)[number]
  skills: SkillRow[]
  hours: number[] | null
  claims: number[] | null
  open: number[] | null
  languages: string[] | null
  offered: string[] | null
}

/** What is believed of a member’s answers and hours, and what it rests on. @throws DomainError `not-found` */
export async function beliefsOf(tx: BrandTx, memberId: string, now: Date): Promise<MyBeliefs> {
  const [row] = await tx.execute<Row>(sql`
    select m.rank, r.hours, r.claims, r.open, coalesce((
      select jsonb_agg(jsonb_build_object('skill', k.skill, 'level', k.level, 'good', coalesce(e.good, 0), 'bad', coalesce(e.bad, 0),
        'accepted', coalesce(e.accepted, 0), 'thanked', coalesce(e.thanked, 0), 'corrected', coalesce(e.corrected, 0),
        'returned', coalesce(e.returned, 0), 'complained', coalesce(e.complained, 0), 'passed', coalesce(e.passed, 0))
        order by k.skill)
      from member_skill k left join skill_evidence e on e.member_id = k.member_id and e.skill = k.skill
      where k.member_id = m.id), '[]') as skills,
      array(select jsonb_array_elements_text(b.settings -> 'languages') from brand b) as languages,
      array(select jsonb_object_keys(b.settings -> 'skills') from brand b order by 1) as offered
    from member m left join response_hours r on r.member_id = m.id where m.id = ${memberId}`)
  if (!row) throw new DomainError('not-found', 'You are no longer a member of this brand.')
  const rank = RANKS.indexOf(row.rank)
  return {
    skills: row.skills.map(({ good, bad, ...skill }) => {
      const { alpha, beta } = fitOf({ level: skill.level, rank }, { good, bad }, now)
      return { ...skill, fit: alpha / (alpha + beta) }
    }),
    offered: { languages: row.languages ?? [], skills: row.offered ?? [] },
    hours: (row.hours ?? []).map((hour, place) => ({
      hour,
      claims: worthAt(row.claims![place]!, now, HABIT_HALF_LIFE), // arrays of one length
      open: worthAt(row.open![place]!, now, HABIT_HALF_LIFE),
    })),
  }
}
