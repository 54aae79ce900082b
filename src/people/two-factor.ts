import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { endSessions } from './devices.ts'

/** Takes the second factor from somebody, and ends their sessions. @returns whether they had one */
export async function dropTwoFactor(tx: Pick<Db, 'execute'>, userId: string): Promise<boolean> {
  await tx.execute(sql`delete from auth_two_factor where user_id = ${userId}`)
  const had = await tx.execute(sql`
    update auth_user set two_factor_enabled = false where id = ${userId} and two_factor_enabled returning 1`)
  if (had.length > 0) await endSessions(tx, userId, { all: true })
  return had.length > 0
}
