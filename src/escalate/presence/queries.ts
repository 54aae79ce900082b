import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { PRESENCE_CHANNEL } from '../../db/events.ts'
import { textArray } from '../../db/move.ts'
import type { Said } from '../../live/presence.ts'

/** Tells every process who is at a case, once this commits; no row is written. @returns false: no such case */
export async function tellPresence(
  tx: BrandTx,
  said: Pick<Said, 'userId' | 'window' | 'placeId' | 'doing'>,
): Promise<boolean> {
  const { userId, window, placeId, doing } = said
  const told = await tx.execute(sql`
    select pg_notify(${PRESENCE_CHANNEL}, json_build_object('brandId', current_setting('deputize.brand'),
      'among', 'cases', 'memberIds', '[]'::json,
      'userId', ${userId}::text, 'window', ${window}::text, 'placeId', id, 'doing', ${doing}::text)::text)
    from escalation where id = ${placeId}`)
  return told.length > 0
}

/** The names of those of these users who are staff or admins here. */
export async function colleagueNames(tx: BrandTx, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select u.id, u.name from auth_user u where u.id = any(${textArray(userIds)}::uuid[])
      and exists (select 1 from membership p where p.user_id = u.id and p.role in ('staff', 'admin'))`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
