import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { textArray } from '../../db/move.ts'
import type { Erased } from '../../db/schema/erasure.ts'
import { OPEN_STATES } from '../../domain/way.ts'
import type { AuthorRows, Erasure, EXPORTS } from './contract.ts'

const LISTED = 20

/** The accounts behind a handle, and every handle and name they wrote under; null: nobody of that handle wrote here. */
export async function authorBehind(tx: BrandTx, network: string, handle: string): Promise<Erased | null> {
  const rows = await tx.execute<{ instance: string; author_id: string; handle: string; name: string | null }>(sql`
    select distinct instance, author_id, author_handle as handle, author_name as name from mention
    where network = ${network} and author_id <> 'erased' and (instance, author_id) in (
      select instance, author_id from mention where network = ${network} and lower(author_handle) = lower(${handle})
        and forgotten_at is null)`)
  if (rows.length === 0) return null
  const accounts = new Map(rows.map((row) => [`${row.instance} ${row.author_id}`, row]))
  return {
    network,
    accounts: [...accounts.values()].map(({ instance, author_id: authorId }) => ({ instance, authorId })),
    names: [...new Set(rows.flatMap(({ handle: one, name }) => (name ? [one, name] : [one])))],
  }
}

const theirs = ({ network, accounts }: Erased) => sql`network = ${network} and (instance, author_id) in (
  select instance, "authorId" from jsonb_to_recordset(${asRows(accounts)}) as t(instance text, "authorId" text))`

const lower = (names: readonly string[]) => sql`${textArray(names.map((name) => name.toLowerCase()))}::text[]`

/** Lists of handles that name them. */
const onLists = (names: readonly string[]) =>
  sql`kind = 'handles' and exists (select 1 from unnest(entries) e where lower(ltrim(e, '@')) = any(${lower(names)}))`

/** Invitations to them as they are known at the network. */
const invited = ({ network, accounts }: Erased) => sql`network = ${network} and (instance, remote_id) in (
  select instance, "authorId" from jsonb_to_recordset(${asRows(accounts)}) as t(instance text, "authorId" text))`

export async function rowsOf(tx: BrandTx, about: Erased): Promise<AuthorRows> {
  const [row] = await tx.execute<AuthorRows>(sql`
    with m as (select id, state from mention where ${theirs(about)})
    select (select count(*)::int from m) as mentions,
      (select count(*)::int from m where state = any(${textArray([...OPEN_STATES, 'hidden'])}::text[])) as open,
      (select count(*)::int from escalation where mention_id in (select id from m)) as cases,
      (select count(*)::int from note n join escalation e on e.id = n.escalation_id where e.mention_id in (select id from m)) as notes,
      (select count(*)::int from reply where mention_id in (select id from m)) as replies,
      (select count(*)::int from correction where mention_id in (select id from m)) as corrections,
      (select count(*)::int from avoided_author where ${theirs(about)}) as avoided,
      (select count(*)::int from named_list where ${onLists(about.names)}) as lists,
      (select count(*)::int from invite where ${invited(about)}) as invitations`)
  return row! // nine counts
}

type Row = Omit<Erasure, 'by'> & { by: string }

const COLUMNS = sql`e.id, e.state, e.mentions, coalesce(u.name, e.by) as by, e.asked_at as "askedAt", e.done_at as "doneAt"`
const show = (row: Row): Erasure => ({ ...row, askedAt: iso(row.askedAt), doneAt: iso(row.doneAt) })

export async function erasures(tx: BrandTx): Promise<Erasure[]> {
  const rows = await tx.execute<Row>(sql`
    select ${COLUMNS} from erasure e left join auth_user u on u.id::text = e.by order by e.asked_at desc, e.id desc limit ${LISTED}`)
  return rows.map(show)
}

/** Null: this press asked for none yet. */
export async function erasureOf(tx: BrandTx, press: string): Promise<Erasure | null> {
  const [row] = await tx.execute<Row>(sql`
    select ${COLUMNS} from erasure e left join auth_user u on u.id::text = e.by where e.press = ${press}`)
  return row ? show(row) : null
}

/** Of two presses with one key the first asks for it. @returns whether this one did */
export async function askErasure(
  tx: BrandTx,
  { id, about, press, by, at }: { id: string; about: Erased; press: string; by: string; at: Date },
): Promise<boolean> {
  const made = await tx.execute(sql`
    insert into erasure (id, about, press, by, asked_at)
    values (${id}, ${JSON.stringify(about)}::text::jsonb, ${press}, ${by}, ${at.toISOString()})
    on conflict (brand_id, press) do nothing returning 1`)
  return made.length > 0
}

/** The erasure to go on with, locked before any mention; null: there is none. */
export async function lockErasure(tx: BrandTx): Promise<{ id: string; about: Erased; mentions: number } | null> {
  const [row] = await tx.execute<{ id: string; about: Erased; mentions: number }>(sql`
    select id, about, mentions from erasure where state = 'running' order by id limit 1 for update`)
  return row ?? null
}

/** Mentions of theirs that are left; `open` wait for somebody. */
export async function left(tx: BrandTx, about: Erased, limit: number): Promise<{ id: string; open: boolean }[]> {
  return tx.execute<{ id: string; open: boolean }>(sql`
    select id, state = any(${textArray([...OPEN_STATES, 'hidden'])}::text[]) as open from mention
    where ${theirs(about)} order by id limit ${limit}`)
}

/** A pattern of whole names, with or without their @. */
export const patternOf = (names: readonly string[]): string =>
  `(?<!\\w)@?(${names.map((name) => name.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&')).join('|')})(?!\\w)`

/** What belongs to their posts and may name them: what people wrote about them, and what we took along. */
export async function scrub(tx: BrandTx, mentionIds: readonly string[], names: readonly string[]): Promise<void> {
  const ids = sql`${textArray(mentionIds)}::uuid[]`
  const without = (column: string) =>
    sql`${sql.identifier(column)} = regexp_replace(${sql.identifier(column)}, ${patternOf(names)}, '[erased]', 'gi')`
  await tx.execute(sql`
    update mention set author_name = null, url = null, closed = null, recheck_at = null, trouble = null where id = any(${ids})`)
  await tx.execute(sql`delete from mention_search where mention_id = any(${ids})`)
  await tx.execute(sql`delete from hidden_post where mention_id = any(${ids})`)
  await tx.execute(sql`
    update reply set ${without('text')}, ${without('edited_from')}, ${without('note')}, ${without('taken_back_for')}
    where mention_id = any(${ids})`)
  await tx.execute(sql`
    update reply_part set ${without('text')}, ${without('note')}
    where reply_id in (select id from reply where mention_id = any(${ids}))`)
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
  await tx.execute(sql`select erase_from_log(${ids}, ${patternOf(names)})`)
}

/** What names them beside their posts. */
export async function scrubElsewhere(tx: BrandTx, about: Erased): Promise<void> {
  const names = lower(about.names)
  await tx.execute(sql`delete from avoided_author where ${theirs(about)}`)
  await tx.execute(sql`
    update named_list set entries = array(select e from unnest(entries) e where lower(ltrim(e, '@')) <> all(${names})),
      version = version + 1
    where ${onLists(about.names)}`)
  await tx.execute(sql`
    update brand set settings = jsonb_set(settings, '{blockedAuthors}', (
      select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements_text(settings->'blockedAuthors') e
      where lower(ltrim(e, '@')) <> all(${names})))
    where jsonb_array_length(settings->'blockedAuthors') > 0`)
  await tx.execute(sql`
    update invite set name = null, email = null, handle = null, remote_id = null where ${invited(about)}`)
  // Kept whole because it could not be read; whoever it names goes with it.
  await tx.execute(sql`delete from rejected_item where raw ~* ${patternOf(about.names)}`)
  await tx.execute(sql`select erase_from_audit(${patternOf(about.names)})`)
  await tx.execute(sql`update webhook_delivery set answer = null where answer ~* ${patternOf(about.names)}`)
}

export const countOn = (tx: BrandTx, id: string, mentions: number) =>
  tx.execute(sql`update erasure set mentions = mentions + ${mentions} where id = ${id}`)

export const endErasure = (tx: BrandTx, id: string, at: Date) =>
  tx.execute(sql`
    update erasure set state = 'done', about = null, done_at = ${at.toISOString()} where id = ${id} and state = 'running'`)

type What = (typeof EXPORTS)[number]

const SELECTS: Record<What, ReturnType<typeof sql>> = {
  mentions: sql`
    select id, network, instance, native_id, url, kind, author_handle, author_name, text, language_hint, posted_at, received_at,
      state, (select row_to_json(c) from (select language, sentiment, intent, anger from classification c
        where c.mention_id = t.id) c) as classification from mention t`,
  replies: sql`
    select id, mention_id, author_kind, voice, text, state, network, url, outcome, metrics from reply t`,
  ledger: sql`select * from ledger t`,
}

/** A page of what is exported, in the order of ids, after one. */
export const exported = (tx: BrandTx, what: What, after: string, limit: number) =>
  tx.execute<{ id: string }>(sql`${SELECTS[what]} where t.id > ${after}::uuid order by t.id limit ${limit}`)
