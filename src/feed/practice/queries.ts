import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { PRACTICE_POSTS, type Practice } from './contract.ts'

export type PracticeRow = {
  brand: string
  languages: string[]
  /** The first by name of the brand's skills that this member has not; null: they have all. */
  lacking: string | null
  /** Has answered somebody, or was known to be good: is shown nothing unasked. */
  settled: boolean
  networks: string[]
  tried: { post: string; act: string; well: boolean }[]
}

/** All that the invented posts of a member are made of. Null: no such member. */
export async function practiceRow(tx: BrandTx, memberId: string): Promise<PracticeRow | null> {
  const [row] = await tx.execute<PracticeRow>(sql`
    select b.name as brand, m.languages,
      (select min(known.skill) from jsonb_object_keys(b.settings->'skills') as known (skill)
        where not exists (select 1 from member_skill k where k.member_id = m.id and k.skill = known.skill)) as lacking,
      m.rank <> 'newcomer' or exists (select 1 from reply r where r.user_id = m.user_id and r.member_id = m.id) as settled,
      array(select distinct network from source order by 1) as networks,
      coalesce((select jsonb_agg(jsonb_build_object('post', p.post, 'act', p.act, 'well', p.well))
        from practice p where p.member_id = m.id), '[]'::jsonb) as tried
    from member m join brand b on b.id = m.brand_id where m.id = ${memberId}`)
  return row ?? null
}

type Done = { memberId: string; post: Practice['posts'][number]['post']; at: Date }

/** The last try of a post stands; one like the last changes nothing. @returns whether something changed */
export async function keepTry(
  tx: BrandTx,
  { memberId, post, act, well, at }: Done & { act: string; well: boolean },
): Promise<boolean> {
  const kept = await tx.execute(sql`
    insert into practice (member_id, post, act, well, at) values (${memberId}, ${post}, ${act}, ${well}, ${at.toISOString()})
    on conflict (member_id, post) do update set act = excluded.act, well = excluded.well, at = excluded.at
      where (practice.act, practice.well) <> (excluded.act, excluded.well) returning 1`)
  return kept.length > 0
}

/** What was not tried is left. @returns whether there was something */
export async function skipRest(tx: BrandTx, memberId: string, at: Date): Promise<boolean> {
  const posts = sql.join(
    PRACTICE_POSTS.map((post) => sql`(${post})`),
    sql`, `,
  )
  const left = await tx.execute(sql`
    insert into practice (member_id, post, act, well, at)
    select ${memberId}::uuid, post, 'skipped', false, ${at.toISOString()}::timestamptz from (values ${posts}) as one (post)
    on conflict (member_id, post) do nothing returning 1`)
  return left.length > 0
}

/** @returns whether there was something to forget */
export async function forgetTries(tx: BrandTx, memberId: string): Promise<boolean> {
  return (await tx.execute(sql`delete from practice where member_id = ${memberId} returning 1`)).length > 0
}
