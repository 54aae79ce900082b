import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { textArray } from '../db/move.ts'
import { DomainError } from '../domain/errors.ts'
import { isTimeZone } from '../domain/local-time.ts'
import type { MemberProfile } from '../domain/member.ts'
import type { Rank } from '../people/ranks.ts'
import { asTaken, type TakenRow, takenLately } from '../people/taken.ts'
import { hadTheirShare, NO_LIMITS, restingUntil, type Welfare } from '../people/welfare.ts'
import type { Helper } from './claim.ts'
import type { MyDesk } from './contract.ts'

/** What the next rank is judged by; `thanked`: how many of the member's replies were. */
export type RankStanding = { points: number; thanked: number; rank: Rank }
/** Null: there is no higher rank. `missing` in words. */
export type NextRank = (standing: RankStanding) => { name: string; missing: string } | null

type DeskRow = Omit<MyDesk, 'nextRank' | 'rank' | 'welfare' | 'restingUntil' | 'onlyCalm'> &
  RankStanding & { welfare: Welfare | null; taken: TakenRow[] | null }

/** @throws DomainError `not-found` */
export async function deskOf(tx: BrandTx, memberId: string, nextRank: NextRank, now: Date): Promise<MyDesk> {
  const [row] = await tx.execute<DeskRow>(sql`
    select m.id as "memberId", m.name, m.rank, m.points, m.languages, m.capacity, m.load, m.paused, m.quiet, m.welfare, m.listed, (${takenLately(sql`m.id`, now)}) as taken,
      coalesce((select jsonb_agg(jsonb_build_object('skill', skill, 'level', level) order by level desc, skill)
        from member_skill where member_id = m.id), '[]') as skills,
      (select count(*)::int from reply where user_id = m.user_id and member_id = m.id and outcome = 'thanked') as thanked
    from member m where m.id = ${memberId}`)
  if (!row) throw new DomainError('not-found', 'You are no longer a member of this brand.')
  const { thanked, taken, ...desk } = row
  // Limits kept before there was one of them lack it.
  const [welfare, known] = [{ ...NO_LIMITS, ...row.welfare }, asTaken(taken)]
  const until = restingUntil(welfare, known, now)
  return {
    ...{ ...desk, welfare, onlyCalm: hadTheirShare(welfare, known, now) },
    restingUntil: until?.toISOString() ?? null,
    nextRank: nextRank({ points: row.points, thanked, rank: row.rank }),
  }
}

/** Fields left out stay as they are; `quiet: null` makes the member reachable at all hours. */
export type Availability = {
  paused?: boolean | undefined
  capacity?: number | undefined
  quiet?: MemberProfile['quiet'] | undefined
  welfare?: Welfare | undefined
  listed?: boolean | undefined
  /** BCP-47 primary tags, best first; no longer spoken is what is left out. */
  languages?: string[] | undefined
  /** As declared, in (0,1]; no longer held is what is left out, and what became of answers in it is kept. */
  skills?: { skill: string; level: number }[] | undefined
}

/**
 * Changes when and how much a member wants to be asked. What they hold stays theirs; a lower capacity counts from the
 * next offer on.
 * @throws DomainError `invalid` for a time zone nobody knows or a skill that the brand does not ask for
 */
export async function changeDesk(tx: BrandTx, by: Helper, to: Availability, at: Date): Promise<void> {
  if (to.quiet && !isTimeZone(to.quiet.timeZone))
    throw new DomainError('invalid', `“${to.quiet.timeZone}” is no time zone; write one such as Europe/Berlin.`)
  const changed = Object.keys(to).filter((field) => to[field as keyof Availability] !== undefined)
  if (changed.length === 0) return
  const quiet = to.quiet === undefined ? sql`quiet` : to.quiet === null ? sql`null` : asJson(to.quiet)
  await tx.execute(sql`
    update member set paused = coalesce(${to.paused ?? null}, paused),
      capacity = coalesce(${to.capacity ?? null}, capacity), quiet = ${quiet},
      welfare = ${to.welfare === undefined ? sql`welfare` : asJson(to.welfare)},
      listed = coalesce(${to.listed ?? null}, listed),
      languages = ${to.languages === undefined ? sql`languages` : sql`${textArray([...new Set(to.languages)])}::text[]`}
    where id = ${by.memberId}`)
  if (to.skills) await declareSkills(tx, by.memberId, to.skills)
  // The hours and limits somebody keeps are theirs: the log says that they changed, not what they are.
  const { quiet: _, welfare: __, ...figures } = to
  const data = { memberId: by.memberId, changed, ...figures }
  await appendEvents(tx, [
    { kind: 'member.changed', mentionId: null, memberIds: [by.memberId], actor: by.userId, data, at },
  ])
}

const asJson = (value: object) => sql`${JSON.stringify(value)}::text::jsonb`

/** Puts what a member says of their skills in place of what they said before; their row is locked. */
async function declareSkills(
  tx: BrandTx,
  memberId: string,
  skills: NonNullable<Availability['skills']>,
): Promise<void> {
  const levels = new Map(skills.map(({ skill, level }) => [skill, level]))
  const rows = [...levels].map(([skill, level]) => ({ skill, level }))
  const [unknown] = await tx.execute<{ skill: string }>(sql`
    select t.skill from jsonb_to_recordset(${asRows(rows)}) as t(skill text, level real)
    where not exists (select 1 from brand b where jsonb_exists(b.settings -> 'skills', t.skill))
      and not exists (select 1 from member_skill k where k.member_id = ${memberId} and k.skill = t.skill)`)
  if (unknown) throw new DomainError('invalid', `“${unknown.skill}” is no skill that this brand asks for.`)
  await tx.execute(sql`
    delete from member_skill k where member_id = ${memberId}
      and not exists (select 1 from jsonb_to_recordset(${asRows(rows)}) as t(skill text) where t.skill = k.skill)`)
  await tx.execute(sql`
    insert into member_skill (member_id, skill, level)
    select ${memberId}::uuid, t.skill, t.level from jsonb_to_recordset(${asRows(rows)}) as t(skill text, level real)
    on conflict (member_id, skill) do update set level = excluded.level`)
}
