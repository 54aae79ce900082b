import { sql } from 'drizzle-orm'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import { type Clock, DAY, HOUR } from '../../domain/clock.ts'
import { type NoticeKind, noticesFor } from '../../domain/notices.ts'
import type { Role } from '../../domain/roles.ts'
import { storeMail } from '../mails.ts'
import type { Vault } from '../secrets.ts'
import { LATE_MS, letterAbout, type MailTimes, nextMail, quietUntil, SHOWN_MS } from './notices.ts'
import { noticesOf, type Settings } from './queries.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; baseUrl: string; log: Log }
type Log = { error: (about: object, message: string) => void }
type Due = { brandId: string; brand: string; userId: string; name: string; email: string; confirmed: boolean }

/** People at once; the next beat goes on. */
const AT_ONCE = 100
/** What is older is put into no mail, however long there was no way to send one: more than the longest wait between two. */
const OLDEST_MS = 3 * DAY
/** Whose mail could not be written is looked to again after this, and stands in nobody's way. */
const PUT_OFF_MS = HOUR
const MOST_IN_ONE = 200
/** Keys of mailed notices are kept longer than any notice is looked at again. */
const KEPT_MS = SHOWN_MS

/**
 * Puts what concerns people, and what they want by mail, into mails whose time has come. That it was put into one is
 * written in the same transaction, under the person and the notice: of two processes, and of two looks, one mail comes.
 * What fails for one person is logged, and their turn put off; the others have theirs.
 * @returns how many mails were stored
 */
export async function mailNotices({ db, clock, vault, baseUrl, log }: Deps): Promise<number> {
  const now = clock.now()
  let stored = 0
  for (const due of await dueReaders(db, now))
    try {
      if (await inBrand(db, due.brandId, (tx) => mailOne(tx, { vault, baseUrl }, due, now))) stored += 1
    } catch (error) {
      log.error({ err: error, brandId: due.brandId, userId: due.userId }, 'somebody’s notices could not be mailed')
      const next = new Date(now.getTime() + PUT_OFF_MS)
      await inBrand(db, due.brandId, (tx) => setNext(tx, due.userId, { next, mailedUntil: null }))
    }
  await db.execute(sql`delete from notice_mailed where at < ${new Date(now.getTime() - KEPT_MS).toISOString()}`)
  return stored
}

const dueReaders = (db: Db, now: Date): Promise<Due[]> =>
  db.execute<Due>(sql`
    select s.brand_id as "brandId", b.name as brand, s.user_id as "userId", u.name, u.email, u.email_verified as confirmed
    from notice_settings s join brand b on b.id = s.brand_id join auth_user u on u.id = s.user_id
    where s.next_mail_at <= ${now.toISOString()} order by s.next_mail_at limit ${AT_ONCE}`)

async function mailOne(tx: BrandTx, deps: Pick<Deps, 'vault' | 'baseUrl'>, due: Due, now: Date): Promise<boolean> {
  const settings = await takeTurn(tx, due.userId, now)
  if (!settings) return false
  const quiet = quietUntil(settings, now)
  if (quiet) {
    await setNext(tx, due.userId, { next: quiet, mailedUntil: null })
    return false
  }
  const kinds = due.confirmed ? await unmailed(tx, due.userId, settings, now) : []
  await setNext(tx, due.userId, { next: nextMail(settings, now), mailedUntil: now })
  if (kinds.length === 0) return false
  const letter = letterAbout({ name: due.name, brand: due.brand, link: `${deps.baseUrl}/notices` }, kinds)
  const uselessAt = new Date(now.getTime() + DAY)
  // Mails are of the installation, so the brand's own rights do not reach them.
  await tx.execute(sql`select set_config('role', 'none', true)`)
  await storeMail(tx, deps.vault, { kind: 'notices', to: due.email, uselessAt, ...letter }, now)
  return true
}

type Turn = MailTimes & Pick<Settings, 'ways'> & { mailedUntil: string }

/** Null: another process has it, or had it. */
async function takeTurn(tx: BrandTx, userId: string, now: Date): Promise<Turn | null> {
  const [row] = await tx.execute<Turn>(sql`
    select ways, digest, daily_at as "dailyAt", time_zone as "timeZone", quiet_from as "quietFrom",
      quiet_to as "quietTo", mailed_until as "mailedUntil"
    from notice_settings where user_id = ${userId} and next_mail_at <= ${now.toISOString()} for update skip locked`)
  return row ?? null
}

/** The kinds of notices that are wanted by mail and went into none yet; they are written down as mailed. */
async function unmailed(tx: BrandTx, userId: string, { ways, mailedUntil }: Turn, now: Date): Promise<NoticeKind[]> {
  const here = await tx.execute<{ role: Role; memberId: string | null }>(sql`
    select s.role, (select m.id from member m where m.user_id = s.user_id and s.role = 'member') as "memberId"
    from membership s where s.user_id = ${userId} and s.standing not in ('suspended', 'banned')`)
  const roles = here.map(({ role }) => role)
  const memberId = here.find((one) => one.memberId !== null)?.memberId ?? null
  const since = new Date(Math.max(Date.parse(mailedUntil) - LATE_MS, now.getTime() - OLDEST_MS))
  const kinds = noticesFor(roles).filter((kind) => ways[kind] === 'mail')
  const found = await noticesOf(tx, { userId, memberId, roles }, { since, until: now, kinds, limit: MOST_IN_ONE })
  const keys = found.map(({ key }) => key)
  const fresh = await tx.execute<{ key: string }>(sql`
    insert into notice_mailed (user_id, key, at)
    select ${userId}::uuid, key, ${now.toISOString()}::timestamptz from unnest(${textArray(keys)}::text[]) as key
    on conflict do nothing returning key`)
  const isFresh = new Set(fresh.map(({ key }) => key))
  return found.filter(({ key }) => isFresh.has(key)).map(({ kind }) => kind)
}

const setNext = (tx: BrandTx, userId: string, { next, mailedUntil }: { next: Date; mailedUntil: Date | null }) =>
  tx.execute(sql`
    update notice_settings set next_mail_at = ${next.toISOString()},
      mailed_until = greatest(${mailedUntil?.toISOString() ?? null}::timestamptz, mailed_until)
    where user_id = ${userId}`)
