import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { MERGED } from '../../db/duplicates.ts'

/** Closes a duplicate as merged. Both are locked. */
export const closeMerged = (tx: BrandTx, id: string, into: string, reason: string, at: Date): Promise<unknown> =>
  tx.execute(sql`
    update escalation set state = 'closed', closed_at = ${at.toISOString()}, closed_reason = ${reason}, merged_into = ${into},
      snoozed_until = null, snooze_asked = null, snoozed_by = null, version = version + 1
    where id = ${id}`)

/**
 * The clock of a case is the earliest of its own and of those merged into it. `ownWarnAt`: when its own clock warns, named
 * where the case may get time back; its team is then warned again.
 */
export const shareClock = (tx: BrandTx, id: string, ownWarnAt: Date | null): Promise<unknown> => {
  const own = sql`${ownWarnAt?.toISOString() ?? null}::timestamptz`
  const ownDue = sql`coalesce(e.own_due_at, e.due_at)`
  // A case that came in again meanwhile may have less time than its priority gives it.
  const warnAt = sql`least(case when ${own} is null then e.warn_at else least(${own}, ${ownDue}) end, others.warn_at)`
  return tx.execute(sql`
    with others as (
      select min(d.due_at) as due_at, min(d.warn_at) as warn_at from escalation e join escalation d on ${MERGED} where e.id = ${id})
    update escalation e set due_at = least(${ownDue}, others.due_at), warn_at = ${warnAt},
      warned_at = case when ${warnAt} > e.warned_at then null else e.warned_at end,
      own_due_at = case when others.due_at is null then null else ${ownDue} end, version = e.version + 1
    from others where e.id = ${id}`)
}

/** Where a case was merged into; null: nowhere, undefined: no such case. Unlocked: both are locked together afterwards. */
export async function whereMerged(tx: BrandTx, id: string): Promise<string | null | undefined> {
  const [row] = await tx.execute<{ into: string | null }>(
    sql`select merged_into as "into" from escalation where id = ${id}`,
  )
  return row?.into
}

/** Whether others were merged into it since it was opened. */
export async function hasMerged(tx: BrandTx, id: string): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from escalation e join escalation d on ${MERGED} where e.id = ${id} limit 1`,
  )
  return rows.length > 0
}

export type MergedRow = {
  id: string
  mentionId: string
  text: string
  network: string
  url: string | null
  handle: string
  name: string | null
  followers: number | null
  postedAt: string
}

/** The duplicates that were merged into a case, oldest post first. */
export const mergedInto = (tx: BrandTx, id: string): Promise<MergedRow[]> =>
  tx.execute<MergedRow>(sql`
    select e.id, m.id as "mentionId", m.text, m.network, m.url, m.author_handle as handle, m.author_name as name,
      m.author_followers as followers, m.posted_at as "postedAt"
    from escalation e join mention m on m.id = e.mention_id where e.merged_into = ${id} order by m.posted_at, m.id limit 50`)

export type DuplicateRow = {
  id: string
  text: string
  handle: string
  name: string | null
  network: string
  openedAt: string
  shared: 'author' | 'cluster' | null
}

const LISTED = 20
/** So many that hold the words are looked through for such as show them. */
const LOOKED_THROUGH = 500

/**
 * Open cases a case could be merged into, those that share most first; at most 20, their texts masked. `words` narrows
 * by author or by the masked text: what is blanked cannot be found, or it could be spelled out (U7).
 */
export async function duplicatesOf(
  tx: BrandTx,
  id: string,
  words: string,
  mask: (text: string) => string,
): Promise<DuplicateRow[]> {
  const rows = await duplicatesWith(tx, id, words, words === '' ? LISTED : LOOKED_THROUGH)
  const asked = words.toLowerCase()
  return rows
    .map((row) => ({ ...row, text: mask(row.text) }))
    .filter(({ text, handle, name }) =>
      [text, `${handle} ${name ?? ''}`].some((one) => one.toLowerCase().includes(asked)),
    )
    .slice(0, LISTED)
}

const duplicatesWith = (tx: BrandTx, id: string, words: string, limit: number): Promise<DuplicateRow[]> =>
  tx.execute<DuplicateRow>(sql`
    select e.id, m.text, m.author_handle as handle, m.author_name as name, m.network, e.opened_at as "openedAt",
      case when (m.network, m.instance, m.author_id) = (o.network, o.instance, o.author_id) then 'author'
        when m.cluster_id = o.cluster_id then 'cluster' end as shared
    from escalation e join mention m on m.id = e.mention_id,
      (select m.* from mention m join escalation e on e.mention_id = m.id where e.id = ${id}) as o
    where e.state in ('open', 'assigned') and e.id <> ${id}
      and (${words} = '' or position(lower(${words}) in lower(m.text)) > 0
        or position(lower(${words}) in lower(m.author_handle || ' ' || coalesce(m.author_name, ''))) > 0)
    order by (case when (m.network, m.instance, m.author_id) = (o.network, o.instance, o.author_id) then 0
        when m.cluster_id = o.cluster_id then 1 else 2 end), e.due_at, e.id limit ${limit}`)
