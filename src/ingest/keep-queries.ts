import { type SQL, sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { OPEN_STATES } from '../domain/way.ts'

export const FORGOTTEN_WORDS = '[these words may be kept no longer; read them on their network]'

type Author = { network: string; instance: string; author_id: string }
type Forgotten = { id: string; words: boolean }

/**
 * Takes words and author from mentions whose time is up. Whoever is judged or answered at this moment is left to the
 * next sweep. What nobody has to answer any more is asked after no longer: nothing of it is left to be deleted. Of a post
 * that was withdrawn the words are gone already, and its row goes on saying why.
 * @returns those that were forgotten, and by whom they were; `words`: whether there were any left
 */
export async function forgetWords(tx: BrandTx, at: Date, limit: number): Promise<(Author & Forgotten)[]> {
  const now = at.toISOString()
  const rows = await tx.execute<Author & Forgotten>(sql`
    update mention set text = case when state = 'withdrawn' then text else ${FORGOTTEN_WORDS} end, shortened = false, author_id = 'forgotten ' || mention.id, author_handle = '[forgotten]',
      author_name = null, author_followers = null, forgotten_at = ${now},
      recheck_at = case when state = any(${textArray([...OPEN_STATES, 'hidden'])}::text[]) then recheck_at end
    from (
      select id, network, instance, author_id from mention where kept_until <= ${now} and forgotten_at is null
      order by id limit ${limit} for update skip locked
    ) due where mention.id = due.id returning mention.id, state <> 'withdrawn' as words, due.network, due.instance, due.author_id`)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0)
    await tx.execute(sql`
      update hidden_post set text = ${FORGOTTEN_WORDS}, author_name = null where mention_id = any(${textArray(ids)}::uuid[])`)
  return rows
}

/**
 * Whom members avoid goes with the last post here that bears that name: nobody else may keep it either. Few are avoided, so
 * their posts are looked for only then; locked first, so that of two who forget the last two posts the second sees both.
 */
export async function forgetAvoided(tx: BrandTx, authors: readonly Author[]): Promise<void> {
  if (authors.length === 0) return
  const avoided = await tx.execute<{ id: string }>(sql`
    select a.id from avoided_author a where (network, instance, author_id) in (
      select network, instance, author_id from jsonb_to_recordset(${asRows(authors)}) as t(network text, instance text, author_id text))
    order by id for update`)
  if (avoided.length === 0) return
  await tx.execute(sql`
    delete from avoided_author a where id = any(${textArray(avoided.map(({ id }) => id))}::uuid[]) and not exists (
      select 1 from mention m
      where (m.brand_id, m.network, m.instance, m.author_id) = (a.brand_id, a.network, a.instance, a.author_id)
        and m.forgotten_at is null)`)
}

/** The words as they were taken along on the way: for crowds, for what pushed a label, for decisions, for learning. */
export async function forgetCopies(tx: BrandTx, mentionIds: readonly string[], at: Date): Promise<void> {
  if (mentionIds.length === 0) return
  const ids = sql`${textArray(mentionIds)}::uuid[]`
  const wordless = (column: SQL) => sql`(${column}::jsonb || '{"why": []}')::json`
  await tx.execute(sql`
    update classification set result = ${wordless(sql`result`)},
      guessed = case when guessed is not null then ${wordless(sql`guessed`)} end
    where mention_id = any(${ids})`)
  await blankCopies(tx, ids, at)
}

/** Of words that went, for whatever reason: those kept for crowds, for decisions and for learning. */
export async function blankCopies(tx: BrandTx, ids: SQL, at: Date): Promise<void> {
  await tx.execute(sql`delete from mention_band where mention_id = any(${ids})`)
  await tx.execute(sql`
    update decision set facts = (facts::jsonb || '{"text": "", "author.handle": null}')::json, blanked_at = ${at.toISOString()}
    where mention_id = any(${ids}) and blanked_at is null and facts::jsonb ? 'text'`)
  // What was learned from the text is unlearned: a new version of the brand's lessons, in every process.
  await tx.execute(sql`
    with next as (
      update brand set learned_version = learned_version + 1
      where exists (select 1 from correction where mention_id = any(${ids}))
      returning learned_version
    )
    update correction set text = '', undone_at = coalesce(undone_at, ${at.toISOString()}::timestamptz),
      undone_seq = coalesce(undone_seq, next.learned_version)
    from next where mention_id = any(${ids})`)
}

/** Items of this network that could not be read as posts were kept whole. */
export const forgetRejected = (tx: BrandTx, network: string, before: Date) =>
  tx.execute(sql`
    delete from rejected_item where at <= ${before.toISOString()}
      and source_id in (select id from source where network = ${network})`)

/**
 * Mentions that nobody answered or holds while their words go, or went: `unjudged` was never understood. Locked, in the
 * order of ids.
 */
export async function unansweredInTime(
  tx: BrandTx,
  now: Date,
  limit: number,
): Promise<{ unanswered: string[]; unjudged: string[] }> {
  const rows = await tx.execute<{ id: string; state: string }>(sql`
    select id, state from mention where id in (
      (select id from mention where kept_until <= ${now.toISOString()} and forgotten_at is null
        and state in ('new', 'triaged', 'offered', 'triage') limit ${limit})
      union all
      (select id from mention where forgotten_at is not null and state in ('new', 'triaged', 'offered', 'triage') limit ${limit}))
    order by id for update skip locked`)
  const idsOf = (wanted: boolean) => rows.flatMap(({ id, state }) => ((state === 'new') === wanted ? [id] : []))
  return { unanswered: idsOf(false), unjudged: idsOf(true) }
}
