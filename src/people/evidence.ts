import { sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { weightAt } from './decay.ts'
import { CAUSES, type Cause, EVIDENCE, HALF_LIFE } from './fit-belief.ts'

/** What became of something a member was asked to answer. */
export type Outcome = { memberId: string; mentionId: string; cause: Cause; at: Date }

/**
 * Counts what outcomes say of the skills that the mentions asked for, by the decision that held at the time; in one
 * statement, in the transaction of the outcomes, which happens once. Locks the members: call it after whatever locks
 * mentions, offers or cases, and where others hold members too, for no members that are not held already.
 */
export async function recordEvidence(tx: BrandTx, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const memberIds = [...new Set(outcomes.map(({ memberId }) => memberId))]
  await tx.execute(
    sql`select 1 from member where id = any(${textArray(memberIds)}::uuid[]) order by id for no key update`,
  )
  const said = asColumns(outcomes, {
    member_id: { type: 'uuid', of: (row) => row.memberId },
    mention_id: { type: 'uuid', of: (row) => row.mentionId },
    cause: { type: 'text', of: (row) => row.cause },
    good: { type: 'float8', of: ({ cause, at }) => EVIDENCE[cause].good * weightAt(at, HALF_LIFE) },
    bad: { type: 'float8', of: ({ cause, at }) => EVIDENCE[cause].bad * weightAt(at, HALF_LIFE) },
    at: { type: 'timestamptz', of: (row) => row.at },
  })
  const causes = sql.raw(CAUSES.join(', '))
  const counts = sql.raw(CAUSES.map((cause) => `count(*) filter (where t.cause = '${cause}')`).join(', '))
  const added = sql.raw(CAUSES.map((cause) => `${cause} = e.${cause} + excluded.${cause}`).join(', '))
  await tx.execute(sql`
    insert into skill_evidence as e (member_id, skill, good, bad, ${causes})
    select t.member_id, k.skill, sum(t.good), sum(t.bad), ${counts}
    from ${said}
    cross join lateral (
      select d.action->'skills' as skills from decision d where d.mention_id = t.mention_id and d.at <= t.at
      order by d.at desc, d.id desc limit 1
    ) asked
    cross join lateral json_array_elements_text(
      case json_typeof(asked.skills) when 'array' then asked.skills else '[]' end) as k(skill)
    where exists (select 1 from member where id = t.member_id)
    group by 1, 2 order by 1, 2
    on conflict (member_id, skill) do update set good = e.good + excluded.good, bad = e.bad + excluded.bad, ${added}`)
}

type EventRow = { kind: string; mention_id: string; member_id: string | null; at: string; edited: boolean }

const CAUSE_OF: Record<string, Cause> = {
  'reply.returned': 'returned',
  'reply.taken-back': 'returned',
  'reply.thanked': 'thanked',
  'reply.complained': 'complained',
  'mention.passed': 'passed',
}

/** A reply that an approver changed is weaker evidence than one that went out as it was. */
export const causeOfSent = (edited: boolean): Cause => (edited ? 'corrected' : 'accepted')

/**
 * Counts the evidence of the brand anew from its event log, which gives the same rows. All members are held meanwhile.
 * @returns how many outcomes there were
 */
export async function rebuildEvidence(tx: BrandTx): Promise<number> {
  await tx.execute(sql`select 1 from member order by id for no key update`)
  await tx.execute(sql`delete from skill_evidence`)
  const rows = await tx.execute<EventRow>(sql`
    select e.kind, e.mention_id, coalesce(r.member_id, (e.data->>'memberId')::uuid) as member_id, e.at,
      r.edited_from is not null as edited
    from event e left join reply r on r.id = (e.data->>'replyId')::uuid
    where e.kind in ('reply.sent', 'reply.thanked', 'reply.complained')
      or (e.kind = 'reply.returned' and not e.data ? 'gone')
      or (e.kind = 'reply.taken-back' and r.taken_back_by <> r.user_id)
      or (e.kind = 'mention.passed' and e.data->>'reason' = 'not-my-skill')`)
  const outcomes = rows.flatMap(({ kind, mention_id, member_id, at, edited }): Outcome[] => {
    const cause = kind === 'reply.sent' ? causeOfSent(edited) : CAUSE_OF[kind]
    return member_id && cause ? [{ memberId: member_id, mentionId: mention_id, cause, at: new Date(at) }] : []
  })
  for (let from = 0; from < outcomes.length; from += 1_000) await recordEvidence(tx, outcomes.slice(from, from + 1_000))
  return outcomes.length
}
