import { type SQL, sql } from 'drizzle-orm'
import { asColumns } from '../../db/as-columns.ts'
import type { BrandTx, Db } from '../../db/client.ts'
import { DAY } from '../../domain/clock.ts'
import type { WebhookKind, WebhookReason, WebhookTrouble } from '../../domain/webhooks.ts'
import type { Place } from '../../http/cursor.ts'

export type TargetRow = {
  id: string
  name: string
  kind: WebhookKind
  types: string[]
  sealed: string
  address: string
  state: 'on' | 'off' | 'disabled'
  reason: WebhookReason | null
  failing_since: string | null
  version: number
  created_at: string
  secret_by: string | null
}

const COLUMNS = sql`id, name, kind, types, sealed, address, state, reason, failing_since, version, created_at, secret_by`

export const targetRows = (tx: BrandTx): Promise<TargetRow[]> =>
  tx.execute<TargetRow>(sql`select ${COLUMNS} from webhook_target order by id`)

/** Makes are one after the other in a brand, so that no two find one place left. */
export const lockTargets = (tx: BrandTx) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('webhook_target'), hashtext(current_setting('deputize.brand')))`)

/** What a press made; null: nothing yet. */
export async function madeBy(tx: BrandTx, press: string): Promise<TargetRow | null> {
  const [row] = await tx.execute<TargetRow>(sql`select ${COLUMNS} from webhook_target where made_by = ${press}`)
  return row ?? null
}

/** Null: there is none. */
export async function targetRow(tx: BrandTx, id: string, lock: SQL = sql``): Promise<TargetRow | null> {
  const [row] = await tx.execute<TargetRow>(sql`select ${COLUMNS} from webhook_target where id = ${id} ${lock}`)
  return row ?? null
}

export type DeliveryRow = {
  id: string
  target_id: string
  type: string
  state: 'waiting' | 'sending' | 'sent' | 'failed'
  attempts: number
  next_at: string
  status: number | null
  answer: string | null
  trouble: WebhookTrouble | null
  sent_at: string | null
  at: string
}

const DELIVERY = sql`id, target_id, type, state, attempts, next_at, status, answer, trouble, sent_at, at`

/** Of one target, the newest first. */
export const deliveryRows = (
  tx: BrandTx,
  targetId: string,
  { after, limit }: { after: Place | null; limit: number },
): Promise<DeliveryRow[]> =>
  tx.execute<DeliveryRow>(sql`
    select ${DELIVERY} from webhook_delivery
    where target_id = ${targetId} ${after ? sql`and (at, id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
    order by at desc, id desc limit ${limit}`)

export async function deliveryRow(tx: BrandTx, id: string): Promise<DeliveryRow | null> {
  const [row] = await tx.execute<DeliveryRow>(sql`select ${DELIVERY} from webhook_delivery where id = ${id}`)
  return row ?? null
}

/** Has one sent again from the start of its tries, if it is not on its way. @returns whether it is */
export async function sendAgain(tx: BrandTx, id: string, now: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    update webhook_delivery set state = 'waiting', attempts = 0, next_at = ${now.toISOString()}
    where id = ${id} and state in ('sent', 'failed') returning 1`)
  return rows.length > 0
}

/** Targets that are on with something to send: waiting, or begun by a process that was not heard of since. */
export const dueTargets = (db: Db, now: Date, limit: number): Promise<{ brandId: string; targetId: string }[]> =>
  db.execute<{ brandId: string; targetId: string }>(sql`
    select d.brand_id as "brandId", d.target_id as "targetId"
    from webhook_delivery d join webhook_target t on t.id = d.target_id and t.state = 'on'
    where d.state in ('waiting', 'sending') and d.next_at <= ${now.toISOString()}
    group by 1, 2 order by min(next_at) limit ${limit}`)

export type Taken = { id: string; attempts: number }

/** Takes what is due at a target, the oldest first. Of two processes each gets others. */
export const takeDue = (
  tx: BrandTx,
  targetId: string,
  { now, silentMs, limit }: { now: Date; silentMs: number; limit: number },
): Promise<Taken[]> =>
  tx.execute<Taken>(sql`
    update webhook_delivery d set state = 'sending', attempts = attempts + 1,
      next_at = ${new Date(now.getTime() + silentMs).toISOString()}
    from (
      select id from webhook_delivery
      where target_id = ${targetId} and state in ('waiting', 'sending') and next_at <= ${now.toISOString()}
      order by next_at, id limit ${limit} for update skip locked
    ) due where d.id = due.id returning d.id, d.attempts`)

export type Settled = Taken & {
  state: 'sent' | 'failed' | 'waiting'
  nextAt: Date
  status: number | null
  answer: string | null
  trouble: WebhookTrouble | null
}

/**
 * What became of tries, unless another has begun since. One that was given up meanwhile says what came back; it is not
 * tried again.
 */
export async function settle(tx: BrandTx, tries: readonly Settled[], now: Date): Promise<void> {
  const rows = asColumns(tries, {
    tried: { type: 'uuid', of: ({ id }) => id },
    nth: { type: 'int', of: ({ attempts }) => attempts },
    became: { type: 'text', of: ({ state }) => state },
    later: { type: 'timestamptz', of: ({ nextAt }) => nextAt },
    code: { type: 'int', of: ({ status }) => status },
    words: { type: 'text', of: ({ answer }) => answer },
    why: { type: 'text', of: ({ trouble }) => trouble },
  })
  await tx.execute(sql`
    update webhook_delivery d
    set state = case when d.state = 'failed' and became = 'waiting' then 'failed' else became end,
      next_at = later, status = code, answer = words, trouble = why,
      sent_at = case when became = 'sent' then ${now.toISOString()}::timestamptz else sent_at end
    from ${rows} where d.id = tried and d.state in ('sending', 'failed') and d.attempts = nth`)
}

/** Those that were taken and not sent wait as before, unless they were given up meanwhile. */
export async function putBack(tx: BrandTx, taken: readonly Taken[], now: Date): Promise<void> {
  if (taken.length === 0) return
  const rows = asColumns(taken, {
    taken: { type: 'uuid', of: ({ id }) => id },
    nth: { type: 'int', of: ({ attempts }) => attempts },
  })
  await tx.execute(sql`
    update webhook_delivery d set state = 'waiting', attempts = attempts - 1, next_at = ${now.toISOString()}
    from ${rows} where d.id = taken and d.state = 'sending' and d.attempts = nth`)
}

/** Notes whether anything arrived. @returns since when nothing does; null: something did, or the target is not on */
export async function noteHealth(tx: BrandTx, targetId: string, arrived: boolean, now: Date): Promise<Date | null> {
  const [row] = await tx.execute<{ since: string | null }>(sql`
    update webhook_target set
      failing_since = ${arrived ? sql`null` : sql`coalesce(failing_since, ${now.toISOString()}::timestamptz)`}
    where id = ${targetId} and state = 'on' returning failing_since as since`)
  return row?.since ? new Date(row.since) : null
}

/** Switches one off that was on. @returns its name; null: it was not on */
export async function disable(tx: BrandTx, id: string, reason: WebhookReason): Promise<string | null> {
  const [row] = await tx.execute<{ name: string }>(sql`
    update webhook_target set state = 'disabled', reason = ${reason}, version = version + 1
    where id = ${id} and state = 'on' returning name`)
  return row?.name ?? null
}

/**
 * What waits at a target that is switched off is not sent; it may be sent again by hand. What is on its way may arrive
 * yet, and is then down as sent; a worker that took it and died sends it no more.
 */
export const giveUp = (tx: BrandTx, targetId: string) =>
  tx.execute(sql`
    update webhook_delivery set state = 'failed', trouble = case when status is null then coalesce(trouble, 'off') end
    where target_id = ${targetId} and state in ('waiting', 'sending')`)

const KEPT_MS = 30 * DAY

export const pruneWebhookDeliveries = (db: Db, now: Date) =>
  db.execute(sql`delete from webhook_delivery where at < ${new Date(now.getTime() - KEPT_MS).toISOString()}`)
