import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { lockWithDuplicates } from '../db/duplicates.ts'
import { textArray } from '../db/move.ts'
import { LIVE_REPLIES } from '../db/reply-states.ts'

/** Of these mentions those that are hidden, and from when on the network's word is taken. */
export async function hiddenAmong(tx: BrandTx, mentionIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.execute<{ id: string; until: string }>(sql`
    select mention_id as id, until from hidden_post where mention_id = any(${textArray(mentionIds)}::uuid[])`)
  return new Map(rows.map(({ id, until }) => [id, new Date(until)]))
}

/**
 * Sets the words of mentions aside and hides them; one that a reply of ours is on its way to is left. The caller has
 * locked them, in order. @returns ids of those that are hidden now
 */
export async function setAside(tx: BrandTx, mentionIds: readonly string[], at: Date, until: Date): Promise<string[]> {
  const now = at.toISOString()
  // A send that is beginning is waited for, so that the next statement sees it.
  await tx.execute(sql`
    select 1 from reply where mention_id = any(${textArray(mentionIds)}::uuid[]) and state in ('queued', 'awaiting-approval')
    order by id for no key update`)
  const rows = await tx.execute<{ id: string }>(sql`
    with aside as (
      insert into hidden_post (mention_id, source_id, state, text, author_name, url, closed, hidden_at, until)
      select id, source_id, state, text, author_name, url, closed, ${now}, ${until.toISOString()} from mention m
      where id = any(${textArray(mentionIds)}::uuid[]) and state not in ('hidden', 'withdrawn') and not exists (
        select 1 from reply r where r.mention_id = m.id and r.state in ${LIVE_REPLIES}
          and r.state not in ('sent', 'queued', 'awaiting-approval'))
      returning mention_id
    )
    update mention set state = 'hidden', state_at = ${now}, holder_id = null, lease_until = null,
      text = '[its network says it is gone; it is asked again]', author_name = null, url = null, closed = null
    from aside where mention.id = aside.mention_id returning mention.id`)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0)
    await tx.execute(sql`
      update reply set state = 'withdrawn', note = 'Its network said the post is gone before this was sent.'
      where mention_id = any(${textArray(ids)}::uuid[]) and state in ('awaiting-approval', 'queued')`)
  return ids
}

/**
 * Puts hidden mentions back where they stood; a claim or an offer is over, so those are matched anew, and a case may have
 * ended meanwhile. The caller has locked them, in order. @returns ids of those that are shown again
 */
export async function putBack(tx: BrandTx, mentionIds: readonly string[], at: Date): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with back as (delete from hidden_post where mention_id = any(${textArray(mentionIds)}::uuid[]) returning *)
    update mention m set text = back.text, author_name = back.author_name, url = back.url, closed = back.closed,
      state_at = ${at.toISOString()}, state = case
        when back.state in ('offered', 'claimed') then 'triaged'
        when back.state = 'escalated' and not exists (
          select 1 from escalation e where e.mention_id = m.id and e.state in ('open', 'assigned')) then 'closed'
        else back.state end
    from back where m.id = back.mention_id and m.state = 'hidden' returning m.id`)
  return rows.map(({ id }) => id)
}

/**
 * Should this mention be hidden, and its answer taken back meanwhile, it waits for another once it is shown again, and
 * for staff at once. @returns whether it is hidden
 */
export async function waitOnceShown(tx: BrandTx, mentionId: string, at: Date): Promise<boolean> {
  // Locked alone, so that the update sees what whoever held it made of it.
  await tx.execute(sql`select 1 from mention where id = ${mentionId} for no key update`)
  const rows = await tx.execute(sql`
    with aside as (
      update hidden_post set state = 'triaged' where mention_id = ${mentionId} and state in ('replied', 'closed')
    )
    update mention set hand_over_at = ${at.toISOString()} where id = ${mentionId} and state = 'hidden' returning 1`)
  return rows.length > 0
}

/** Their words are gone for good. */
export const forget = (tx: BrandTx, mentionIds: readonly string[]) =>
  tx.execute(sql`delete from hidden_post where mention_id = any(${textArray(mentionIds)}::uuid[])`)

/** Hidden mentions that an admin said are gone. Locked, in order. */
export async function certainlyGone(tx: BrandTx, limit: number): Promise<string[]> {
  const found = await tx.execute<{ id: string }>(
    sql`select mention_id as id from hidden_post where certain limit ${limit}`,
  )
  const ids = found.map(({ id }) => id)
  await lockWithDuplicates(tx, ids)
  // Of those that stood in the way of another's change some may be shown again.
  const rows = await tx.execute<{ id: string }>(sql`
    select mention_id as id from hidden_post where certain and mention_id = any(${textArray(ids)}::uuid[]) order by 1`)
  return rows.map(({ id }) => id)
}

/** An admin says that what is hidden of a source is gone. @returns how many that is */
export async function markCertain(tx: BrandTx, sourceId: string): Promise<number> {
  const rows = await tx.execute(sql`
    update hidden_post set certain = true where source_id = ${sourceId} and not certain returning 1`)
  return rows.length
}

/** Has the network asked again about what is hidden of a source as soon as its budget allows. @returns how many that is */
export async function askNow(tx: BrandTx, sourceId: string, now: Date): Promise<number> {
  await tx.execute(sql`update source set recheck_after = null where id = ${sourceId}`)
  const rows = await tx.execute(sql`
    update mention set recheck_at = ${now.toISOString()}
    where id in (select mention_id from hidden_post where source_id = ${sourceId}) and state = 'hidden' returning 1`)
  return rows.length
}

export type Answered = { asked: number; gone: number; brakedAt: Date | null }

/**
 * Adds to how the network answered since `from`; with a brake on, the figures stay those it was put on for. Locks the
 * source before its mentions, as a poll does.
 */
export async function countAnswers(
  tx: BrandTx,
  sourceId: string,
  { asked, gone }: { asked: number; gone: number },
  { from, now }: { from: Date; now: Date },
): Promise<Answered> {
  const fresh = sql`coalesce(recheck_since, '-infinity') < ${from.toISOString()}`
  const [row] = await tx.execute<{ asked: number; gone: number; braked_at: string | null }>(sql`
    update source set
      recheck_since = case when braked_at is null and ${fresh} then ${now.toISOString()} else recheck_since end,
      recheck_asked = case when braked_at is not null then recheck_asked when ${fresh} then ${asked} else recheck_asked + ${asked} end,
      recheck_gone = case when braked_at is not null then recheck_gone when ${fresh} then ${gone} else recheck_gone + ${gone} end
    where id = ${sourceId} returning recheck_asked as asked, recheck_gone as gone, braked_at`)
  return {
    ...{ asked: row?.asked ?? 0, gone: row?.gone ?? 0 },
    brakedAt: row?.braked_at ? new Date(row.braked_at) : null,
  }
}

export const putBrakeOn = (tx: BrandTx, sourceId: string, at: Date) =>
  tx.execute(sql`update source set braked_at = ${at.toISOString()} where id = ${sourceId} and braked_at is null`)

/** Sources of which nothing is hidden any more begin anew. @returns their ids */
export async function releaseBrakes(tx: BrandTx, only: string | null): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    update source set braked_at = null, recheck_since = null, recheck_asked = 0, recheck_gone = 0
    where braked_at is not null and (${only}::uuid is null or id = ${only}::uuid)
      and not exists (select 1 from hidden_post where source_id = source.id) returning id`)
  return rows.map(({ id }) => id)
}
