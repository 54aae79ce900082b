import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import type { BrandSettings } from '../../db/schema/brand.ts'
import type { CostSettings } from '../../domain/costs.ts'
import { BY_COSTS } from '../decide.ts'
import type { Judged } from './costs.ts'

export async function costsOf(tx: BrandTx): Promise<CostSettings | null> {
  const [row] = await tx.execute<{ costs: BrandSettings['costs'] | null }>(
    sql`select settings -> 'costs' as costs from brand`,
  )
  return row?.costs ?? null
}

export const setCosts = (tx: BrandTx, costs: CostSettings | null) =>
  tx.execute(
    costs === null
      ? sql`update brand set settings = settings - 'costs'`
      : sql`update brand set settings = jsonb_set(settings, '{costs}', ${JSON.stringify(costs)}::text::jsonb)`,
  )

/** Scores of anger, in hundredths, of posts that the rules left to the community, by language (`und`: nobody could say). */
export function scoresSince(tx: BrandTx, since: Date): Promise<{ language: string; score: number; posts: number }[]> {
  return tx.execute<{ language: string; score: number; posts: number }>(sql`
    select coalesce(facts ->> 'language', 'und') as language, round((facts ->> 'anger')::numeric * 100)::int as score,
      count(*)::int as posts
    from decision where by = 'policy' and at > ${since.toISOString()} and facts ->> 'anger' is not null
      and (destination = 'community' or rule = ${BY_COSTS})
    group by 1, 2`)
}

/**
 * Posts whose way people judged: what a person sent to staff was theirs; what a person gave to the community, and what
 * an author thanked a member for, was not. The last word of a person counts.
 */
export async function judgedSince(tx: BrandTx, since: Date): Promise<(Judged & { language: string })[]> {
  const from = since.toISOString()
  return tx.execute<Judged & { language: string }>(sql`
    with by_hand as (
      select distinct on (mention_id) mention_id, destination = 'escalation' as staff from decision
      where at > ${from} and by not in ('policy', 'system') and destination in ('escalation', 'community')
      order by mention_id, at desc, id desc
    ), judged as (
      select mention_id, staff from by_hand
      union all
      select distinct mention_id, false from reply r where requested_at > ${from} and outcome = 'thanked'
        and member_id is not null and not exists (select 1 from by_hand h where h.mention_id = r.mention_id)
    )
    select coalesce(d.facts ->> 'language', 'und') as language, (d.facts ->> 'anger')::float8 as chance, j.staff
    from judged j join decision d on d.mention_id = j.mention_id and d.by = 'policy'
    where d.facts ->> 'anger' is not null`)
}
