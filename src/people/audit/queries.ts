import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import type { Place } from '../../http/cursor.ts'

export type AuditRow = {
  id: string
  at: string
  actor: string
  name: string | null
  act: string
  target: string
  details: Record<string, unknown>
}

export type Wanted = Partial<Record<'act' | 'actor' | 'target' | 'since' | 'until', string | undefined>>

const likeable = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** One row more than `limit`, newest first, after a place. */
export const auditPage = (
  tx: BrandTx,
  { act, actor, target, since, until }: Wanted,
  { limit, after }: { limit: number; after: Place | null },
): Promise<AuditRow[]> =>
  tx.execute<AuditRow>(sql`
    select a.id, a.at, a.actor, u.name, a.act, a.target, a.details
    from audit a left join auth_user u on u.id::text = a.actor
    where true
      ${act ? sql`and a.act like ${`${likeable(act)}%`}` : sql``}
      ${actor ? sql`and a.actor = ${actor}` : sql``}
      ${target ? sql`and a.target ilike ${`%${likeable(target)}%`}` : sql``}
      ${since ? sql`and a.at >= ${since}::timestamptz` : sql``}
      ${until ? sql`and a.at < ${until}::timestamptz` : sql``}
      ${after ? sql`and (a.at, a.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
    order by a.at desc, a.id desc limit ${limit + 1}`)

/** Who has ever acted, by name, and what has ever been done. */
export async function auditFacets(tx: BrandTx): Promise<{ people: { id: string; name: string }[]; acts: string[] }> {
  const people = await tx.execute<{ id: string; name: string }>(sql`
    select a.actor as id, coalesce(u.name, a.actor) as name
    from (select distinct actor from audit) a left join auth_user u on u.id::text = a.actor order by 2 limit 500`)
  const acts = await tx.execute<{ act: string }>(sql`select distinct act from audit order by act limit 500`)
  return { people, acts: acts.map(({ act }) => act) }
}
