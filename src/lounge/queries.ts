import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { newId } from '../domain/id.ts'
import type { Place } from '../http/cursor.ts'
import type { Rank } from '../people/ranks.ts'
import type { LoungeMessage, LoungeThread } from './contract.ts'

export type ThreadRow = LoungeThread
export type MessageRow = Omit<LoungeMessage, 'mine'> & { authorId: string }
type Page = { after: Place | null; limit: number }

const threads = sql`
  select t.id, t.title, u.name as author, t.count, t.closed_reason as closed, t.at as "lastAt"
  from lounge_thread t join auth_user u on u.id = t.author_id`
const messages = sql`
  select x.id, x.author_id as "authorId", u.name as author, x.from_staff as "fromStaff", x.text,
    x.removed_reason as removed, x.reported_reason as reported, x.at
  from lounge_message x join auth_user u on u.id = x.author_id`

/** The rank of a member; null: there is none. */
export async function rankOf(tx: BrandTx, memberId: string): Promise<Rank | null> {
  const [row] = await tx.execute<{ rank: Rank }>(sql`select rank from member where id = ${memberId}`)
  return row?.rank ?? null
}

/** Those of these members who are of these ranks and may enter. */
export async function guestsAmong(
  tx: BrandTx,
  memberIds: readonly string[],
  ranks: readonly Rank[],
): Promise<ReadonlySet<string>> {
  if (memberIds.length === 0) return new Set()
  const rows = await tx.execute<{ id: string }>(sql`
    select m.id from member m join membership p on p.user_id = m.user_id and p.role = 'member'
    where m.id = any(${textArray(memberIds)}::uuid[]) and m.rank = any(${textArray(ranks)}::text[])
      and p.standing not in ('suspended', 'banned')`)
  return new Set(rows.map(({ id }) => id))
}

/** A page of threads, the newest words first, and one row more than `limit` when there are more. */
export const listThreads = (tx: BrandTx, { after, limit }: Page): Promise<ThreadRow[]> =>
  tx.execute<ThreadRow>(sql`${threads}
    ${after ? sql`where (t.at, t.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
    order by t.at desc, t.id desc limit ${limit + 1}`)

export async function threadBy(tx: BrandTx, id: string): Promise<ThreadRow | null> {
  const [row] = await tx.execute<ThreadRow>(sql`${threads} where t.id = ${id}`)
  return row ?? null
}

/** A page of a thread's messages, the newest first, and one row more than `limit` when there are more. */
export const listMessages = (tx: BrandTx, threadId: string, { after, limit }: Page): Promise<MessageRow[]> =>
  tx.execute<MessageRow>(sql`${messages}
    where x.thread_id = ${threadId}
      ${after ? sql`and (x.at, x.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
    order by x.at desc, x.id desc limit ${limit + 1}`)

export async function messageBy(tx: BrandTx, id: string): Promise<MessageRow | null> {
  const [row] = await tx.execute<MessageRow>(sql`${messages} where x.id = ${id}`)
  return row ?? null
}

type New = { authorId: string; key: string; at: Date }

/** Opens a thread without a message. @returns its id; `fresh` false: this press opened it before */
export async function openThread(
  tx: BrandTx,
  { title, authorId, key, at }: New & { title: string },
): Promise<{ id: string; fresh: boolean }> {
  const [row] = await tx.execute<{ id: string; fresh: boolean }>(sql`
    insert into lounge_thread (id, author_id, title, key, at)
    values (${newId(at.getTime())}, ${authorId}, ${title}, ${key}, ${at.toISOString()})
    on conflict on constraint lounge_thread_once do update set key = excluded.key
    returning id, xmax = 0 as fresh`)
  return row! // an insert or an update of one row returns it
}

/** Whoever writes in a thread or closes it locks it first. */
export async function lockThread(tx: BrandTx, id: string): Promise<{ closed: string | null } | null> {
  const [row] = await tx.execute<{ closed: string | null }>(
    sql`select closed_reason as closed from lounge_thread where id = ${id} for update`,
  )
  return row ?? null
}

/** The message of an earlier press with this key; null: there was none. */
export async function heardAs(
  tx: BrandTx,
  { threadId, authorId, key }: Omit<New, 'at'> & { threadId: string },
): Promise<string | null> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select id from lounge_message where thread_id = ${threadId} and author_id = ${authorId} and key = ${key}`)
  return row?.id ?? null
}

/** Adds a message to a thread that is locked, or new. @returns its id */
export async function addMessage(
  tx: BrandTx,
  { threadId, authorId, fromStaff, text, key, at }: New & { threadId: string; fromStaff: boolean; text: string },
): Promise<string> {
  const id = newId(at.getTime())
  await tx.execute(sql`
    with said as (
      insert into lounge_message (id, thread_id, author_id, from_staff, text, key, at)
      values (${id}, ${threadId}, ${authorId}, ${fromStaff}, ${text}, ${key}, ${at.toISOString()}))
    update lounge_thread set count = count + 1, at = greatest(at, ${at.toISOString()}::timestamptz) where id = ${threadId}`)
  return id
}

export const close = (tx: BrandTx, id: string, reason: string): Promise<unknown> =>
  tx.execute(sql`update lounge_thread set closed_reason = ${reason} where id = ${id}`)

/** Takes a message away, and with a thread's first its title. @returns null: it is not there, or was taken away before */
export async function remove(
  tx: BrandTx,
  id: string,
  reason: string,
): Promise<{ threadId: string; authorId: string } | null> {
  const [row] = await tx.execute<{ threadId: string; authorId: string }>(sql`
    with gone as (
      update lounge_message set text = null, removed_reason = ${reason}
      where id = ${id} and removed_reason is null returning thread_id, author_id, key),
    untitled as (
      update lounge_thread t set title = null from gone
      where t.id = gone.thread_id and t.author_id = gone.author_id and t.key = gone.key)
    select thread_id as "threadId", author_id as "authorId" from gone`)
  return row ?? null
}

/**
 * Writes down who reports a message that stands, and of the first what they said.
 * @returns its thread, and whether this was the first; null: they reported it before, or it is gone
 */
export async function report(
  tx: BrandTx,
  id: string,
  { reason, by, at }: { reason: string; by: string; at: Date },
): Promise<{ threadId: string; first: boolean } | null> {
  const [row] = await tx.execute<{ threadId: string; first: boolean }>(sql`
    update lounge_message set reported_reason = coalesce(reported_reason, ${reason}),
      reported_at = coalesce(reported_at, ${at.toISOString()}::timestamptz), reported_by = reported_by || ${by}::uuid
    where id = ${id} and removed_reason is null and not reported_by @> array[${by}::uuid]
    returning thread_id as "threadId", cardinality(reported_by) = 1 as first`)
  return row ?? null
}

type Dismissed = { threadId: string; reason: string; by: string[] }

/** Forgets what was reported of a message that stands. @returns what it was, and who did; null: nothing waits, or it is gone */
export async function dismiss(tx: BrandTx, id: string): Promise<Dismissed | null> {
  const [row] = await tx.execute<Dismissed>(sql`
    with was as (
      select id, thread_id, reported_reason, reported_by from lounge_message
      where id = ${id} and reported_reason is not null and removed_reason is null for update)
    update lounge_message x set reported_reason = null, reported_at = null, reported_by = '{}' from was
    where x.id = was.id
    returning was.thread_id as "threadId", was.reported_reason as reason, was.reported_by as by`)
  return row ?? null
}

/** The members among these people. */
export async function membersOf(tx: BrandTx, userIds: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from member where user_id = any(${textArray(userIds)}::uuid[])`,
  )
  return rows.map(({ id }) => id)
}
