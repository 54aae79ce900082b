import { sql } from 'drizzle-orm'
import type { BrandTx, Db } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import type { Role, Standing } from '../../domain/roles.ts'
import type { Place } from '../../http/cursor.ts'
import { type Held, heldBadges } from '../badges.ts'
import type { Invite, RosterEntry } from './contract.ts'

type EntryRow = {
  id: string
  user_id: string
  name: string
  email: string
  role: Role
  team: string | null
  standing: Standing
  standing_reason: string | null
  rank: string | null
  badges: Held[]
  two_factor_enabled: boolean
  last_active_at: string | null
  created_at: string
}

const ENTRY = sql`
  select p.id, p.user_id, u.name, u.email, p.role, p.team, p.standing, p.standing_reason, m.rank, ${heldBadges(sql`m.id`)} as badges,
    u.two_factor_enabled, u.last_active_at, p.created_at
  from membership p join auth_user u on u.id = p.user_id
  left join member m on m.user_id = p.user_id and p.role = 'member'`

const shown = (row: EntryRow, me: string): RosterEntry => ({
  ...{ id: row.id, userId: row.user_id, name: row.name, email: row.email, role: row.role, team: row.team },
  ...{ standing: row.standing, standingReason: row.standing_reason, rank: row.rank, badges: row.badges },
  ...{ twoFactor: row.two_factor_enabled, lastActiveAt: iso(row.last_active_at), joinedAt: iso(row.created_at) },
  isMe: row.user_id === me,
})

/** People of the brand, the newest role first; `q` is part of a name or an address. */
export async function rosterPage(
  tx: BrandTx,
  me: string,
  { q, role, after, limit }: { q?: string | undefined; role?: Role | undefined; after: Place | null; limit: number },
): Promise<RosterEntry[]> {
  const part = q?.trim() ? `%${q.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : null
  const rows = await tx.execute<EntryRow>(sql`${ENTRY}
    where ${part === null ? sql`true` : sql`(u.name ilike ${part} or u.email ilike ${part})`}
      and ${role ? sql`p.role = ${role}` : sql`true`} and ${after ? sql`p.id < ${after.id}::uuid` : sql`true`}
    order by p.id desc limit ${limit}`)
  return rows.map((row) => shown(row, me))
}

/** Null: nobody of the brand has this role's id. */
export async function rosterEntry(tx: BrandTx, me: string, id: string): Promise<RosterEntry | null> {
  const [row] = await tx.execute<EntryRow>(sql`${ENTRY} where p.id::text = ${id}`)
  return row ? shown(row, me) : null
}

/** Admins who can act, locked until the transaction ends, so that two of them cannot take the last from each other. */
export async function lockAdmins(tx: BrandTx): Promise<{ id: string; userId: string }[]> {
  return tx.execute<{ id: string; userId: string }>(sql`
    select id, user_id as "userId" from membership where role = 'admin' and standing in ('probation', 'trusted')
    order by id for no key update`)
}

/** Whether somebody is anything to a brand besides this one, whatever their standing there. */
export async function isElsewhere(db: Pick<Db, 'execute'>, userId: string, brandId: string): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from membership where user_id = ${userId} and brand_id <> ${brandId} limit 1`)
  return rows.length > 0
}

/** The people who need a second factor where a brand asks for one, and how many of them have none. */
export async function needingTwoFactor(tx: BrandTx): Promise<{ userIds: string[]; without: number }> {
  const rows = await tx.execute<{ id: string; has: boolean }>(sql`
    select distinct u.id, u.two_factor_enabled as has from membership p join auth_user u on u.id = p.user_id
    where p.role in ('staff', 'admin') and p.standing <> 'banned'`)
  return { userIds: rows.map(({ id }) => id), without: rows.filter(({ has }) => !has).length }
}

type InviteRow = {
  id: string
  role: Role
  team: string | null
  email: string | null
  name: string | null
  handle: string | null
  instance: string | null
  by: string
  created_at: string
  expires_at: string
  accepted_at: string | null
  accepted_by: string | null
  withdrawn_at: string | null
}

export async function invitePage(
  tx: BrandTx,
  now: Date,
  { after, limit }: { after: Place | null; limit: number },
): Promise<Invite[]> {
  const rows = await tx.execute<InviteRow>(sql`
    select i.id, i.role, i.team, i.email, i.name, i.handle, i.instance, coalesce(u.name, i.by) as by, i.created_at, i.expires_at, i.accepted_at,
      a.name as accepted_by, i.withdrawn_at
    from invite i left join auth_user u on u.id::text = i.by left join auth_user a on a.id = i.accepted_by
    where ${after ? sql`i.id < ${after.id}::uuid` : sql`true`} order by i.id desc limit ${limit}`)
  return rows.map((row) => ({
    ...{ id: row.id, role: row.role, team: row.team, email: row.email, by: row.by },
    ...{ name: row.name, handle: row.handle, instance: row.instance },
    ...{ createdAt: iso(row.created_at), expiresAt: iso(row.expires_at), acceptedBy: row.accepted_by },
    state: stateOf(row, now),
  }))
}

function stateOf(row: InviteRow, now: Date): Invite['state'] {
  if (row.accepted_at !== null) return 'accepted'
  if (row.withdrawn_at !== null) return 'withdrawn'
  return new Date(row.expires_at) <= now ? 'expired' : 'open'
}
