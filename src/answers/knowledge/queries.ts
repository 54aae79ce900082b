import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import type { Disclosure } from '../../domain/disclosure.ts'
import type { Voice } from '../../domain/roles.ts'
import type { Place } from '../../http/cursor.ts'

export type KnownRow = {
  id: string
  kind: 'earlier' | 'canned'
  title: string | null
  /** Of a reply as it was posted, of a canned answer as it stands. */
  text: string
  better: string | null
  retired: string | null
  question: string | null
  network: string | null
  language: string | null
  skills: string[]
  at: string
  voice: Voice | null
  name: string
  url: string | null
  thanked: boolean
  version: string
  proposed: boolean
  /** The reader said something of it, decided or not. */
  spokenOf: boolean
}

export type Wanted = {
  q?: string | undefined
  network?: string[] | undefined
  language?: string[] | undefined
  skill?: string[] | undefined
  which: 'offered' | 'retired'
}

type Page = { limit: number; after: Place | null }

const shown = (userId: string): SQL => sql`
  k.answer_id as id, k.kind, a.title, coalesce(a.text, r.text) as text, mark.better, mark.retired_for as retired,
  case when m.state not in ('hidden', 'withdrawn') and m.forgotten_at is null then m.text end as question,
  k.network, k.language, k.skills, k.at, r.voice, coalesce(u.name, '') as name, r.url,
  r.outcome is not distinct from 'thanked' as thanked,
  coalesce(a.version, 0) || '.' || coalesce(mark.version, 0) as version,
  exists (select 1 from answer_proposal p
    where p.answer_id = k.answer_id and p.user_id = ${userId} and p.state = 'open') as proposed,
  exists (select 1 from answer_proposal p where p.answer_id = k.answer_id and p.user_id = ${userId}) as "spokenOf"`
const joined = sql`
  known_answer k left join answer_mark mark on mark.answer_id = k.answer_id
  left join canned_answer a on a.id = k.answer_id
  left join reply r on r.id = k.answer_id left join mention m on m.id = r.mention_id
  left join auth_user u on u.id = coalesce(r.user_id, a.changed_by)`

const anyOf = (values: readonly string[] | undefined): SQL => (values ? textArray(values) : sql`null::text[]`)
const orNull = (value: string | undefined | null, type: SQL): SQL => sql`${value ?? null}::${type}`

/** Answers as they are offered, or those offered no longer; the newest first, and one more than `limit` when there are more. */
export const findKnown = (tx: BrandTx, wanted: Wanted, { limit, after }: Page, userId: string): Promise<KnownRow[]> =>
  tx.execute<KnownRow>(sql`
    select ${shown(userId)}
    from find_known_answers(${orNull(wanted.q, sql`text`)}, ${anyOf(wanted.network)}, ${anyOf(wanted.language)},
      ${anyOf(wanted.skill)}, ${wanted.which === 'retired'}, ${orNull(after?.key, sql`timestamptz`)},
      ${orNull(after?.id, sql`uuid`)}, ${limit + 1}) f
    join (${joined}) on k.answer_id = f.id
    order by f.at desc, f.id desc`)

export async function knownAnswers(tx: BrandTx, ids: readonly string[], userId: string): Promise<KnownRow[]> {
  if (ids.length === 0) return []
  return tx.execute<KnownRow>(
    sql`select ${shown(userId)} from ${joined} where k.answer_id = any(${textArray(ids)}::uuid[])`,
  )
}

/** What the brand adds to posts, which is no part of an answer. */
export async function disclosuresOf(tx: BrandTx): Promise<Disclosure[]> {
  const [row] = await tx.execute<{ disclosures: Disclosure[] | null }>(
    sql`select settings->'disclosures' as disclosures from brand`,
  )
  return row?.disclosures ?? []
}

export async function networksOf(tx: BrandTx): Promise<string[]> {
  const rows = await tx.execute<{ network: string }>(sql`select distinct network from source order by network`)
  return rows.map(({ network }) => network)
}
