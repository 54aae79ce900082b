import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { textArray } from '../db/move.ts'
import { DomainError } from '../domain/errors.ts'
import { isLanguage, noLanguage } from '../domain/language-tags.ts'
import { isTimeZone } from '../domain/local-time.ts'
import type { MemberProfile } from '../domain/member.ts'
import { refuseFaults } from '../domain/setting-faults.ts'
import type { Rank } from '../people/ranks.ts'
import { asTaken, type TakenRow, takenLately } from '../people/taken.ts'
import { hadTheirShare, NO_LIMITS, restingUntil, type Welfare } from '../people/welfare.ts'
import type { Helper } from './claim.ts'
import type { MyDesk } from './contract.ts'

/** What the next rank is judged by; `thanked`: how many of the member's replies were. */
export type RankStanding = { points: number; thanked: number; rank: Rank }
/** Null: there is no higher rank. `missing` in words. */
export type NextRank = (standing: RankStanding) => { name: string; missing: string } | null

/** What names each part of a member's desk as it stands: whoever changes it says from which one they began. */
const VERSIONS = sql`jsonb_build_object(
  'declared', md5(jsonb_build_array(m.languages, (select jsonb_agg(jsonb_build_array(skill, level) order by skill)
    from member_skill where member_id = m.id))::text),
  'hours', md5(jsonb_build_array(m.capacity, m.quiet)::text), 'limits', md5(coalesce(m.welfare::text, '')))`
type Versions = MyDesk['versions']

type DeskRow = Omit<MyDesk, 'nextRank' | 'rank' | 'welfare' | 'restingUntil' | 'onlyCalm'> &
  RankStanding & { welfare: Welfare | null; taken: TakenRow[] | null }

/** @throws DomainError `not-found` */
export async function deskOf(tx: BrandTx, memberId: string, nextRank: NextRank, now: Date): Promise<MyDesk> {
  const [row] = await tx.execute<DeskRow>(sql`
    select m.id as "memberId", m.name, m.rank, m.points, m.languages, m.capacity, m.load, m.paused, m.quiet, m.welfare, m.listed,
      ${VERSIONS} as versions, (${takenLately(sql`m.id`, now)}) as taken,
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
  /** From which one each part was changed; languages and skills are not changed without. */
  versions?: { [part in keyof Versions]?: string | undefined }
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
 * @throws DomainError `conflict` when a part has been changed since `versions`; `invalid` for a time zone nobody knows, a
 * language that is none or a skill that the brand does not ask for
 */
export async function changeDesk(tx: BrandTx, by: Helper, to: Availability, at: Date): Promise<void> {
  if (to.quiet && !isTimeZone(to.quiet.timeZone))
    throw new DomainError('invalid', `“${to.quiet.timeZone}” is no time zone; write one such as Europe/Berlin.`)
  const { versions = {}, ...fields } = to
  const changed = Object.keys(fields).filter((field) => fields[field as keyof typeof fields] !== undefined)
  if (changed.length === 0) return
  if ((to.languages || to.skills) && versions.declared === undefined)
    throw new DomainError('invalid', 'Say from which version the languages and skills were changed.')
  await refuseOvertaken(tx, by.memberId, versions)
  if (to.languages) await refuseUnknown(tx, by.memberId, to.languages)
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
  const { quiet: _, welfare: __, ...figures } = fields
  const data = { memberId: by.memberId, changed, ...figures }
  await appendEvents(tx, [
    { kind: 'member.changed', mentionId: null, memberIds: [by.memberId], actor: by.userId, data, at },
  ])
}

/** Locks the member, then compares in a statement of its own: it sees what an admin was just committing. */
async function refuseOvertaken(
  tx: BrandTx,
  memberId: string,
  began: NonNullable<Availability['versions']>,
): Promise<void> {
  await tx.execute(sql`select 1 from member where id = ${memberId} for no key update`)
  const [row] = await tx.execute<{ now: Versions }>(
    sql`select ${VERSIONS} as now from member m where m.id = ${memberId}`,
  )
  const stale = PARTS.find((part) => began[part] !== undefined && began[part] !== row?.now[part])
  if (stale)
    throw new DomainError(
      'conflict',
      stale === 'declared'
        ? 'Your languages or skills have been changed meanwhile, by an admin or in another window. Nothing was overwritten: look at how they stand now, then change them again.'
        : 'This has been changed meanwhile, in another window. Nothing was overwritten: look at how it stands now, then change it again.',
    )
}
const PARTS = ['declared', 'hours', 'limits'] as const satisfies (keyof Versions)[]

/** A tag that stands there already is let be, whatever it is. */
async function refuseUnknown(tx: BrandTx, memberId: string, languages: readonly string[]): Promise<void> {
  const [kept] = await tx.execute<{ languages: string[] }>(sql`select languages from member where id = ${memberId}`)
  refuseFaults(
    languages.flatMap((tag, nth) =>
      isLanguage(tag) || kept?.languages.includes(tag) ? [] : [{ at: ['languages', nth], says: noLanguage(tag) }],
    ),
  )
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
