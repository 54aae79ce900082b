import { type SQL, sql } from 'drizzle-orm'
import type { Closed, RemoteRef } from '../../connectors/connector.ts'
import { asRows, type BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { LIVE_REPLIES, LOOKED_FOR_REPLIES } from '../db/reply-states.ts'
import { reply } from '../db/schema/reply.ts'
import { MINUTE } from '../domain/clock.ts'
import type { Disclosure } from '../domain/disclosure.ts'
import type { Pace } from './reply.ts'

export type ReplyRow = typeof reply.$inferSelect
export type NewReply = typeof reply.$inferInsert

/** The mention a reply would be to, locked, with who may answer it now. */
export type Answerable = {
  id: string
  sourceId: string
  network: string
  instance: string
  nativeId: string
  authorHandle: string
  /** Null: our accounts may answer it. */
  closed: Closed | null
  /** BCP-47; `und` when nobody has looked. */
  language: string
  /** The brand's. */
  disclosures: Disclosure[] | null
  /** The brand's; null: it has said nothing. */
  undoSeconds: number | null
  state: string
  holderId: string | null
  holderName: string | null
  assigneeId: string | null
  assigneeName: string | null
}

export async function lockAnswerable(tx: BrandTx, mentionId: string): Promise<Answerable | null> {
  const [row] = await tx.execute<
    Record<string, string | null> & Pick<Answerable, 'closed' | 'disclosures' | 'undoSeconds'>
  >(sql`
    select m.id, m.source_id, m.network, m.instance, m.native_id, m.author_handle, m.closed, c.language, m.state, m.holder_id,
      h.name as holder_name, e.assignee_id, u.name as assignee_name, (select settings -> 'disclosures' from brand) as disclosures,
      (select (settings ->> 'undoSeconds')::int from brand) as "undoSeconds"
    from mention m left join member h on h.id = m.holder_id
    left join classification c on c.mention_id = m.id
    left join escalation e on e.mention_id = m.id and e.state in ('open', 'assigned')
    left join auth_user u on u.id = e.assignee_id
    where m.id = ${mentionId} for update of m`)
  if (!row) return null
  return {
    id: row.id!, // these columns are not null in the schema
    sourceId: row.source_id!,
    network: row.network!,
    instance: row.instance!,
    nativeId: row.native_id!,
    authorHandle: row.author_handle!,
    closed: row.closed,
    language: row.language ?? 'und',
    disclosures: row.disclosures,
    undoSeconds: row.undoSeconds,
    state: row.state!,
    holderId: row.holder_id ?? null,
    holderName: row.holder_name ?? null,
    assigneeId: row.assignee_id ?? null,
    assigneeName: row.assignee_name ?? null,
  }
}

/** Stores the reply unless its key was used before, and answers the one that stands under that key. */
export async function storeReply(tx: BrandTx, values: NewReply): Promise<{ row: ReplyRow; fresh: boolean }> {
  const [made] = await tx
    .insert(reply)
    .values(values)
    .onConflictDoNothing({ target: [reply.brandId, reply.key] })
    .returning()
  if (made) return { row: made, fresh: true }
  const [earlier] = await tx.select().from(reply).where(sql`key = ${values.key}`)
  return { row: earlier!, fresh: false } // the key that made the insert do nothing
}

export async function liveReplyOf(tx: BrandTx, mentionId: string): Promise<ReplyRow | null> {
  const [row] = await tx.select().from(reply).where(sql`mention_id = ${mentionId} and state in ${LIVE_REPLIES}`)
  return row ?? null
}

/** Everything a send needs, in one row; null when it is gone. */
export type Outgoing = ReplyRow & {
  /** Of its words those of its own post: all, or those of the first of several. */
  post: string
  to: {
    instance: string
    nativeId: string
    url: string | null
    postedAt: Date
    receivedAt: Date
    state: string
    holderId: string | null
  }
  sourceId: string
}

/** Where it goes, and whether in several posts; null: there is no such reply. */
export async function networkOf(tx: BrandTx, replyId: string): Promise<{ network: string; inParts: boolean } | null> {
  const [row] = await tx.execute<{ network: string; inParts: boolean }>(
    sql`select network, thread is not null as "inParts" from reply where id = ${replyId}`,
  )
  return row ?? null
}

/**
 * Takes a queued reply out of the queue for sending, when it is its account's turn (F5): of two workers one gets the
 * row, the other null. Committed before anything leaves, so that a crash later is known to have happened after this
 * (F6, I3). A reply whose turn it is not waits for it, and no attempt is counted.
 */
export async function beginSending(tx: BrandTx, replyId: string, now: Date, pace: Pace): Promise<boolean> {
  const at = now.toISOString()
  const due = sql`r.id = ${replyId} and r.state = 'queued' and r.send_after <= ${at}`
  // Locked before anything is counted: all that its account has begun meanwhile is then seen.
  const [account] = await tx.execute<{ id: string }>(sql`
    select a.id from linked_account a join reply r on r.account_id = a.id where ${due} for no key update of a`)
  if (!account) return false
  const begun = await tx.execute(sql`
    with turn as (
      update linked_account a set next_post_at = ${at}::timestamptz + make_interval(secs => ${pace.gapMs / 1_000})
      where a.id = ${account.id} and (a.next_post_at is null or a.next_post_at <= ${at})
        and ${underCap(account.id, now, pace, postsIn(replyId))} and exists (select 1 from reply r where ${due})
      returning a.id
    )
    update reply r set state = 'sending', sending_at = ${at}, attempts = attempts + 1
    where ${due} and exists (select 1 from turn) returning r.id`)
  if (begun.length > 0) return true
  await tx.execute(sql`
    update reply r set send_after = greatest(a.next_post_at, ${at}::timestamptz + make_interval(secs => ${CAP_WAIT_SECONDS}))
    from linked_account a where a.id = r.account_id and ${due}`)
  return false
}

/** An account at its cap is looked at again after so long. */
export const CAP_WAIT_SECONDS = 5

/** An answer in several posts begins when there is room for all of them. */
const postsIn = (replyId: string) => sql`(select greatest(1, count(*)) from reply_part p where p.reply_id = ${replyId})`

/** Has the account posted, or may have, so few that its network takes `more`? Of several posts of an answer each counts. */
export function underCap(accountId: string, now: Date, { most }: Pace, more: SQL) {
  if (!most) return sql`true`
  const since = new Date(now.getTime() - most.minutes * MINUTE).toISOString()
  const posted = (alias: 'p' | 'o') => {
    const of = sql.raw(alias)
    return sql`(${of}.sent_at > ${since} or ${of}.sent_at is null and ${of}.state in ('sending', 'unknown', 'pending'))`
  }
  return sql`(
    (select count(*) from reply p where p.account_id = ${accountId} and ${posted('p')})
    + (select count(*) from reply_part o join reply p on p.id = o.reply_id
       where p.account_id = ${accountId} and o.nth > 1 and ${posted('o')})
  ) <= ${most.posts} - least(${most.posts}, ${more})`
}

/** Takes over a send whose sender went silent: of two one gets it. */
export async function takeOverSending(tx: BrandTx, replyId: string, silentSince: Date, now: Date): Promise<boolean> {
  const rows = await tx.execute(sql`
    update reply set sending_at = ${now.toISOString()}
    where id = ${replyId} and state = 'sending' and sending_at < ${silentSince.toISOString()} returning id`)
  return rows.length > 0
}

/** Takes one look at a reply that is looked for, and sets the next before anything is asked: of two one gets it. */
export async function beginLook(tx: BrandTx, replyId: string, now: Date, waitsMs: readonly number[]): Promise<boolean> {
  const waits = sql`${textArray(waitsMs.map(String))}::float8[]`
  const rows = await tx.execute(sql`
    update reply set checks = checks + 1, send_after = ${now.toISOString()}::timestamptz
      + make_interval(secs => (${waits})[least(checks, ${waitsMs.length - 1}) + 1] / 1000)
    where id = ${replyId} and state in ${LOOKED_FOR_REPLIES} and send_after <= ${now.toISOString()} returning id`)
  return rows.length > 0
}

export async function outgoing(tx: BrandTx, replyId: string): Promise<Outgoing | null> {
  const [row] = await tx.select().from(reply).where(sql`id = ${replyId}`)
  if (!row) return null
  const [about] = await tx.execute<Record<string, string | null>>(sql`
    select m.instance, m.native_id, m.url, m.posted_at, m.received_at, m.state, m.holder_id, m.source_id,
      (select p.text from reply_part p where p.reply_id = ${replyId} and p.nth = 1) as post
    from mention m where m.id = ${row.mentionId}`)
  if (!about) return null
  return {
    ...row,
    post: about.post ?? row.text,
    to: {
      instance: about.instance!, // not null in the schema, as are the others marked here
      nativeId: about.native_id!,
      url: about.url ?? null,
      postedAt: new Date(about.posted_at!),
      receivedAt: new Date(about.received_at!),
      state: about.state!,
      holderId: about.holder_id ?? null,
    },
    sourceId: about.source_id!,
  }
}

/** What is known so far of a send that got no clear answer. */
export async function noteTrouble(tx: BrandTx, replyId: string, note: string): Promise<void> {
  await tx.execute(sql`update reply set note = ${note} where id = ${replyId} and state = 'sending'`)
}

/**
 * Whose word ends a try: whoever began it, or took it over, at that instant; a person who settles an unknown one; a
 * look for one that is looked for.
 */
type EndedBy = { begun: Date } | 'settled' | 'looked for' | 'whoever says so'
type End =
  | { state: 'sent'; at: Date; ref: RemoteRef | null; checkAt: Date | null; undisclosed?: boolean }
  | { state: 'queued'; sendAfter: Date; note: string }
  | { state: 'pending'; lookAt: Date; note: string }
  | { state: 'failed' | 'unknown'; note: string }

/**
 * Ends a try. The WHERE fences: that it stands on the network is true whoever says it and however late; anything else
 * counts only from whoever has the try now.
 * @returns whether it counted
 */
export async function endTry(tx: BrandTx, replyId: string, by: EndedBy, to: End): Promise<boolean> {
  const mine =
    to.state === 'sent'
      ? sql`state in ('queued', 'sending', 'unknown', 'pending', 'by-hand')`
      : typeof by === 'object'
        ? sql`state = 'sending' and sending_at = ${by.begun.toISOString()}`
        : by === 'settled'
          ? sql`state = 'unknown'`
          : sql`state in ${LOOKED_FOR_REPLIES}`
  const rows = await tx.execute(
    sql`update reply set state = ${to.state}, ${written(to)}, sending_at = null where id = ${replyId} and ${mine} returning id`,
  )
  return rows.length > 0
}

function written(to: End) {
  if (to.state === 'sent')
    return sql`sent_at = ${to.at.toISOString()}, remote_id = ${to.ref?.id ?? null}, url = ${to.ref?.url ?? null},
      instance = coalesce(${to.ref?.instance ?? null}, instance), note = null, checks = 0, undisclosed = ${to.undisclosed ?? false},
      checked_at = ${to.checkAt?.toISOString() ?? null}`
  const note = sql`note = ${to.note}`
  if (to.state === 'queued') return sql`${note}, send_after = ${to.sendAfter.toISOString()}`
  if (to.state === 'pending') return sql`${note}, send_after = ${to.lookAt.toISOString()}, checks = 1`
  return note
}

/** Gives the holder of a mention time for another try after a reply came back. */
export async function renewLease(tx: BrandTx, mentionId: string, until: Date): Promise<void> {
  await tx.execute(
    sql`update mention set lease_until = greatest(lease_until, ${until.toISOString()}) where id = ${mentionId} and state = 'claimed'`,
  )
  await tx.execute(
    sql`update offer set expires_at = greatest(expires_at, ${until.toISOString()}) where mention_id = ${mentionId} and state = 'claimed'`,
  )
}

export type SentReply = {
  id: string
  mentionId: string
  memberId: string | null
  network: string
  undisclosed: boolean
  instance: string
  remoteId: string
  url: string | null
  sourceId: string
  metrics: Record<string, number>
  checks: number
}

export async function sentReplies(tx: BrandTx, ids: readonly string[]): Promise<SentReply[]> {
  const rows = await tx.execute<Record<string, unknown>>(sql`
    select r.id, r.mention_id, r.member_id, r.network, r.undisclosed, r.instance, r.remote_id, r.url, m.source_id, r.metrics, r.checks
    from reply r join mention m on m.id = r.mention_id
    where r.id = any(${textArray(ids)}::uuid[]) and r.state = 'sent' order by r.id for update of r skip locked`)
  return rows.map((row) => ({
    id: row.id as string, // types as in the schema
    mentionId: row.mention_id as string,
    memberId: row.member_id as string | null,
    network: row.network as string,
    undisclosed: row.undisclosed as boolean,
    instance: row.instance as string,
    remoteId: row.remote_id as string,
    url: row.url as string | null,
    sourceId: row.source_id as string,
    metrics: row.metrics as Record<string, number>,
    checks: row.checks as number,
  }))
}

export async function storeChecks(
  tx: BrandTx,
  rows: readonly { id: string; metrics: Record<string, number>; gone: boolean; checkAt: Date }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    update reply set metrics = t.metrics, checks = checks + 1, checked_at = t.check_at,
      state = case when t.gone then 'withdrawn' else state end,
      note = case when t.gone then 'This reply is gone from the network.' else note end
    from jsonb_to_recordset(${asRows(rows.map(({ checkAt, ...row }) => ({ ...row, check_at: checkAt })))})
      as t(id uuid, metrics jsonb, gone boolean, check_at timestamptz)
    where reply.id = t.id and reply.state = 'sent'`)
}

/** Puts off the next look at replies whose network could not be asked. */
export async function postponeChecks(tx: BrandTx, ids: readonly string[], until: Date): Promise<void> {
  await tx.execute(
    sql`update reply set checked_at = ${until.toISOString()} where id = any(${textArray(ids)}::uuid[]) and state = 'sent'`,
  )
}

export type FollowedUp = {
  replyId: string
  mentionId: string
  memberId: string | null
  network: string
  undisclosed: boolean
  outcome: 'thanked' | 'complained'
}

/** Writes how the author took our reply; the first word counts, except that a complaint corrects a thank-you. One that was taken back has had its outcome. */
export async function storeOutcomes(
  tx: BrandTx,
  rows: readonly { replyId: string; outcome: 'thanked' | 'complained' }[],
  at: Date,
): Promise<FollowedUp[]> {
  if (rows.length === 0) return []
  // The join of an update takes rows in any order, and two updates then wait for each other.
  await tx.execute(sql`
    select 1 from reply where id = any(${textArray(rows.map((row) => row.replyId))}::uuid[]) order by id for no key update`)
  const set = await tx.execute<Record<string, string | null> & { undisclosed: boolean }>(sql`
    update reply set outcome = t.outcome, outcome_at = ${at.toISOString()}
    from jsonb_to_recordset(${asRows(rows.map((row) => ({ id: row.replyId, outcome: row.outcome })))}) as t(id uuid, outcome text)
    where reply.id = t.id and reply.state <> 'taken-back' and (reply.outcome is null or (reply.outcome = 'thanked' and t.outcome = 'complained'))
    returning reply.id, mention_id, member_id, network, undisclosed, reply.outcome`)
  return set.map((row) => ({
    replyId: row.id!, // not null in the schema
    mentionId: row.mention_id!,
    memberId: row.member_id ?? null,
    network: row.network!,
    undisclosed: row.undisclosed,
    outcome: row.outcome as FollowedUp['outcome'],
  }))
}

export async function replyByKey(tx: BrandTx, key: string): Promise<ReplyRow | null> {
  const [row] = await tx.select().from(reply).where(sql`key = ${key}`)
  return row ?? null
}

/** Locks a reply, after the mention it answers: the order in which everything here is locked. */
export async function lockReply(tx: BrandTx, id: string): Promise<ReplyRow | null> {
  await tx.execute(sql`select 1 from mention where id = (select mention_id from reply where id = ${id}) for update`)
  const [row] = await tx.select().from(reply).where(sql`id = ${id}`).for('update')
  return row ?? null
}

export async function decideReply(
  tx: BrandTx,
  id: string,
  to: Pick<ReplyRow, 'text' | 'thread' | 'editedFrom' | 'note'> & { state: 'queued' | 'rejected'; by: string },
  at: Date,
): Promise<void> {
  await tx
    .update(reply)
    .set({
      state: to.state,
      text: to.text,
      thread: to.thread,
      editedFrom: to.editedFrom,
      approvedBy: to.by,
      approvedAt: at,
      note: to.note,
      sendAfter: at,
    })
    .where(sql`id = ${id}`)
}
