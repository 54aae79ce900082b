import { sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { apiKey } from '../../db/schema/api-key.ts'
import { type Clock, DAY, MINUTE } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import type { Membership, Person } from '../../http/access.ts'
import { digestOf, madeToken } from '../proofs.ts'
import type { ApiKey } from './contract.ts'

/** What every key begins with, so that people and scanners know one when they see it. */
const MARK = 'dep_live_'
const A_MINUTE = 600
const MOST = 100

type Row = {
  id: string
  name: string
  ending: string
  scopes: string[]
  by: string | null
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
}

const ROWS = sql`
  select k.id, k.name, k.ending, k.scopes, u.name as by, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
  from api_key k left join auth_user u on u.id = k.user_id`

const show = (row: Row, now: Date): ApiKey => ({
  ...{ id: row.id, name: row.name, ending: row.ending, scopes: row.scopes, by: row.by ?? 'somebody who has left' },
  ...{ createdAt: iso(row.created_at), expiresAt: iso(row.expires_at), lastUsedAt: iso(row.last_used_at) },
  state: row.revoked_at !== null ? 'revoked' : hasEnded(row.expires_at, now) ? 'expired' : 'open',
})

const hasEnded = (expiresAt: string | null, now: Date): boolean => expiresAt !== null && new Date(expiresAt) <= now

/** Keys of the brand, the newest first; at most 200, revoked ones among them. */
export const listKeys = async (tx: BrandTx, now: Date): Promise<ApiKey[]> =>
  (await tx.execute<Row>(sql`${ROWS} order by k.id desc limit 200`)).map((row) => show(row, now))

type NewKey = { name: string; scopes: readonly string[]; days: number | null }

/** Makes a key. @returns it with its secret, which is nowhere else @throws DomainError `conflict` for one too many */
export async function makeKey(
  tx: BrandTx,
  { name, scopes, days }: NewKey,
  { userId, at }: { userId: string; at: Date },
): Promise<{ key: ApiKey; secret: string }> {
  const open = (await listKeys(tx, at)).filter(({ state }) => state === 'open')
  if (open.length >= MOST)
    throw new DomainError('conflict', `A brand has at most ${MOST} keys; revoke one that nobody uses.`)
  const [id, secret] = [newId(at.getTime()), MARK + madeToken()]
  const held = [...new Set(scopes)].sort()
  await tx.insert(apiKey).values({
    ...{ id, name, scopes: held, userId, createdAt: at, keyHash: digestOf(secret), ending: secret.slice(-4) },
    expiresAt: days === null ? null : new Date(at.getTime() + days * DAY),
  })
  const details = { name, scopes: held, days }
  await writeAudit(tx, { actor: userId, act: 'api-key.made', target: id, details, at })
  return { key: await oneKey(tx, id, at), secret }
}

/** @throws DomainError `not-found` */
export async function revokeKey(tx: BrandTx, id: string, by: { userId: string; at: Date }): Promise<ApiKey> {
  const done = await tx.execute<{ name: string }>(
    sql`update api_key set revoked_at = ${by.at.toISOString()} where id = ${id} and revoked_at is null returning name`,
  )
  const [revoked] = done
  if (revoked) {
    const { name } = revoked
    await writeAudit(tx, { actor: by.userId, act: 'api-key.revoked', target: id, details: { name }, at: by.at })
  }
  return oneKey(tx, id, by.at)
}

async function oneKey(tx: BrandTx, id: string, now: Date): Promise<ApiKey> {
  const [row] = await tx.execute<Row>(sql`${ROWS} where k.id = ${id}`)
  if (!row) throw new DomainError('not-found', 'There is no such key.')
  return show(row, now)
}

type Held = {
  id: string
  brandId: string
  scopes: string[]
  userId: string
  name: string
  email: string
  confirmed: boolean
  twoFactor: boolean
  stale: boolean
}

type Deps = { db: Db; clock: Clock; membershipsOf: (userId: string) => Promise<Membership[]> }

/**
 * Who asks by a key: whoever made it, at its brand alone, in the roles they have there now, but never as a member, whose
 * answers are their own. A revoked key opens nothing from the next request on.
 * @returns null: the request brings no key @throws DomainError `unauthenticated`, `too-many`
 */
export function openKeys({ db, clock, membershipsOf }: Deps): (request: FastifyRequest) => Promise<Person | null> {
  const allow = openAllowance(clock)
  return async ({ headers }) => {
    const [, secret] = /^bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
    if (secret === undefined) return null
    const now = clock.now()
    const held = secret.startsWith(MARK) ? await find(db, secret, now) : null
    if (!held) throw new DomainError('unauthenticated', 'This API key is not valid: mistyped, revoked or expired.')
    allow(held.id)
    if (held.stale) await noteUse(db, held, now)
    const memberships = (await membershipsOf(held.userId)).filter(
      ({ brandId, role }) => brandId === held.brandId && role !== 'member',
    )
    return {
      ...{ userId: held.userId, name: held.name, email: held.email, emailConfirmed: held.confirmed },
      ...{ twoFactor: held.twoFactor, sessionId: `key ${held.id}`, memberships },
      key: { id: held.id, scopes: held.scopes },
    }
  }
}

/** Looked up among all brands: nobody has said yet which one it is about. */
async function find(db: Db, secret: string, now: Date): Promise<Held | null> {
  const minuteAgo = new Date(now.getTime() - MINUTE).toISOString()
  const [row] = await db.execute<Held>(sql`
    select k.id, k.brand_id as "brandId", k.scopes, k.user_id as "userId", u.name, u.email, u.email_verified as confirmed,
      coalesce(u.two_factor_enabled, false) as "twoFactor", coalesce(k.last_used_at < ${minuteAgo}, true) as stale
    from api_key k join auth_user u on u.id = k.user_id
    where k.key_hash = ${digestOf(secret)} and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > ${now.toISOString()})`)
  return row ?? null
}

const noteUse = (db: Db, { id, brandId }: Held, now: Date): Promise<unknown> =>
  inBrand(db, brandId, (tx) => tx.execute(sql`update api_key set last_used_at = ${now.toISOString()} where id = ${id}`))

/** So many requests a minute for each key, in this process. @throws DomainError `too-many` */
function openAllowance(clock: Clock): (keyId: string) => void {
  let minute = 0
  let used = new Map<string, number>()
  return (keyId) => {
    const now = clock.now().getTime()
    if (Math.floor(now / MINUTE) !== minute) {
      minute = Math.floor(now / MINUTE)
      used = new Map()
    }
    const count = (used.get(keyId) ?? 0) + 1
    used.set(keyId, count)
    if (count <= A_MINUTE) return
    const seconds = Math.ceil(((minute + 1) * MINUTE - now) / 1_000)
    throw new DomainError('too-many', `This key has asked ${A_MINUTE} times this minute. Wait ${seconds} s.`)
  }
}
