import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
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
    select m.id as "memberId", m.name, m.rank, m.points, m.languages, m.capacity, m.load, m.paused, m.quiet, m.welfare, (${takenLately(sql`m.id`, now)}) as taken,
      coalesce((select jsonb_agg(jsonb_build_object('skill', skill, 'level', level) order by level desc, skill)
        from member_skill where member_id = m.id), '[]') as skills,
      (select count(*)::int from reply where user_id = m.user_id and member_id = m.id and outcome = 'thanked') as thanked
    from member m where m.id = ${memberId}`)
  if (!row) throw new DomainError('not-found', 'You are no longer a member of this brand.')
  const { thanked, taken, ...desk } = row
  const [welfare, known] = [row.welfare ?? NO_LIMITS, asTaken(taken)]
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
}

/**
 * Changes when and how much a member wants to be asked. What they hold stays theirs; a lower capacity counts from the
 * next offer on.
 * @throws DomainError `invalid` for a time zone nobody knows
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
      welfare = ${to.welfare === undefined ? sql`welfare` : asJson(to.welfare)}
    where id = ${by.memberId}`)
  // The hours and limits somebody keeps are theirs: the log says that they changed, not what they are.
  const { quiet: _, welfare: __, ...figures } = to
  const data = { memberId: by.memberId, changed, ...figures }
  await appendEvents(tx, [
    { kind: 'member.changed', mentionId: null, memberIds: [by.memberId], actor: by.userId, data, at },
  ])
}

const asJson = (value: object) => sql`${JSON.stringify(value)}::text::jsonb`
