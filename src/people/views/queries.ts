import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import type { ViewScreen as Screen } from '../../domain/screens.ts'
import type { SavedView } from './contract.ts'

const SHOWN = (userId: string) =>
  sql`v.id, v.screen, v.name, v.query, v.shared, v.user_id = ${userId} as mine, u.name as by`

/** One's own in their order, then those others share, by name; `staff` says whether these are shown. */
export async function viewsOf(tx: BrandTx, userId: string, screen: Screen, staff: boolean): Promise<SavedView[]> {
  return [
    ...(await tx.execute<SavedView>(sql`
      select ${SHOWN(userId)} from saved_view v join auth_user u on u.id = v.user_id
      where v.screen = ${screen} and (v.user_id = ${userId} or (v.shared and ${staff}))
      order by mine desc, case when v.user_id = ${userId} then v.place end, v.name, v.id`)),
  ]
}

export async function viewById(tx: BrandTx, userId: string, id: string): Promise<SavedView | null> {
  const [row] = await tx.execute<SavedView>(sql`
    select ${SHOWN(userId)} from saved_view v join auth_user u on u.id = v.user_id where v.id = ${id}`)
  return row ?? null
}

type Kept = Pick<SavedView, 'id' | 'screen' | 'name' | 'query' | 'shared'> & { userId: string; at: Date }

/**
 * Keeps a view behind its owner's others. One at a time for each person, so that no two get one place.
 * @returns `name`: they have one of this name on the screen; `most`: they have as many as they may
 */
export async function insertView(
  tx: BrandTx,
  { id, screen, name, query, shared, userId, at }: Kept,
  most: number,
): Promise<'kept' | 'name' | 'most'> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saved_view'), hashtext(${userId}))`)
  const [own] = await tx.execute<{ count: number; next: number }>(sql`
    select count(*)::int as count, coalesce(max(place), 0) + 1 as next from saved_view
    where user_id = ${userId} and screen = ${screen}`)
  if (own && own.count >= most) return 'most'
  const made = await tx.execute(sql`
    insert into saved_view (id, user_id, screen, name, query, shared, place, changed_at)
    values (${id}, ${userId}, ${screen}, ${name}, ${query}, ${shared}, ${own?.next ?? 1}, ${at.toISOString()})
    on conflict (brand_id, user_id, screen, name) do nothing returning 1`)
  return made.length === 1 ? 'kept' : 'name'
}

/** @returns false: it is not theirs, or they have another of this name */
export async function updateView(
  tx: BrandTx,
  { id, userId, name, query, shared, at }: Omit<Kept, 'screen'>,
): Promise<boolean> {
  const made = await tx.execute(sql`
    update saved_view v set name = ${name}, query = ${query}, shared = ${shared}, changed_at = ${at.toISOString()}
    where v.id = ${id} and v.user_id = ${userId} and not exists (
      select 1 from saved_view o where o.user_id = v.user_id and o.screen = v.screen and o.name = ${name} and o.id <> v.id)
    returning 1`)
  return made.length === 1
}

/** Removes one's own, or with `anyShared` somebody's shared one. @returns false: there is none such */
export async function deleteView(tx: BrandTx, id: string, userId: string, anyShared: boolean): Promise<boolean> {
  const gone = await tx.execute(sql`
    delete from saved_view where id = ${id} and (user_id = ${userId} or (shared and ${anyShared})) returning 1`)
  return gone.length === 1
}

/** Ids that are not theirs have no effect; views that are not named keep their order behind the named. */
export const orderViews = (tx: BrandTx, userId: string, screen: Screen, ids: readonly string[]) =>
  tx.execute(sql`
    update saved_view v set place = o.place from (
      select id, row_number() over (order by array_position(${textArray(ids)}::uuid[], id), place, id) as place
      from saved_view where user_id = ${userId} and screen = ${screen}
    ) o where o.id = v.id and v.place <> o.place`)
