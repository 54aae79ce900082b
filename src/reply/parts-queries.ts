import { sql } from 'drizzle-orm'
import type { RemoteRef } from '../../connectors/connector.ts'
import { asRows, type BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { SECOND } from '../domain/clock.ts'
import { newId } from '../domain/id.ts'
import type { ReplyPartState } from '../domain/reply-state.ts'
import { CAP_WAIT_SECONDS, underCap } from './queries.ts'
import type { Pace } from './reply.ts'
import type { Post } from './speak.ts'

/** Keeps the posts an answer goes out as, instead of those it was to go out as before; one post needs no rows. */
export async function storeParts(
  tx: BrandTx,
  { id, network }: { id: string; network: string },
  posts: readonly string[],
): Promise<void> {
  await tx.execute(sql`delete from reply_part where reply_id = ${id}`)
  if (posts.length < 2) return
  // The first is sent under the reply's own id.
  const rows = posts.map((text, n) => ({ nth: n + 1, text, key: n === 0 ? id : newId() }))
  await tx.execute(sql`
    insert into reply_part (reply_id, nth, key, text, state, network)
    select ${id}::uuid, nth, key, text, 'waiting', ${network} from jsonb_to_recordset(${asRows(rows)}) as t(nth int, key uuid, text text)`)
}

/** One post of an answer, and where the post stands that it answers. */
export type Part = {
  nth: number
  of: number
  key: string
  text: string
  state: ReplyPartState
  attempts: number
  /** Null: nobody told us. */
  above: { instance: string; nativeId: string; url: string | null } | null
}

/**
 * Takes the post of an answer that is next, once the one before it stands (F2): of two workers one gets it. Committed
 * before anything leaves. One whose answer, or whose mention, is gone is not sent any more.
 * @returns null: none is due
 */
export async function beginPart(
  tx: BrandTx,
  replyId: string,
  { now, silentSince }: { now: Date; silentSince: Date },
  pace: Pace,
  lookWaitMs: readonly number[],
): Promise<'first' | 'after a silence' | 'look' | null> {
  const at = now.toISOString()
  // Locked before anything is counted, as where a reply begins; and before the reply, as there.
  const [account] = await tx.execute<{ id: string }>(sql`
    select a.id from linked_account a join reply r on r.account_id = a.id where r.id = ${replyId} for no key update of a`)
  if (!account) return null
  const [due] = await tx.execute<Due>(sql`
    select p.nth, p.state, p.checks, r.state as "replyState", m.state as "mentionState",
      p.state <> 'sending' and p.send_after <= ${at} as "isDue",
      p.state = 'sending' and p.sending_at < ${silentSince.toISOString()} as "isSilent"
    from reply r join mention m on m.id = r.mention_id join reply_part p on p.reply_id = r.id and p.send_after is not null
    where r.id = ${replyId} order by p.nth limit 1 for update of r, p`)
  if (!due) return null
  const where = sql`reply_id = ${replyId} and nth = ${due.nth}`
  if (due.isSilent) {
    await tx.execute(sql`update reply_part set sending_at = ${at}, checks = checks + 1 where ${where}`)
    return 'after a silence'
  }
  if (!due.isDue) return null
  if (due.state === 'pending') {
    const waitMs = lookWaitMs[Math.min(due.checks, lookWaitMs.length - 1)]!
    await tx.execute(sql`
      update reply_part set checks = checks + 1, send_after = ${new Date(now.getTime() + waitMs).toISOString()} where ${where}`)
    return 'look'
  }
  const why = whyNot(due)
  if (why !== null) {
    await tx.execute(sql`update reply_part set state = 'stopped', send_after = null, note = ${why} where ${where}`)
    return null
  }
  const [turn] =
    due.mentionState === 'hidden'
      ? []
      : await tx.execute(sql`
          update linked_account a set next_post_at = greatest(a.next_post_at, ${at}::timestamptz + make_interval(secs => ${pace.gapMs / 1_000}))
          where a.id = ${account.id} and ${underCap(account.id, now, pace, sql`1`)} returning a.id`)
  if (!turn) {
    const later = new Date(now.getTime() + CAP_WAIT_SECONDS * SECOND).toISOString()
    await tx.execute(sql`update reply_part set send_after = ${later} where ${where}`)
    return null
  }
  await tx.execute(
    sql`update reply_part set state = 'sending', sending_at = ${at}, attempts = attempts + 1 where ${where}`,
  )
  return 'first'
}

type Due = {
  nth: number
  state: ReplyPartState
  checks: number
  replyState: string
  mentionState: string
  isDue: boolean
  isSilent: boolean
}

const whyNot = ({ replyState, mentionState }: Due): string | null =>
  mentionState === 'withdrawn'
    ? 'The author deleted the post before this was sent.'
    : replyState === 'sent'
      ? null
      : 'The first post of this answer does not stand any more.'

/** The post that is on its way, or held by the network's moderators; null: none is. */
export async function partOnItsWay(tx: BrandTx, replyId: string): Promise<Part | null> {
  return partWhere(tx, replyId, sql`p.state in ('sending', 'pending') order by p.nth limit 1`)
}

export const partByNth = (tx: BrandTx, replyId: string, nth: number): Promise<Part | null> =>
  partWhere(tx, replyId, sql`p.nth = ${nth}`)

async function partWhere(tx: BrandTx, replyId: string, where: ReturnType<typeof sql>): Promise<Part | null> {
  const [row] = await tx.execute<Omit<Part, 'above'> & Record<'instance' | 'nativeId' | 'url', string | null>>(sql`
    select p.nth, (select count(*)::int from reply_part where reply_id = ${replyId}) as of, p.key, p.text, p.state, p.attempts,
      case when p.nth = 2 then r.instance else b.instance end as instance,
      case when p.nth = 2 then r.remote_id else b.remote_id end as "nativeId",
      case when p.nth = 2 then r.url else b.url end as url
    from reply_part p join reply r on r.id = p.reply_id
    left join reply_part b on b.reply_id = p.reply_id and b.nth = p.nth - 1
    where p.reply_id = ${replyId} and p.nth > 1 and ${where}`)
  if (!row) return null
  const { instance, nativeId, url, ...part } = row
  return { ...part, above: instance !== null && nativeId !== null ? { instance, nativeId, url } : null }
}

/** The post to publish; null: nobody told us where the one stands that it answers. */
export const partPost = (
  { brandId, accountId, network }: { brandId: string; accountId: string; network: string },
  { key, text, above }: Part,
): Post | null => above && { brandId, accountId, network, key, text, to: above }

type End =
  | { state: 'sent'; at: Date; ref: RemoteRef | null }
  | { state: 'waiting' | 'pending'; sendAfter: Date; note: string }
  | { state: 'failed' | 'unknown'; note: string }

/**
 * Ends a try of one post, as `endTry` does of a reply: that it stands is true whoever says it and however late, anything
 * else counts only from whoever has the try (`begun`), or from a look at one that is held. @returns whether it counted
 */
export async function endPart(
  tx: BrandTx,
  { replyId, nth }: { replyId: string; nth: number },
  by: { begun: Date } | 'looked for',
  to: End,
): Promise<boolean> {
  const mine =
    to.state === 'sent'
      ? sql`state in ('waiting', 'sending', 'pending', 'unknown', 'failed', 'stopped')`
      : by === 'looked for'
        ? sql`state = 'pending'`
        : sql`state = 'sending' and sending_at = ${by.begun.toISOString()}`
  const written =
    to.state === 'sent'
      ? sql`sent_at = ${to.at.toISOString()}, remote_id = ${to.ref?.id ?? null}, instance = ${to.ref?.instance ?? null},
          url = ${to.ref?.url ?? null}, note = null, send_after = null`
      : sql`note = ${to.note}, send_after = ${'sendAfter' in to ? to.sendAfter.toISOString() : null}::timestamptz,
          checks = case when ${to.state} = 'pending' then 1 else checks end`
  const rows = await tx.execute(sql`
    update reply_part set state = ${to.state}, ${written}, sending_at = null
    where reply_id = ${replyId} and nth = ${nth} and ${mine} returning nth`)
  return rows.length > 0
}

/** What is known so far of a post that got no clear answer. */
export const noteOfPart = (tx: BrandTx, replyId: string, nth: number, note: string) =>
  tx.execute(
    sql`update reply_part set note = ${note} where reply_id = ${replyId} and nth = ${nth} and state = 'sending'`,
  )

/** Why a post does not follow one that stands where nobody told us. */
export const NOWHERE = 'Nobody told us where the post before it stands, so it cannot follow.'

/** The post after `nth` is due: that one stands. */
export const letFollow = (tx: BrandTx, replyId: string, nth: number, now: Date) =>
  tx.execute(sql`
    update reply_part set send_after = ${now.toISOString()}
    where reply_id = ${replyId} and nth = ${nth + 1} and state = 'waiting' and send_after is null`)

/** The post after `nth` cannot follow. */
export const letNoneFollow = (tx: BrandTx, replyId: string, nth: number, note: string) =>
  tx.execute(sql`
    update reply_part set state = 'stopped', send_after = null, note = ${note}
    where reply_id = ${replyId} and nth = ${nth + 1} and state = 'waiting'`)

/** The first post stands: the others follow it, or cannot (`ref` null). */
export const letRestFollow = (tx: BrandTx, replyId: string, ref: RemoteRef | null, now: Date) =>
  ref ? letFollow(tx, replyId, 1, now) : letNoneFollow(tx, replyId, 1, NOWHERE)

/** Is a post known as another than this one? As an answer's own, or as one of several. */
export async function isAnothers(
  tx: BrandTx,
  { replyId, nth }: { replyId: string; nth: number },
  ref: RemoteRef,
): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select 1 from reply where network = ${ref.network} and instance = ${ref.instance} and remote_id = ${ref.id}
    union all
    select 1 from reply_part where network = ${ref.network} and instance = ${ref.instance} and remote_id = ${ref.id}
      and (reply_id, nth) <> (${replyId}::uuid, ${nth}::smallint)`)
  return row !== undefined
}

/** Posts of an answer after its first that stand, or may, the last first; what is to be deleted before the first is. */
export async function partsToRemove(tx: BrandTx, replyId: string): Promise<(Part & { ref: RemoteRef | null })[]> {
  const rows = await tx.execute<{
    nth: number
    network: string
    id: string | null
    instance: string
    url: string | null
  }>(sql`
    select nth, network, remote_id as id, instance, url from reply_part
    where reply_id = ${replyId} and nth > 1 and state in ('sent', 'unknown') order by nth desc`)
  const parts: (Part & { ref: RemoteRef | null })[] = []
  for (const { nth, id, network, instance, url } of rows) {
    const ref: RemoteRef | null =
      id === null ? null : { network: network as RemoteRef['network'], instance, id, ...(url !== null && { url }) } // written from a RemoteRef
    parts.push({ ...(await partByNth(tx, replyId, nth))!, ref })
  }
  return parts
}

/** What became of a post that was to be deleted: we did, or it never arrived. */
export const endPartStanding = (tx: BrandTx, replyId: string, nth: number, state: 'removed' | 'failed') =>
  tx.execute(sql`
    update reply_part set state = ${state}, send_after = null, sending_at = null
    where reply_id = ${replyId} and nth = ${nth} and state in ('sent', 'unknown')`)

/** An answer is to be taken back: what has not left stays, and what is held is looked for then. */
export const stopParts = (tx: BrandTx, replyId: string) =>
  tx.execute(sql`
    update reply_part set send_after = null, state = case state when 'pending' then 'unknown' else 'stopped' end,
      note = 'The answer was taken back.'
    where reply_id = ${replyId} and nth > 1 and state in ('waiting', 'pending')`)

/** Posts that somebody else took away. */
export async function markGone(tx: BrandTx, gone: readonly { replyId: string; nth: number }[]): Promise<void> {
  if (gone.length === 0) return
  await tx.execute(sql`
    update reply_part p set state = 'gone' from jsonb_to_recordset(${asRows(gone)}) as t("replyId" uuid, nth int)
    where p.reply_id = t."replyId" and p.nth = t.nth and p.state = 'sent'`)
}

export type StandingPart = { replyId: string; nth: number; ref: RemoteRef }

/** Of these replies the posts after the first that stand under a known id. */
export async function standingParts(tx: BrandTx, replyIds: readonly string[]): Promise<StandingPart[]> {
  const rows = await tx.execute<Record<string, string | null> & { nth: number }>(sql`
    select reply_id, nth, network, instance, remote_id, url from reply_part
    where reply_id = any(${textArray(replyIds)}::uuid[]) and nth > 1 and state = 'sent' and remote_id is not null
    order by reply_id, nth`)
  return rows.map((row) => ({
    replyId: row.reply_id!, // not null, by the schema or by the statement
    nth: row.nth,
    ref: {
      network: row.network as RemoteRef['network'], // written from a RemoteRef
      instance: row.instance!,
      id: row.remote_id!,
      ...(typeof row.url === 'string' && { url: row.url }),
    },
  }))
}

/**
 * The rest of an answer is to be sent after all: what failed or was stopped leaves, and what nobody knows of is looked
 * for first. @returns whether there was something to do
 */
export async function resumeParts(tx: BrandTx, replyId: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const rows = await tx.execute(sql`
    update reply_part p set send_after = ${at}, note = null, attempts = 0,
      state = case p.state when 'unknown' then 'sending' else 'waiting' end,
      sending_at = case p.state when 'unknown' then 'epoch'::timestamptz end
    where p.reply_id = ${replyId} and p.nth > 1 and p.state in ('failed', 'stopped', 'unknown')
      and p.nth = (select min(nth) from reply_part where reply_id = ${replyId} and nth > 1 and state <> 'sent')
    returning nth`)
  return rows.length > 0
}
