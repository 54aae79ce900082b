import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { ROW_WEIGHTS, type SkillRow } from './skill-rows.ts'

/** The most rows of each kind that a brand's skills are learned from, the newest: some 80 ms of learning. */
const MOST = 400
/** Passes that say: this is not about what you took it for. */
const WRONG = ['not-my-skill', 'wrong-topic']

/**
 * What people said of posts and skills, oldest first (U4, F7): corrections that hold, posts whose author thanked the
 * member who took them for a skill, and passes on what was taken for one. Only skills of `known` and posts not deleted.
 */
export async function skillRows(tx: BrandTx, known: readonly string[]): Promise<SkillRow[]> {
  const rows = await tx.execute<{ text: string; skill: string | null; kind: 'correction' | 'answered' | 'passed' }>(sql`
    with said as (
      (select c.text, c.labels->>'skill' as skill, 'correction' as kind, c.at, c.id
        from correction c where c.undone_at is null and c.labels ? 'skill' order by c.at desc, c.id desc limit ${MOST})
      union all
      (select m.text, k.result->'skills'->0->>'skill', 'answered', r.outcome_at, r.id
        from reply r join mention m on m.id = r.mention_id join classification k on k.mention_id = m.id
        where r.outcome = 'thanked' and m.state not in ('hidden', 'withdrawn') and m.forgotten_at is null and k.result->'skills'->0 is not null
        order by r.outcome_at desc, r.id desc limit ${MOST})
      union all
      (select m.text, k.result->'skills'->0->>'skill', 'passed', o.closed_at, o.id
        from offer o join mention m on m.id = o.mention_id join classification k on k.mention_id = m.id
        where o.pass_reason = any(${textArray(WRONG)}) and m.state not in ('hidden', 'withdrawn') and m.forgotten_at is null and k.result->'skills'->0 is not null
        order by o.closed_at desc, o.id desc limit ${MOST})
    )
    select text, skill, kind from said where skill is null or skill = any(${textArray(known)}) order by at, id`)
  return rows.map(({ text, skill, kind }) => ({ text, skill, holds: kind !== 'passed', weight: ROW_WEIGHTS[kind] }))
}
