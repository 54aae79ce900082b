import { and, eq, sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { iso } from '../../db/instants.ts'
import { textArray } from '../../db/move.ts'
import { application } from '../../db/schema/application.ts'
import { type Applying, NOBODY_APPLIES } from '../../domain/applying.ts'
import { DAY } from '../../domain/clock.ts'
import type { Place } from '../../http/cursor.ts'
import { versionOf } from '../brand/part.ts'
import type { Application } from './contract.ts'

/** The part of the brand's settings that says who may apply. */
export const PART = sql`coalesce(settings->'applications', 'null')`

/** An application that nobody answered goes after so long, and one that was answered so long after that. */
const UNANSWERED_MS = 90 * DAY
const ANSWERED_MS = 30 * DAY

export async function applyingOf(
  tx: BrandTx,
): Promise<{ applying: Applying; version: string; slug: string; waiting: number }> {
  const [row] = await tx.execute<{ applying: Applying | null; version: string; slug: string; waiting: number }>(sql`
    select settings->'applications' as applying, ${versionOf(PART)} as version, slug,
      (select count(*)::int from application where state = 'open') as waiting from brand`)
  const { applying, ...rest } = row! // no transaction without a brand
  return { ...rest, applying: applying ?? NOBODY_APPLIES }
}

/** Those who wait for an answer, the longest first. */
export async function waitingPage(
  tx: BrandTx,
  { after, limit }: { after: Place | null; limit: number },
): Promise<Application[]> {
  const rows = await tx.execute<Application>(sql`
    select a.id, a.name, a.email, a.languages, a.skills, a.answers, a.created_at as "createdAt",
      exists (select 1 from auth_user u join membership p on p.user_id = u.id and p.role = 'member'
        where u.email = a.email) as "isMember"
    from application a where a.state = 'open' and ${after ? sql`a.id > ${after.id}::uuid` : sql`true`}
    order by a.id limit ${limit}`)
  return rows.map((row) => ({ ...row, createdAt: iso(row.createdAt) }))
}

type New = Pick<typeof application.$inferInsert, 'name' | 'email' | 'languages' | 'skills' | 'answers'>

/** So many of a day wait at once; more than anybody reads come from no person. */
export const MOST_A_DAY = 200

/**
 * Keeps an application, unless one of this address waits already. One at a time for each brand, so that no more are kept
 * than are counted; the next day has room again, whatever came before.
 * @returns false: too many of the last 24 hours wait
 */
export async function insertApplication(tx: BrandTx, brandId: string, wish: New, at: Date): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`apply ${brandId}`}, 0))`)
  const [day] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from application
    where state = 'open' and created_at > ${new Date(at.getTime() - DAY).toISOString()}`)
  if (day!.count >= MOST_A_DAY) return false // a count has one row
  const made = await tx
    .insert(application)
    .values({ ...wish, createdAt: at })
    .onConflictDoNothing()
    .returning({ id: application.id })
  if (made.length > 0) await tellApplications(tx, 'system', at)
  return true
}

export const linkInvite = (tx: BrandTx, id: string, inviteId: string) =>
  tx.update(application).set({ inviteId }).where(eq(application.id, id))

/** One statement settles who answers. @returns those that nobody had */
export async function declineOpen(
  tx: BrandTx,
  ids: readonly string[],
  by: string,
  at: Date,
): Promise<{ id: string; email: string }[]> {
  return tx
    .update(application)
    .set({ state: 'declined', decidedAt: at, decidedBy: by })
    .where(and(sql`${application.id}::text = any(${textArray(ids)}::text[])`, eq(application.state, 'open')))
    .returning({ id: application.id, email: application.email })
}

/** Who answered it, and what it became; null: there is no such application. */
export async function answered(tx: BrandTx, id: string) {
  const [row] = await tx.execute<{
    state: string
    by: string | null
    tokenHash: string | null
    expiresAt: string | null
  }>(
    sql`select a.state, u.name as by, i.token_hash as "tokenHash", i.expires_at as "expiresAt"
      from application a left join auth_user u on u.id::text = a.decided_by left join invite i on i.id = a.invite_id
      where a.id::text = ${id}`,
  )
  return row ?? null
}

/** Names and answers are kept no longer than somebody needs them. @returns how many went */
export async function forgetApplications(tx: BrandTx, now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms).toISOString()
  const gone = await tx.execute<{ state: string }>(sql`
    delete from application where coalesce(decided_at, created_at) < ${before(ANSWERED_MS)}
      and (state <> 'open' or created_at < ${before(UNANSWERED_MS)}) returning state`)
  if (gone.some(({ state }) => state === 'open')) await tellApplications(tx, 'system', now)
  return gone.length
}

export const tellApplications = (tx: BrandTx, actor: string, at: Date) =>
  appendEvents(tx, [{ kind: 'application.changed', mentionId: null, memberIds: [], actor, at }])
