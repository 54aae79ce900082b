import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { Disclosure } from '../domain/disclosure.ts'
import type { Voice } from '../domain/roles.ts'

export type CannedRow = {
  id: string
  title: string
  text: string
  language: string | null
  skills: string[]
  version: number
  changed_by: string
  changed_at: string
  /** Why it is offered no longer; null: it is. */
  retired: string | null
}

const columns = sql`c.id, c.title, c.text, c.language, c.skills, c.version, u.name as changed_by, c.changed_at,
  k.retired_for as retired`
const from = sql`
  canned_answer c join auth_user u on u.id = c.changed_by left join answer_mark k on k.answer_id = c.id`

export const cannedRows = (tx: BrandTx): Promise<CannedRow[]> =>
  tx.execute<CannedRow>(sql`select ${columns} from ${from} order by c.title`)

/** Those that are offered under posts: not those that staff took out of what is known. */
export const offeredCanned = (tx: BrandTx): Promise<CannedRow[]> =>
  tx.execute<CannedRow>(sql`select ${columns} from ${from} where k.retired_for is null order by c.title`)

/** What a canned answer may be for: the brand's languages in its own order, and its skills by name. */
export async function fittings(tx: BrandTx): Promise<{ languages: string[]; skills: string[] }> {
  const [row] = await tx.execute<{ languages: string[]; skills: string[] }>(sql`
    select settings->'languages' as languages,
      array(select jsonb_object_keys(settings->'skills') order by 1) as skills from brand`)
  return row ?? { languages: [], skills: [] }
}

export async function cannedRow(tx: BrandTx, id: string): Promise<CannedRow | null> {
  const [row] = await tx.execute<CannedRow>(sql`select ${columns} from ${from} where c.id = ${id}`)
  return row ?? null
}

export type Written = { title: string; text: string; language: string | null; skills: readonly string[] }
type Change = Written & { id: string; by: string; at: Date }

const array = (values: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`

/** @returns false when the brand has a canned answer of this title already */
export async function insertCanned(tx: BrandTx, { id, by, at, ...one }: Change): Promise<boolean> {
  const made = await tx.execute(sql`
    insert into canned_answer (id, title, text, language, skills, changed_by, changed_at)
    values (${id}, ${one.title}, ${one.text}, ${one.language}, ${array(one.skills)}, ${by}, ${at.toISOString()})
    on conflict (brand_id, title) do nothing returning id`)
  return made.length === 1
}

/** @returns false: it is gone, or another version than `version` stands by now */
export async function updateCanned(tx: BrandTx, { id, by, at, ...one }: Change, version: number): Promise<boolean> {
  const changed = await tx.execute(sql`
    update canned_answer set title = ${one.title}, text = ${one.text}, language = ${one.language},
      skills = ${array(one.skills)}, version = version + 1, changed_by = ${by}, changed_at = ${at.toISOString()}
    where id = ${id} and version = ${version} returning id`)
  return changed.length === 1
}

/** @returns false: it is gone, or another version than `version` stands by now */
export async function deleteCanned(tx: BrandTx, id: string, version: number): Promise<boolean> {
  const gone = await tx.execute(sql`delete from canned_answer where id = ${id} and version = ${version} returning id`)
  return gone.length === 1
}

/** Whether another canned answer than `id` has this title. */
export async function titleTaken(tx: BrandTx, title: string, id: string): Promise<boolean> {
  const rows = await tx.execute(sql`select 1 from canned_answer where title = ${title} and id <> ${id}`)
  return rows.length > 0
}

export type AskedRow = {
  text: string
  author_handle: string
  language: string | null
  skills: { skill: string }[] | null
  brand: string
  disclosures: Disclosure[] | null
}

/** The post that wants an answer. @param memberId one who must have been offered it; null: staff, who see all */
export async function askedPost(tx: BrandTx, id: string, memberId: string | null): Promise<AskedRow | null> {
  const offered = sql`exists (select 1 from offer o where o.mention_id = m.id and o.member_id = ${memberId})`
  const [row] = await tx.execute<AskedRow>(sql`
    select m.text, m.author_handle, c.language, c.result->'skills' as skills, b.name as brand,
      b.settings->'disclosures' as disclosures
    from mention m join brand b on b.id = m.brand_id left join classification c on c.mention_id = m.id
    where m.id = ${id} and m.state not in ('hidden', 'withdrawn') ${memberId === null ? sql`` : sql`and ${offered}`}`)
  return row ?? null
}

export type EarlierRow = {
  id: string
  question: string
  text: string
  /** What staff put in place of its words; null: nothing. */
  better: string | null
  voice: Voice
  name: string
  sent_at: string
  url: string | null
  thanked: boolean
}

/** So many of the newest are compared. */
export const COMPARED = 300

/**
 * Answers that stand on their networks and were thanked for or approved, under posts of this language (null: any), but
 * for those that staff took out of what is known.
 */
export const earlierAnswers = (tx: BrandTx, language: string | null, exceptFor: string): Promise<EarlierRow[]> =>
  tx.execute<EarlierRow>(sql`
    select r.id, m.text as question, r.text, k.better, r.voice, u.name, r.sent_at, r.url,
      r.outcome is not distinct from 'thanked' as thanked
    from reply r join mention m on m.id = r.mention_id join auth_user u on u.id = r.user_id
      join classification c on c.mention_id = m.id left join answer_mark k on k.answer_id = r.id
    where k.retired_for is null and r.state = 'sent' and (r.outcome = 'thanked' or (r.approved_by is not null and r.outcome is null))
      and m.state not in ('hidden', 'withdrawn') and m.forgotten_at is null and m.id <> ${exceptFor} ${language === null ? sql`` : sql`and c.language = ${language}`}
    order by r.sent_at desc limit ${COMPARED}`)
