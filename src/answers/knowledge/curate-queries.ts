import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { newId } from '../../domain/id.ts'
import type { Place } from '../../http/cursor.ts'

export type ProposalRow = {
  id: string
  answerId: string
  userId: string
  by: string
  wrong: string
  better: string | null
  state: 'open' | 'taken' | 'declined'
  decidedBy: string | null
  at: string
}

const proposals = sql`
  select p.id, p.answer_id as "answerId", p.user_id as "userId", coalesce(u.name, '') as by, p.wrong, p.better, p.state,
    d.name as "decidedBy", p.at
  from answer_proposal p left join auth_user u on u.id = p.user_id left join auth_user d on d.id = p.decided_by`

type New = { answerId: string; userId: string; wrong: string; better: string | null; key: string; at: Date }

/** @returns its id; `again`: this press made it before; `open`: one of theirs about this answer waits already */
export async function addProposal(tx: BrandTx, made: New): Promise<string | 'again' | 'open'> {
  const { answerId, userId, wrong, better, key, at } = made
  const id = newId(at.getTime())
  const rows = await tx.execute(sql`
    insert into answer_proposal (id, answer_id, user_id, wrong, better, key, at)
    values (${id}, ${answerId}, ${userId}, ${wrong}, ${better}, ${key}, ${at.toISOString()})
    on conflict do nothing returning 1`)
  if (rows.length === 1) return id
  const before = await tx.execute(sql`select 1 from answer_proposal where user_id = ${userId} and key = ${key}`)
  return before.length > 0 ? 'again' : 'open'
}

/** A page of those that wait, the longest waiting first, and one more than `limit` when there are more. */
export const openProposals = (
  tx: BrandTx,
  { limit, after }: { limit: number; after: Place | null },
): Promise<ProposalRow[]> =>
  tx.execute<ProposalRow>(sql`${proposals}
    where p.state = 'open' ${after ? sql`and (p.at, p.id) > (${after.key}::timestamptz, ${after.id}::uuid)` : sql``}
    order by p.at, p.id limit ${limit + 1}`)

/** The answer itself, before anything said of it: whoever edits or deletes one comes to the rows in this order. */
async function lockAnswer(tx: BrandTx, id: SQL): Promise<void> {
  await tx.execute(sql`select 1 from canned_answer where id = ${id} for update`)
  await tx.execute(sql`select 1 from reply where id = ${id} for key share`)
}

/** Whoever decides about a proposal locks it first, after its answer. */
export async function lockProposal(tx: BrandTx, id: string): Promise<ProposalRow | null> {
  await lockAnswer(tx, sql`(select answer_id from answer_proposal where id = ${id})`)
  const [row] = await tx.execute<ProposalRow>(sql`${proposals} where p.id = ${id} for update of p`)
  return row ?? null
}

type Decision = { state: 'taken' | 'declined'; reason: string | null; by: string; at: Date }

export const decide = (tx: BrandTx, id: string, { state, reason, by, at }: Decision): Promise<unknown> =>
  tx.execute(sql`
    update answer_proposal set state = ${state}, reason = ${reason}, decided_by = ${by}, decided_at = ${at.toISOString()}
    where id = ${id}`)

export type Held = {
  kind: 'earlier' | 'canned'
  /** As `KnownAnswer` has it. */
  version: string
  /** Of a canned answer's words. */
  wordsVersion: number | null
  retired: string | null
  changedBy: string | null
}

/**
 * Locks an answer and what staff decided about it, in the order in which editing and deleting one come to them, so that
 * one changes it at a time. Null: no such answer is known.
 */
export async function holdAnswer(tx: BrandTx, id: string): Promise<Held | null> {
  await lockAnswer(tx, sql`${id}`)
  await tx.execute(sql`
    insert into answer_mark (answer_id) select answer_id from known_answer where answer_id = ${id}
    on conflict do nothing`)
  const [row] = await tx.execute<Held>(sql`
    select k.kind, coalesce(a.version, 0) || '.' || mark.version as version, a.version as "wordsVersion",
      mark.retired_for as retired, u.name as "changedBy"
    from answer_mark mark join known_answer k on k.answer_id = mark.answer_id
      left join canned_answer a on a.id = mark.answer_id
      left join auth_user u on u.id = case when a.changed_at > mark.changed_at or mark.changed_by is null
        then a.changed_by else mark.changed_by end
    where mark.answer_id = ${id} for update of mark`)
  return row ?? null
}

type Change = { by: string; at: Date }

/** Other words for an answer that is held. */
export const setBetter = (tx: BrandTx, id: string, better: string, { by, at }: Change): Promise<unknown> =>
  tx.execute(sql`
    update answer_mark set better = ${better}, retired_for = null, version = version + 1, changed_by = ${by},
      changed_at = ${at.toISOString()} where answer_id = ${id}`)

/** @param reason null: it is offered again */
export const setRetired = (tx: BrandTx, id: string, reason: string | null, { by, at }: Change): Promise<unknown> =>
  tx.execute(sql`
    update answer_mark set retired_for = ${reason}, version = version + 1, changed_by = ${by},
      changed_at = ${at.toISOString()} where answer_id = ${id}`)

/** @returns false: somebody changed or removed the canned answer since it was looked at */
export async function rewordCanned(
  tx: BrandTx,
  id: string,
  { text, version }: { text: string; version: number },
  { by, at }: Change,
): Promise<boolean> {
  const changed = await tx.execute(sql`
    update canned_answer set text = ${text}, version = version + 1, changed_by = ${by}, changed_at = ${at.toISOString()}
    where id = ${id} and version = ${version} returning 1`)
  return changed.length === 1
}

/** The member somebody is; empty: they are none. */
export async function memberOf(tx: BrandTx, userId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`select id from member where user_id = ${userId}`)
  return rows.map(({ id }) => id)
}
