import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import type { KeptRound, MatchRound } from '../../db/kept-rounds.ts'
import type { Classification, Evidence } from '../../domain/classification.ts'
import type { Destination } from '../../domain/roles.ts'

export type DecisionRow = {
  at: string
  by: string
  name: string | null
  policy_version: number | null
  destination: Destination
  rule: string | null
  reason: string
  candidates: { memberId: string; member: string; score: number; why: string; terms: Record<string, number> }[]
  rounds: { at: string; rounds: (KeptRound | MatchRound)[]; names: Record<string, string> }[]
}

/**
 * Every decision about a mention, oldest first, each with the members it was offered to under it (R7).
 * What was offered before the first decision, if anything, stands with that one.
 */
export const decisionsOf = (tx: BrandTx, mentionId: string): Promise<DecisionRow[]> =>
  tx.execute<DecisionRow>(sql`
    with decided as (
      select d.*, case when row_number() over (order by d.at, d.id) = 1 then '-infinity' else d.at end as since,
        coalesce(lead(d.at) over (order by d.at, d.id), 'infinity') as until
      from decision d where d.mention_id = ${mentionId})
    select d.at, d.by, u.name, d.policy_version, d.destination, d.rule, d.reason, coalesce(o.candidates, '[]') as candidates,
      coalesce(g.rounds, '[]') as rounds
    from decided d
    left join auth_user u on u.id = case when d.by ~ '^[0-9a-f-]{36}$' then d.by::uuid end
    left join lateral (
      select jsonb_agg(jsonb_build_object('memberId', m.id, 'member', m.name, 'score', (o.why->>'score')::float8,
        'why', o.why->>'words', 'terms', o.why->'terms') order by (o.why->>'score')::float8 desc, m.name) as candidates
      from offer o join member m on m.id = o.member_id
      where o.mention_id = ${mentionId} and o.offered_at >= d.since and o.offered_at < d.until
    ) o on true
    left join lateral (
      select json_agg(json_build_object('at', g.at, 'rounds', g.rounds, 'names', (
        select json_object_agg(m.id, m.name) from member m where m.id in (
          select named.id::uuid from json_array_elements(g.rounds) r, lateral (
            select json_array_elements_text(r->'ids') union all
            select c->>'id' from json_array_elements(r->'candidates') c) as named(id))
      )) order by g.at) as rounds
      from matching g where g.mention_id = ${mentionId} and g.at >= d.since and g.at < d.until
    ) g on true
    order by d.at, d.id`)

/** What the classifier went by, and which it was; null: there is no such mention. */
export async function evidenceOf(
  tx: BrandTx,
  mentionId: string,
): Promise<{ model: string | null; evidence: Evidence[] } | null> {
  const [row] = await tx.execute<{ model: string | null; result: Classification | null }>(sql`
    select c.model, c.result from mention m left join classification c on c.mention_id = m.id where m.id = ${mentionId}`)
  return row ? { model: row.model, evidence: row.result?.why ?? [] } : null
}

export async function wasOffered(tx: BrandTx, mentionId: string, memberId: string): Promise<boolean> {
  const rows = await tx.execute(sql`select 1 from offer where mention_id = ${mentionId} and member_id = ${memberId}`)
  return rows.length > 0
}
