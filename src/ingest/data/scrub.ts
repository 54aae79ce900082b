import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { textArray } from '../../db/move.ts'
import type { Erased } from '../../db/schema/erasure.ts'
import { brandPatternsOf, patternsOf, rawPatternsOf } from './patterns.ts'
import { invited, lowered, onLists, theirs } from './queries.ts'

/** What belongs to their posts and may name them: what people wrote about them, and what we took along. */
export async function scrub(tx: BrandTx, mentionIds: readonly string[], about: Erased): Promise<void> {
  const ids = sql`${textArray(mentionIds)}::uuid[]`
  await tx.execute(sql`
    update mention set author_name = null, url = null, closed = null, recheck_at = null, trouble = null where id = any(${ids})`)
  await tx.execute(sql`delete from mention_search where mention_id = any(${ids})`)
  await tx.execute(sql`delete from hidden_post where mention_id = any(${ids})`)
  for (const pattern of patternsOf(about)) await scrubOf(tx, mentionIds, pattern)
}

async function scrubOf(tx: BrandTx, mentionIds: readonly string[], pattern: string): Promise<void> {
  const ids = sql`${textArray(mentionIds)}::uuid[]`
  const without = (column: string) => replaced(column, pattern)
  await tx.execute(sql`
    update reply set ${without('text')}, ${without('edited_from')}, ${without('note')}, ${without('taken_back_for')}
    where mention_id = any(${ids})`)
  await tx.execute(sql`
    update reply_part set ${without('text')}, ${without('note')}
    where reply_id in (select id from reply where mention_id = any(${ids}))`)
  await tx.execute(sql`update reply_picture set ${without('alt')} where mention_id = any(${ids})`)
  await tx.execute(sql`
    update escalation set ${without('reason')}, ${without('closed_reason')} where mention_id = any(${ids})`)
  await tx.execute(sql`
    update note set ${without('text')} where escalation_id in (select id from escalation where mention_id = any(${ids}))`)
  await tx.execute(sql`
    update offer set ${without('pass_reason')}, ${without('guidance')} where mention_id = any(${ids})`)
  await tx.execute(sql`
    update expert_message set ${without('text')}
    where thread_id in (select id from expert_thread where mention_id = any(${ids}))`)
  await tx.execute(sql`update decision set ${without('reason')} where mention_id = any(${ids})`)
  const answers = sql`answer_id in (select id from reply where mention_id = any(${ids}))`
  await tx.execute(sql`update answer_mark set ${without('better')}, ${without('retired_for')} where ${answers}`)
  await tx.execute(sql`
    update answer_proposal set ${without('wrong')}, ${without('better')}, ${without('reason')} where ${answers}`)
  await tx.execute(sql`select erase_from_log(${ids}, ${pattern})`)
  await tx.execute(sql`select erase_from_audit(${ids}, ${pattern})`)
}

const replaced = (column: string, pattern: string) =>
  sql`${sql.identifier(column)} = regexp_replace(${sql.identifier(column)}, ${pattern}, '[erased]', 'gi')`

/** What names them beside their posts. A handle that somebody else bears here too is theirs as well, and stays. */
export async function scrubElsewhere(tx: BrandTx, about: Erased, at: Date): Promise<void> {
  await tx.execute(sql`delete from avoided_author where ${theirs(about)}`)
  await tx.execute(sql`
    update invite set name = null, email = null, handle = null, remote_id = null where ${invited(about)}`)
  const handles = await onlyTheirs(tx, about)
  if (handles.length === 0) return
  await scrubLists(tx, handles, at)
  // Kept whole because it could not be read; whoever it names goes with it.
  for (const pattern of rawPatternsOf(handles)) await tx.execute(sql`delete from rejected_item where raw ~* ${pattern}`)
  for (const pattern of brandPatternsOf(handles)) {
    await tx.execute(sql`update webhook_delivery set answer = null where answer ~* ${pattern}`)
    for (const [table, column] of LOUNGE)
      await tx.execute(sql`
        update ${sql.identifier(table)} set ${replaced(column, pattern)} where ${sql.identifier(column)} ~* ${pattern}`)
    await tx.execute(sql`select erase_from_lounge_log(${pattern})`)
  }
  for (const handle of handles) await scrubViews(tx, handle)
}

const LOUNGE = [
  ['lounge_message', 'text'],
  ['lounge_message', 'removed_reason'],
  ['lounge_message', 'reported_reason'],
  ['lounge_thread', 'title'],
  ['lounge_thread', 'closed_reason'],
] as const

async function onlyTheirs(tx: BrandTx, { handles = [] }: Erased): Promise<string[]> {
  if (handles.length === 0) return []
  const rows = await tx.execute<{ handle: string }>(sql`
    select distinct lower(author_handle) as handle from mention where lower(author_handle) = any(${lowered(handles)})`)
  const others = new Set(rows.map(({ handle }) => handle))
  return handles.filter((handle) => !others.has(handle.toLowerCase()))
}

async function scrubLists(tx: BrandTx, handles: readonly string[], at: Date): Promise<void> {
  const gone = lowered(handles)
  const lists = await tx.execute<{ id: string; name: string; before: number }>(sql`
    select id, name, cardinality(entries) as before from named_list where ${onLists(handles)}`)
  // Every process reads the lists anew from here on.
  if (lists.length > 0) await tx.execute(sql`update brand set lists_version = lists_version + 1`)
  for (const { id, name, before } of lists) {
    const [now] = await tx.execute<{ version: number; left: number }>(sql`
      update named_list set entries = array(select e from unnest(entries) e where lower(ltrim(e, '@')) <> all(${gone})),
        version = version + 1
      where id = ${id} returning version, cardinality(entries) as left`)
    if (!now) continue
    const data = { listId: id, name, added: 0, removed: before - now.left, version: now.version }
    await appendEvents(tx, [{ kind: 'list.changed', mentionId: null, memberIds: [], actor: 'system', data, at }])
  }
  await tx.execute(sql`
    update brand set settings = jsonb_set(settings, '{blockedAuthors}', (
      select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements_text(settings->'blockedAuthors') e
      where lower(ltrim(e, '@')) <> all(${gone})))
    where jsonb_array_length(settings->'blockedAuthors') > 0`)
}

/** Saved views ask by addresses: what asks for the handle goes out of them. */
async function scrubViews(tx: BrandTx, handle: string): Promise<void> {
  const views = await tx.execute<{ id: string; query: string }>(sql`
    select id, query from saved_view where position(${encodeURIComponent(handle).toLowerCase()} in lower(query)) > 0
      or position(${handle.toLowerCase()} in lower(query)) > 0`)
  for (const { id, query } of views) {
    const kept = query.split('&').filter((part) => !asksFor(part, handle.toLowerCase()))
    await tx.execute(sql`update saved_view set query = ${kept.join('&')} where id = ${id}`)
  }
}

function asksFor(part: string, handle: string): boolean {
  const words = [...new URLSearchParams(part).values()]
    .join(' ')
    .toLowerCase()
    .split(/[\s,"“”]+/)
  return words.some((word) => word.replace(/^@/, '') === handle)
}
