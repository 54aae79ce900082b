import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { Classification } from '../domain/classification.ts'
import type { Labels } from './correction.ts'

/** A mention as somebody corrects it; `guess` is what the model said, null while it was not judged. */
export type Corrected = {
  text: string
  languageHint: string | null
  state: string
  /** Its words went, by its network's terms. */
  forgotten: boolean
  guess: Classification | null
}

/** The mention with its classification held, so that of two corrections the second sees the first. Null: no such mention. */
export async function lockCorrected(tx: BrandTx, mentionId: string): Promise<Corrected | null> {
  const [row] = await tx.execute<{ text: string; language_hint: string | null; state: string; forgotten: boolean }>(
    sql`select text, language_hint, state, forgotten_at is not null as forgotten from mention where id = ${mentionId}`,
  )
  if (!row) return null
  const [held] = await tx.execute<{ guess: Classification }>(
    sql`select coalesce(guessed, result) as guess from classification where mention_id = ${mentionId} for update`,
  )
  const { text, language_hint: languageHint, state, forgotten } = row
  return { text, languageHint, state, forgotten, guess: held?.guess ?? null }
}

/** Raises the brand's number of what was learned and holds its row until the commit: corrections are made one by one. */
export async function nextVersion(tx: BrandTx): Promise<number> {
  const [row] = await tx.execute<{ learned_version: number }>(
    sql`update brand set learned_version = learned_version + 1 returning learned_version`,
  )
  return row!.learned_version // no transaction without a brand
}

export type NewCorrection = {
  id: string
  seq: number
  mentionId: string
  text: string
  language: string | null
  labels: Labels
  heldOut: boolean
  by: string
  at: Date
}

export const insertCorrection = (tx: BrandTx, row: NewCorrection) =>
  tx.execute(sql`
    insert into correction (id, seq, mention_id, text, language, labels, held_out, by, at)
    values (${row.id}, ${row.seq}, ${row.mentionId}, ${row.text}, ${row.language}, ${JSON.stringify(row.labels)}::text::json,
      ${row.heldOut}, ${row.by}, ${row.at.toISOString()})`)

/** Undoes a correction. Null: there is none, or it was undone before. */
export async function markUndone(
  tx: BrandTx,
  { id, seq, by, at }: { id: string; seq: number; by: string; at: Date },
): Promise<{ mentionId: string | null; labels: Labels } | null> {
  const [row] = await tx.execute<{ mention_id: string | null; labels: Labels }>(sql`
    update correction set undone_at = ${at.toISOString()}, undone_by = ${by}, undone_seq = ${seq}
    where id = ${id} and undone_at is null returning mention_id, labels`)
  return row ? { mentionId: row.mention_id, labels: row.labels } : null
}

/** What was said of a mention and holds, oldest first. */
export async function labelsOf(tx: BrandTx, mentionId: string): Promise<{ id: string; labels: Labels }[]> {
  return tx.execute<{ id: string; labels: Labels }>(
    sql`select id, labels from correction where mention_id = ${mentionId} and undone_at is null order by seq`,
  )
}

/** Stores what a mention counts as, beside what the model guessed; `told` null: the guess again. */
export async function storeTold(
  tx: BrandTx,
  mentionId: string,
  guess: Classification,
  told: Classification | null,
): Promise<void> {
  const result = told ?? guess
  await tx.execute(sql`
    update classification set result = ${JSON.stringify(result)}::text::json,
      guessed = ${told === null ? null : JSON.stringify(guess)}::text::json, language = ${result.language.tag},
      sentiment = ${result.sentiment.label}, intent = ${result.intent.label}, anger = ${result.anger}
    where mention_id = ${mentionId}`)
}

export type CorrectionRow = {
  id: string
  mention_id: string | null
  text: string
  labels: Labels
  held_out: boolean
  by: string
  name: string | null
  at: string
  undone_at: string | null
  undone_by: string | null
  undone_name: string | null
  state: string | null
  guess: Classification | null
}

/** Corrections, newest first, and one more than `limit` when there are more. */
export function listCorrections(
  tx: BrandTx,
  ask: { mentionId: string | null; limit: number; after: { key: string; id: string } | null },
): Promise<CorrectionRow[]> {
  const ofMention = ask.mentionId === null ? sql`true` : sql`c.mention_id = ${ask.mentionId}`
  const further = ask.after ? sql`and (c.at, c.id) < (${ask.after.key}::timestamptz, ${ask.after.id}::uuid)` : sql``
  return corrections(tx, sql`where ${ofMention} ${further} order by c.at desc, c.id desc limit ${ask.limit + 1}`)
}

export async function oneCorrection(tx: BrandTx, id: string): Promise<CorrectionRow | null> {
  const [row] = await corrections(tx, sql`where c.id = ${id}`)
  return row ?? null
}

async function corrections(tx: BrandTx, which: SQL): Promise<CorrectionRow[]> {
  return tx.execute<CorrectionRow>(sql`
    select c.id, c.mention_id, c.text, c.labels, c.held_out, c.by, u.name, c.at, c.undone_at, c.undone_by, w.name as undone_name,
      m.state, coalesce(k.guessed, k.result) as guess
    from correction c
    left join auth_user u on u.id = c.by
    left join auth_user w on w.id = c.undone_by
    left join mention m on m.id = c.mention_id
    left join classification k on k.mention_id = c.mention_id
    ${which}`)
}

export type Lesson = { seq: number; text: string; language: string | null; labels: Labels }

/** What is to be learned after version `after` up to `upTo`, in its order, at most `limit`. */
export async function lessons(tx: BrandTx, after: number, upTo: number, limit: number): Promise<Lesson[]> {
  return tx.execute<Lesson>(sql`
    select seq, text, language, labels from correction
    where seq > ${after} and seq <= ${upTo} and undone_at is null and not held_out order by seq limit ${limit}`)
}

/** Whether something that was learned at version `known` has been undone since. */
export async function wasUndone(tx: BrandTx, known: number): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from correction where undone_seq > ${known} and seq <= ${known} and not held_out limit 1`,
  )
  return rows.length > 0
}

/** How many corrections are learned and held out, and the newest of those held out. */
export async function heldOut(
  tx: BrandTx,
  limit: number,
): Promise<{ learned: number; heldOut: number; rows: Omit<Lesson, 'seq'>[] }> {
  const [counts] = await tx.execute<{ learned: number; held_out: number }>(sql`
    select count(*) filter (where not held_out)::int as learned, count(*) filter (where held_out)::int as held_out
    from correction where undone_at is null`)
  const rows = await tx.execute<Omit<Lesson, 'seq'>>(sql`
    select text, language, labels from correction where held_out and undone_at is null order by seq desc limit ${limit}`)
  return { learned: counts!.learned, heldOut: counts!.held_out, rows } // a count has one row
}
