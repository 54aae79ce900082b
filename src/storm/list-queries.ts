import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { MentionState } from '../domain/way.ts'
import type { StormKind } from './topics.ts'

export type StormRow = {
  id: string
  kind: StormKind
  key: string
  /** Of a cluster's first post; null: it is gone, or the storm is of no cluster. */
  text: string | null
  seen: number
  usual: number
  chance: number
  began_at: string
  calm_since: string | null
  ended_at: string | null
  ended_by: string | null
  ended_name: string | null
  posts: number
  held: number
  with_staff: number
  answered: number
}

const storms = (tx: BrandTx, which: SQL): Promise<StormRow[]> =>
  tx.execute<StormRow>(sql`
    with page as materialized (select s.* from storm s ${which})
    select page.*, head.text, u.name as ended_name, n.posts, n.held, n.with_staff, n.answered
    from page
    left join mention head on page.kind = 'cluster' and head.id = case when page.kind = 'cluster' then page.key::uuid end
    left join auth_user u on u.id = case when page.ended_by ~ '^[0-9a-f-]{36}$' then page.ended_by::uuid end
    cross join lateral (
      select count(*)::int as posts, count(*) filter (where m.state = 'triaged' and page.ended_at is null)::int as held,
        count(*) filter (where m.state in ('escalated', 'triage'))::int as with_staff,
        count(*) filter (where m.state in ('replied', 'closed'))::int as answered
      from mention m where m.storm_id = page.id and m.state not in ('hidden', 'withdrawn')
    ) n
    order by page.ended_at is not null, page.began_at desc, page.id desc`)

/** Those that last, the newest first. */
export const lasting = (tx: BrandTx): Promise<StormRow[]> => storms(tx, sql`where ended_at is null`)

/** The newest fifty, those that last before the others. */
export const newest = (tx: BrandTx): Promise<StormRow[]> =>
  storms(tx, sql`order by ended_at is not null, began_at desc, id desc limit 50`)

export async function oneStorm(tx: BrandTx, id: string): Promise<StormRow | null> {
  const [row] = await storms(tx, sql`where id = ${id}`)
  return row ?? null
}

export type PostRow = {
  id: string
  text: string
  network: string
  url: string | null
  author_handle: string
  author_name: string | null
  author_followers: number | null
  posted_at: string
  received_at: string
  state: MentionState
  case_id: string | null
}

/** A page of a storm's posts, newest first, and one more than `limit` when there are more. */
export function postsOf(
  tx: BrandTx,
  stormId: string,
  { limit, after }: { limit: number; after: { key: string; id: string } | null },
): Promise<PostRow[]> {
  const further = after ? sql`and (m.received_at, m.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  return tx.execute<PostRow>(sql`
    select m.id, m.text, m.network, m.url, m.author_handle, m.author_name, m.author_followers, m.posted_at,
      m.received_at, m.state, e.id as case_id
    from mention m left join escalation e on e.mention_id = m.id
    where m.storm_id = ${stormId} and m.state not in ('hidden', 'withdrawn') ${further}
    order by m.received_at desc, m.id desc limit ${limit + 1}`)
}
