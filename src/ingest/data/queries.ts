import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { textArray } from '../../db/move.ts'
import type { Erased } from '../../db/schema/erasure.ts'
import { OPEN_STATES } from '../../domain/way.ts'
import type { AuthorAccount, AuthorRows, Erasure, EXPORTS } from './contract.ts'

const LISTED = 20

/** What networks put where they tell nobody's name: no one person. */
const STAND_IN = /^(somebody|an organisation) on |^\[(deleted|erased|removed)\]$/i
const STAND_INS: Readonly<Record<string, string>> = { pinterest: 'pinterest' }

export const standsIn = (network: string, handle: string): boolean =>
  STAND_IN.test(handle) || STAND_INS[network] === handle.toLowerCase()

type Account = Erased['accounts'][number]
type Found = AuthorAccount & { handles: string[] }

/** The accounts that ever wrote under a handle, whoever has written most first: they may be different people. */
export async function accountsBehind(tx: BrandTx, network: string, handle: string): Promise<Found[]> {
  const rows = await tx.execute<Found>(sql`
    select instance, author_id as "authorId", json_agg(distinct author_handle) as handles,
      coalesce(json_agg(distinct author_name) filter (where author_name is not null), '[]') as names,
      count(*)::int as posts, min(received_at) as "firstAt", max(received_at) as "lastAt"
    from mention
    where network = ${network} and author_id not in ('erased', 'not-told') and author_id not like 'unnamed:%'
      and (instance, author_id) in (
        select instance, author_id from mention where network = ${network} and lower(author_handle) = lower(${handle})
          and forgotten_at is null)
    group by instance, author_id order by posts desc, instance, author_id`)
  return rows.map((row) => ({ ...row, firstAt: iso(row.firstAt), lastAt: iso(row.lastAt) }))
}

/** Whom an erasure is about; null: one of the accounts is not among those found. */
export function chosen(network: string, found: readonly Found[], accounts: readonly Account[]): Erased | null {
  const byAccount = new Map(found.map((one) => [JSON.stringify([one.instance, one.authorId]), one]))
  const those = accounts.map(({ instance, authorId }) => byAccount.get(JSON.stringify([instance, authorId])))
  const sure = those.filter((one) => one !== undefined)
  if (sure.length < those.length) return null
  return {
    network,
    accounts: sure.map(({ instance, authorId }) => ({ instance, authorId })),
    handles: [...new Set(sure.flatMap(({ handles }) => handles))].filter((one) => !standsIn(network, one)),
    names: [...new Set(sure.flatMap(({ names }) => names))],
  }
}

export const theirs = ({ network, accounts }: Erased) => sql`network = ${network} and (instance, author_id) in (
  select instance, "authorId" from jsonb_to_recordset(${asRows(accounts)}) as t(instance text, "authorId" text))`

/** As they are compared. Not a literal of an array: handles may hold whatever their network lets them. */
export const lowered = (handles: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(handles.map((one) => one.toLowerCase().replace(/^@/, '')))}::text::jsonb))`

/** Lists of handles that name them. */
export const onLists = (handles: readonly string[]) =>
  sql`kind = 'handles' and exists (select 1 from unnest(entries) e where lower(ltrim(e, '@')) = any(${lowered(handles)}))`

/** Invitations to them as they are known at the network. */
export const invited = ({ network, accounts }: Erased) => sql`network = ${network} and (instance, remote_id) in (
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
      (select count(*)::int from named_list where ${onLists(about.handles)}) as lists,
      (select count(*)::int from invite where ${invited(about)}) as invitations`)
  return row! // nine counts
}

type Row = Omit<Erasure, 'by'> & { by: string }

const COLUMNS = sql`e.id, e.state, e.mentions, e.trouble, coalesce(u.name, e.by) as by, e.asked_at as "askedAt", e.done_at as "doneAt"`
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

export const countOn = (tx: BrandTx, id: string, mentions: number) =>
  tx.execute(sql`update erasure set mentions = mentions + ${mentions} where id = ${id}`)

export const endErasure = (tx: BrandTx, id: string, at: Date) =>
  tx.execute(sql`
    update erasure set state = 'done', about = null, done_at = ${at.toISOString()} where id = ${id} and state = 'running'`)

/** It stands still until somebody asks for it again. */
export const failErasure = (tx: BrandTx, trouble: string) =>
  tx.execute(sql`
    update erasure set state = 'failed', trouble = ${trouble}
    where id = (select id from erasure where state = 'running' order by id limit 1)`)

export async function askAgain(tx: BrandTx, id: string): Promise<boolean> {
  const going = await tx.execute(sql`
    update erasure set state = 'running', trouble = null where id = ${id} and state = 'failed' returning 1`)
  return going.length > 0
}

export async function erasureBy(tx: BrandTx, id: string): Promise<Erasure | null> {
  const [row] = await tx.execute<Row>(sql`
    select ${COLUMNS} from erasure e left join auth_user u on u.id::text = e.by where e.id = ${id}`)
  return row ? show(row) : null
}

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
