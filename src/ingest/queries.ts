import { eq, sql } from 'drizzle-orm'
import { asColumns, type Columns } from '../db/as-columns.ts'
import { asRows, type BrandTx, type Db } from '../db/client.ts'
import { lockWithDuplicates } from '../db/duplicates.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'
import { NAMELESS_PARTS, NAMELESS_REPLIES } from '../db/reply-states.ts'
import { rejectedItem, source } from '../db/schema/source.ts'
import type { Cleaned } from './clean.ts'
import type { Head } from './cluster.ts'
import type { FreshMention, InFlight, Known, Post } from './ingest.ts'
import { blankCopies } from './keep-queries.ts'

export type SourceRow = typeof source.$inferSelect

/** The source a poll is for, with its brand; null when it is gone, paused or waits for an admin. */
export async function sourceToPoll(db: Db, sourceId: string): Promise<SourceRow | null> {
  const [row] = await db
    .select()
    .from(source)
    .where(sql`${eq(source.id, sourceId)} ${KEPT}`)
  return row?.state === 'on' ? row : null
}

/** Sources whose time has come, across brands. */
export async function dueSources(db: Db, now: Date, limit: number): Promise<{ brandId: string; sourceId: string }[]> {
  const rows = await db.execute<{ brand_id: string; id: string }>(sql`
    select brand_id, id from source where state = 'on' and next_poll_at <= ${now.toISOString()} order by next_poll_at limit ${limit}`)
  return rows.map((row) => ({ brandId: row.brand_id, sourceId: row.id }))
}

/** Locks the source for the length of a page, so that its cursor moves with the page it belongs to (L3). */
export async function lockCursor(tx: BrandTx, sourceId: string): Promise<string | null> {
  const [row] = await tx.execute<{ cursor: string | null }>(
    sql`${KEPT} select cursor from source where id = ${sourceId} for no key update`,
  )
  return row?.cursor ?? null
}

/** Keeps the source from being deleted for the length of a page, and lets polls of it store theirs beside it. */
export const holdSource = (tx: BrandTx, sourceId: string) =>
  tx.execute(sql`select 1 from source where id = ${sourceId} for key share`)

export async function pollSucceeded(
  tx: BrandTx,
  sourceId: string,
  now: Date,
  next: { cursor: string; at: Date; foundAny: boolean; drained: boolean; gaps: number; windows: readonly string[] },
): Promise<void> {
  await tx.execute(sql`${KEPT}
    update source set cursor = ${next.cursor}, last_poll_at = ${now.toISOString()}, next_poll_at = ${next.at.toISOString()},
      last_item_at = case when ${next.foundAny} then ${now.toISOString()} else last_item_at end,
      drained_at = case when ${next.drained} then ${now.toISOString()} else drained_at end,
      trouble = null, trouble_kind = null, put_off = null, failures = 0, gaps = gaps + ${next.gaps},
      windows = array(select jsonb_array_elements_text(${asRows(next.windows)}))
    where id = ${sourceId}`)
}

/** Writes down a failed poll; the cursor stays where it was, so nothing is passed over. Null: the source is gone. */
export async function pollFailed(
  tx: BrandTx,
  sourceId: string,
  now: Date,
  failure: {
    kind: string
    trouble: string
    nextAt: Date
    needsAuthorisation: boolean
    forgetCursor: boolean
    windows: readonly string[]
  },
): Promise<{ name: string; failures: number } | null> {
  const [row] = await tx.execute<{ name: string; failures: number }>(sql`
    update source set last_poll_at = ${now.toISOString()}, next_poll_at = ${failure.nextAt.toISOString()},
      trouble = ${failure.trouble}, trouble_kind = ${failure.kind}, put_off = null, failures = failures + 1,
      state = case when ${failure.needsAuthorisation} and state = 'on' then 'needs-authorisation' else state end,
      cursor = case when ${failure.forgetCursor} then null else cursor end,
      windows = case when windows is not null then array(select distinct unnest(windows || array(select jsonb_array_elements_text(${asRows(failure.windows)})))) end,
      gaps = gaps + ${failure.forgetCursor ? 1 : 0}
    where id = ${sourceId} returning name, failures`)
  return row ?? null
}

/** The budget keeps it from asking until then; that is no failure. */
export async function putOff(
  tx: BrandTx,
  sourceId: string,
  { why, nextAt }: { why: string; nextAt: Date },
): Promise<void> {
  await tx.execute(
    sql`update source set put_off = ${why}, next_poll_at = ${nextAt.toISOString()} where id = ${sourceId} and state = 'on'`,
  )
}

/** Which of these posts are ours or answer ours, and which replies of ours are still on their way. */
export async function knownReplies(
  tx: BrandTx,
  network: string,
  remoteIds: readonly string[],
): Promise<Pick<Known, 'replies' | 'inFlight'>> {
  const rows = await tx.execute<{ remote_id: string; reply_id: string; author_id: string }>(sql`${KEPT}
    select r.remote_id, r.id as reply_id, m.author_id from reply r join mention m on m.id = r.mention_id
    where r.network = ${network} and r.remote_id in (select jsonb_array_elements_text(${asRows(remoteIds)}))
    union all
    select p.remote_id, r.id, m.author_id from reply_part p join reply r on r.id = p.reply_id join mention m on m.id = r.mention_id
    where p.network = ${network} and p.remote_id in (select jsonb_array_elements_text(${asRows(remoteIds)}))`)
  const flying = await tx.execute<Omit<InFlight, 'since'> & { since: string }>(sql`${KEPT}
    select lower(a.handle) as handle, case when a.instance = a.network then a.remote_id end as "authorId", m.native_id as "parentId",
      coalesce((select p.text from reply_part p where p.reply_id = r.id and p.nth = 1), r.text) as text, r.requested_at as since
    from reply r join linked_account a on a.id = r.account_id join mention m on m.id = r.mention_id
    where r.network = ${network} and r.remote_id is null and r.state in ${NAMELESS_REPLIES}
    union all
    select lower(a.handle), case when a.instance = a.network then a.remote_id end,
      case when p.nth = 2 then r.remote_id else b.remote_id end, p.text, r.requested_at
    from reply_part p join reply r on r.id = p.reply_id join linked_account a on a.id = r.account_id
    left join reply_part b on b.reply_id = p.reply_id and b.nth = p.nth - 1
    where p.network = ${network} and p.remote_id is null and p.state in ${NAMELESS_PARTS}`)
  return {
    replies: new Map(rows.map((row) => [row.remote_id, { replyId: row.reply_id, toAuthorId: row.author_id }])),
    inFlight: flying.map((row) => ({ ...row, since: new Date(row.since) })),
  }
}

/** The columns of a mention that come from its post, and where each is found in it. */
export const POST = {
  id: { type: 'uuid', of: (row) => row.id },
  network: { type: 'text', of: (row) => row.network },
  instance: { type: 'text', of: (row) => row.instance },
  native_id: { type: 'text', of: (row) => row.nativeId },
  url: { type: 'text', of: (row) => row.url },
  kind: { type: 'text', of: (row) => row.kind },
  author_id: { type: 'text', of: (row) => row.authorId },
  author_handle: { type: 'text', of: (row) => row.authorHandle },
  author_name: { type: 'text', of: (row) => row.authorName },
  author_followers: { type: 'int', of: (row) => row.authorFollowers },
  text: { type: 'text', of: (row) => row.text },
  shortened: { type: 'boolean', of: (row) => row.truncated },
  words_at: { type: 'timestamptz', of: (row) => row.wordsAt },
  language_hint: { type: 'text', of: (row) => row.languageHint },
  parent_id: { type: 'text', of: (row) => row.parentId },
  root_id: { type: 'text', of: (row) => row.rootId },
  answers_reply_id: { type: 'uuid', of: (row) => row.answersReplyId },
  addressed: { type: 'boolean', of: (row) => row.addressed },
  closed: { type: 'jsonb', of: (row) => row.closed },
  posted_at: { type: 'timestamptz', of: (row) => row.postedAt },
} satisfies Columns<FreshMention>

export const POST_COLUMNS = sql.raw(Object.keys(POST).join(', '))

export type Stored = { id: string; instance: string; nativeId: string; inserted: boolean }

/**
 * Stores new mentions in one statement; a post that is known already only takes over an edited text (L7). No row that
 * is known is locked unless it changes, and all are taken in one order: of workers with the same posts some wait for
 * others, never two for each other.
 * @returns what was inserted or edited; unchanged duplicates are not among them
 */
export async function storeMentions(
  tx: BrandTx,
  rows: readonly FreshMention[],
  about: {
    sourceId: string
    now: Date
    dueAt: Date
    handOverAt: Date
    recheckAt: Date | null
    keptUntil: Date | null
    clusterOf: ReadonlyMap<string, string>
  },
): Promise<Stored[]> {
  if (rows.length === 0) return []
  const values = asColumns(rows, {
    ...POST,
    cluster_id: { type: 'uuid', of: (row) => about.clusterOf.get(row.id) ?? null },
  })
  const now = about.now.toISOString()
  const made = await tx.execute<{ id: string; instance: string; native_id: string }>(sql`${KEPT}
    insert into mention (${POST_COLUMNS}, cluster_id, source_id, received_at, state, state_at, due_at, hand_over_at,
      recheck_at, kept_until)
    select ${POST_COLUMNS}, cluster_id, ${about.sourceId}, ${now}, 'new', ${now}, ${about.dueAt.toISOString()},
      ${about.handOverAt.toISOString()}, ${about.recheckAt?.toISOString() ?? null}::timestamptz, ${about.keptUntil?.toISOString() ?? null}::timestamptz
    from ${values}
    order by network, instance, native_id
    on conflict on constraint mention_once do nothing
    returning id, instance, native_id`)
  const fresh = new Set(made.map((row) => row.id))
  const edited = await storeEdits(
    tx,
    rows.filter((row) => !fresh.has(row.id)),
  )
  return [
    ...made.map(({ id, instance, native_id }) => ({ id, instance, nativeId: native_id, inserted: true })),
    ...edited,
  ]
}

/**
 * Its new words decide anew who may answer it; where it has moved to, it is found from then on, which is no edit; an
 * address that only stands in for one replaces none, nor do older words newer ones. In a statement of its own, which sees what another worker inserted
 * while this one waited for it.
 * @returns those whose words changed
 */
export async function storeEdits(tx: BrandTx, known: readonly Cleaned[]): Promise<Stored[]> {
  const later = known.filter(({ isFirst }) => !isFirst)
  if (later.length === 0) return []
  const values = later.map(({ network, instance, nativeId, text, truncated, closed, url, urlStandsIn, wordsAt }) => ({
    ...{ network, instance, native_id: nativeId, text, shortened: truncated },
    ...{ closed, url, stands_in: urlStandsIn, words_at: wordsAt },
  }))
  const changed = await tx.execute<{ id: string; instance: string; native_id: string; is_edit: boolean }>(sql`${KEPT}
    update mention set text = edit.text, shortened = edit.shortened, words_at = edit.words_at, closed = edit.closed, url = edit.url from (
      select m.id, t.text, t.shortened, case when m.text <> t.text then t.closed else m.closed end as closed,
        place.url, m.text <> t.text as is_edit, greatest(m.words_at, t.words_at) as words_at
      from jsonb_to_recordset(${asRows(values)})
        as t(network text, instance text, native_id text, text text, shortened boolean, closed jsonb, url text, stands_in boolean,
          words_at timestamptz)
      join mention m on m.network = t.network and m.instance = t.instance and m.native_id = t.native_id
      cross join lateral (
        select case when t.stands_in then coalesce(m.url, t.url) else coalesce(t.url, m.url) end as url
      ) place
      where (m.text <> t.text or m.shortened <> t.shortened or m.url is distinct from place.url or t.words_at > coalesce(m.words_at, '-infinity'))
        and coalesce(t.words_at >= m.words_at, true)
        and m.state not in ('hidden', 'withdrawn') and m.forgotten_at is null
      order by m.id for update of m
    ) as edit where mention.id = edit.id returning mention.id, instance, native_id, is_edit`)
  return changed.flatMap(({ id, instance, native_id, is_edit }) =>
    is_edit ? [{ id, instance, nativeId: native_id, inserted: false }] : [],
  )
}

/** How many heads of one band are looked at: a band that so many share says little. */
const HEADS_A_BAND = 8

/**
 * Heads of recent clusters that share a band with this page, the oldest first. Each band is one step into an index
 * (`lateral … limit`): left to itself, PostgreSQL reads both tables whole while they are small, at ten times the cost.
 */
export async function headsWithBands(tx: BrandTx, bands: readonly number[], since: Date): Promise<Head[]> {
  if (bands.length === 0) return []
  const rows = await tx.execute<{ id: string; text: string; bands: string[] }>(sql`${KEPT}
    select m.id, m.text, array_agg(b.band)::text[] as bands
    from (select distinct unnest(${textArray(bands.map(String))}::bigint[]) as band) wanted
    cross join lateral (
      select band, mention_id from mention_band where band = wanted.band and at > ${since.toISOString()}
      order by mention_id desc limit ${HEADS_A_BAND}
    ) b
    cross join lateral (select id, text from mention where id = b.mention_id and state not in ('hidden', 'withdrawn') limit 1) m
    group by m.id, m.text order by m.id`)
  return rows.map((row) => ({ id: row.id, text: row.text, bands: row.bands.map(Number) }))
}

/** Keeps the bands of possible heads. */
export async function storeBands(
  tx: BrandTx,
  heads: readonly { id: string; bands: number[] }[],
  now: Date,
): Promise<void> {
  if (heads.length === 0) return
  const rows = asColumns(
    heads.flatMap(({ id, bands }) => bands.map((band) => ({ band, id }))),
    { band: { type: 'bigint', of: (row) => row.band }, id: { type: 'uuid', of: (row) => row.id } },
  )
  await tx.execute(sql`${KEPT}
    insert into mention_band (band, mention_id, at)
    select band, id, ${now.toISOString()} from ${rows} on conflict do nothing`)
}

export async function countRefusals(
  tx: BrandTx,
  sourceId: string,
  counts: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  if (counts.size === 0) return
  const rows = [...counts].map(([reason, count]) => ({ reason, count }))
  await tx.execute(sql`${KEPT}
    insert into refusal (source_id, reason, day, count)
    select ${sourceId}, reason, (${now.toISOString()}::timestamptz at time zone 'utc')::date, count
    from jsonb_to_recordset(${asRows(rows)}) as t(reason text, count int)
    on conflict (source_id, reason, day) do update set count = refusal.count + excluded.count`)
}

/** Keeps refused items as text a person can read; cut at 20,000 characters. */
export async function keepRejected(
  tx: BrandTx,
  sourceId: string,
  items: readonly { reason: string; raw: unknown }[],
  at: Date,
): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ reason, raw }) => ({ sourceId, reason, raw: readable(raw), at }))
  await tx.insert(rejectedItem).values(rows)
}

function readable(raw: unknown): string {
  let text: string
  try {
    text = JSON.stringify(raw) ?? String(raw)
  } catch {
    text = String(raw) // cycles and big integers: keep at least what it calls itself
  }
  return text.toWellFormed().replaceAll('\u0000', '').slice(0, 20_000)
}

/** Mentions of posts, locked in order, and with them the duplicates of their cases. */
export async function mentionsAt(
  tx: BrandTx,
  network: string,
  posts: readonly Post[],
): Promise<(Post & { id: string })[]> {
  if (posts.length === 0) return []
  const rows = await tx.execute<Post & { id: string }>(sql`
    select id, m.instance, native_id as "nativeId" from mention m
    join jsonb_to_recordset(${asRows(posts)}) as t(instance text, "nativeId" text)
      on m.network = ${network} and m.instance = t.instance and m.native_id = t."nativeId"
    order by id`)
  await lockWithDuplicates(
    tx,
    rows.map(({ id }) => id),
  )
  return rows
}

/** Blanks what the author took back (L7): text and name go, the row and its history stay. */
export async function blank(tx: BrandTx, mentionIds: readonly string[], at: Date): Promise<void> {
  if (mentionIds.length === 0) return
  const ids = sql`${textArray(mentionIds)}::uuid[]`
  await tx.execute(
    sql`update mention set text = '[deleted by its author]', shortened = false, author_name = null, url = null, closed = null, recheck_at = null
      where id = any(${ids})`,
  )
  await tx.execute(sql`delete from classification where mention_id = any(${ids})`)
  await blankCopies(tx, ids, at)
  await tx.execute(sql`
    update escalation set state = 'closed', closed_at = ${at.toISOString()}, closed_reason = 'The author deleted the post.'
    where mention_id = any(${ids}) and state in ('open', 'assigned')`)
  await tx.execute(sql`
    update reply set state = 'withdrawn', note = 'The author deleted the post before this was sent.'
    where mention_id = any(${ids}) and state in ('awaiting-approval', 'queued')`)
}

export const pruneBands = (db: Db, before: Date) =>
  db.execute(sql`delete from mention_band where at < ${before.toISOString()}`)

export async function sourceById(tx: BrandTx, id: string): Promise<SourceRow | null> {
  const [row] = await tx.select().from(source).where(eq(source.id, id))
  return row ?? null
}

/** The source a network pushes to; null when it is gone or archived. */
export async function sourceForPush(db: Db, id: string): Promise<SourceRow | null> {
  const [row] = await db.select().from(source).where(eq(source.id, id)).prepare('source_for_push').execute()
  return row && row.state !== 'archived' ? row : null
}

/** @returns whether this delivery is the first of its id; of two at once one waits for the other */
export async function firstDelivery(
  tx: BrandTx,
  sourceId: string,
  deliveryId: string,
  changes: number,
  at: Date,
): Promise<boolean> {
  const rows = await tx.execute(sql`${KEPT}
    insert into delivery (source_id, delivery_id, at, changes) values (${sourceId}, ${deliveryId}, ${at.toISOString()}, ${changes})
    on conflict do nothing returning 1`)
  return rows.length > 0
}

export const pushReceived = (tx: BrandTx, sourceId: string, at: Date) =>
  tx.execute(sql`${KEPT} update source set last_item_at = ${at.toISOString()} where id = ${sourceId}`)

export const pruneDeliveries = (db: Db, before: Date) =>
  db.execute(sql`delete from delivery where at < ${before.toISOString()}`)
