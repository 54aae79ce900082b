import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { tellPeopleChanged } from '../db/events.ts'
import { iso } from '../db/instants.ts'
import { MINUTE } from '../domain/clock.ts'

/** A browser somebody is signed in with. */
export type Device = {
  /** Names the session without giving it away. */
  id: string
  since: string
  /** To five minutes. */
  lastUsedAt: string
  address: string | null
  /** The browser's own words for itself. */
  userAgent: string | null
}

const NOTED_EVERY_MS = 5 * MINUTE

/** Sessions of a person that have not ended, the last used first. */
export async function devicesOf(db: Db, userId: string, now: Date): Promise<Device[]> {
  type Row = { id: string; since: string; last_used_at: string; address: string | null; user_agent: string | null }
  const rows = await db.execute<Row>(sql`
    select id, created_at as since, updated_at as last_used_at, ip_address as address, user_agent from auth_session
    where user_id = ${userId} and expires_at > ${now.toISOString()} order by updated_at desc, id desc limit 100`)
  return rows.map((row) => ({
    ...{ id: row.id, since: iso(row.since), lastUsedAt: iso(row.last_used_at) },
    ...{ address: row.address || null, userAgent: row.user_agent || null },
  }))
}

/** Which sessions of a person: all, all but one, or one. */
export type Which = { all: true } | { but: string } | { only: string }

/** Ends sessions of a person; every process hears of it when the transaction commits. @returns how many ended */
export async function endSessions(tx: Pick<Db, 'execute'>, userId: string, which: Which): Promise<number> {
  const these =
    'but' in which ? sql`and id <> ${which.but}` : 'only' in which ? sql`and id::text = ${which.only}` : sql``
  const ended = await tx.execute(sql`delete from auth_session where user_id = ${userId} ${these} returning 1`)
  if (ended.length > 0) await tellPeopleChanged(tx, [userId])
  return ended.length
}

/** Notes that a session is used, and by that its owner; writes at most every five minutes. */
export const noteSeen =
  (db: Db) =>
  async (sessionId: string, at: Date): Promise<void> => {
    const before = new Date(at.getTime() - NOTED_EVERY_MS).toISOString()
    await db.execute(sql`
      with used as (
        update auth_session set updated_at = ${at.toISOString()} where id = ${sessionId} and updated_at < ${before}
      ) update auth_user u set last_active_at = ${at.toISOString()} from auth_session s
      where s.id = ${sessionId} and u.id = s.user_id and (u.last_active_at is null or u.last_active_at < ${before})`)
  }
