import { sql } from 'drizzle-orm'
import type { BrandTx, Db } from '../../db/client.ts'
import { MERGED } from '../../db/duplicates.ts'
import { KEPT } from '../../db/kept-statements.ts'
import { textArray } from '../../db/move.ts'
import type { Priority } from '../../domain/roles.ts'
import type { ESCALATION_STATES } from '../contract.ts'

/** A case as whoever changes it has to know it; locked, its mention before it. */
export type LockedCase = {
  id: string
  mentionId: string
  state: (typeof ESCALATION_STATES)[number]
  version: number
  team: string
  priority: Priority
  openedAt: string
  dueAt: string
  ownDueAt: string | null
  snoozedUntil: string | null
  assigneeId: string | null
  assigneeName: string | null
  mergedInto: string | null
}

/** Locks cases and their mentions, in the order every other transaction does. Those of another brand are not there. */
export async function lockCases(tx: BrandTx, ids: readonly string[]): Promise<Map<string, LockedCase>> {
  const wanted = textArray(ids)
  await tx.execute(sql`
    select 1 from mention where id in (select mention_id from escalation where id = any(${wanted}::uuid[]))
    order by id for update`)
  const rows = await tx.execute<LockedCase>(sql`
    select e.id, e.mention_id as "mentionId", e.state, e.version, e.team, e.priority, e.opened_at as "openedAt",
      e.due_at as "dueAt", e.own_due_at as "ownDueAt", e.snoozed_until as "snoozedUntil", e.assignee_id as "assigneeId",
      u.name as "assigneeName", e.merged_into as "mergedInto"
    from escalation e left join auth_user u on u.id = e.assignee_id
    where e.id = any(${wanted}::uuid[]) order by e.mention_id for update of e`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The mentions of cases, unlocked. */
export async function mentionsOf(tx: BrandTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select mention_id as id from escalation where id = any(${textArray(ids)}::uuid[])`)
  return rows.map(({ id }) => id)
}

/** Who did something to a mention last, by name; null: nobody who is still here. */
export async function lastHand(tx: BrandTx, mentionId: string): Promise<string | null> {
  const [row] = await tx.execute<{ name: string | null }>(sql`
    select u.name from event v left join auth_user u
      on u.id = case when v.actor ~ '^[0-9a-f-]{36}$' then v.actor::uuid end
    where v.mention_id = ${mentionId} order by v.id desc limit 1`)
  return row?.name ?? null
}

export type ColleagueRow = { userId: string; name: string; cases: number }

/** Staff and admins who may act, by name, and how many open cases each has. */
export const colleagues = (tx: BrandTx): Promise<ColleagueRow[]> =>
  tx.execute<ColleagueRow>(sql`
    select u.id as "userId", u.name,
      (select count(*)::int from escalation e where e.assignee_id = u.id and e.state = 'assigned') as cases
    from auth_user u where exists (select 1 from membership p
      where p.user_id = u.id and p.role in ('staff', 'admin') and p.standing not in ('suspended', 'banned'))
    order by u.name, u.id limit 500`)

/** The name of a colleague who may hold cases; null: no such colleague. */
export async function colleagueName(tx: BrandTx, userId: string): Promise<string | null> {
  const [row] = await tx.execute<{ name: string }>(sql`
    select u.name from auth_user u where u.id = ${userId} and exists (select 1 from membership p
      where p.user_id = u.id and p.role in ('staff', 'admin') and p.standing not in ('suspended', 'banned'))`)
  return row?.name ?? null
}

export const setAssignee = (tx: BrandTx, id: string, userId: string | null): Promise<unknown> =>
  tx.execute(sql`
    update escalation set assignee_id = ${userId}, state = ${userId === null ? 'open' : 'assigned'}, version = version + 1
    where id = ${id} and state in ('open', 'assigned')`)

/** The clock is its own; that of a duplicate merged into it may be earlier. Whoever gets more time is warned again. */
export const setPriority = (
  tx: BrandTx,
  id: string,
  priority: Priority,
  { dueAt, warnAt }: { dueAt: Date; warnAt: Date },
): Promise<unknown> =>
  tx.execute(sql`
    update escalation e set priority = ${priority}, version = version + 1,
      due_at = least(${dueAt.toISOString()}::timestamptz, (select min(d.due_at) from escalation d where ${MERGED})),
      warn_at = least(${warnAt.toISOString()}::timestamptz, (select min(d.warn_at) from escalation d where ${MERGED})),
      warned_at = case when ${warnAt.toISOString()}::timestamptz > warned_at then null else warned_at end,
      own_due_at = case when e.own_due_at is null then null else ${dueAt.toISOString()}::timestamptz end
    where id = ${id} and state in ('open', 'assigned')`)

/** Puts a label on a case. @returns its name, and whether it was new there; null: no such label */
export async function putLabel(
  tx: BrandTx,
  id: string,
  labelId: string,
): Promise<{ name: string; changed: boolean } | null> {
  const [row] = await tx.execute<{ name: string; changed: boolean }>(sql`
    with wanted as (select id, name from label where id = ${labelId} for share), put as (
      insert into case_label (escalation_id, label_id) select ${id}::uuid, id from wanted on conflict do nothing returning 1)
    select name, exists (select 1 from put) as changed from wanted`)
  return row ?? null
}

/** @returns its name, and whether it was there; null: no such label */
export async function takeLabel(
  tx: BrandTx,
  id: string,
  labelId: string,
): Promise<{ name: string; changed: boolean } | null> {
  const [row] = await tx.execute<{ name: string; changed: boolean }>(sql`
    with taken as (delete from case_label where escalation_id = ${id} and label_id = ${labelId} returning 1)
    select name, exists (select 1 from taken) as changed from label where id = ${labelId}`)
  return row ?? null
}

export const setSleep = (
  tx: BrandTx,
  id: string,
  sleep: { until: Date; asked: Date | null; by: string } | null,
): Promise<unknown> =>
  tx.execute(sql`
    update escalation set snoozed_until = ${sleep?.until.toISOString() ?? null}, snooze_asked = ${sleep?.asked?.toISOString() ?? null},
      snoozed_by = ${sleep?.by ?? null}, version = version + 1
    where id = ${id}`)

export const wakeEarlier = (tx: BrandTx, id: string, until: Date): Promise<unknown> =>
  tx.execute(sql`
    update escalation set snoozed_until = least(snoozed_until, ${until.toISOString()}::timestamptz) where id = ${id}`)

export type WokenRow = { id: string; mentionId: string; snoozedBy: string; assigneeId: string | null; chosen: boolean }

const woken = sql`returning e.id, e.mention_id as "mentionId", was.snoozed_by as "snoozedBy", e.assignee_id as "assigneeId",
  coalesce(was.snooze_asked <= was.snoozed_until, false) as chosen`
const awake = sql`snoozed_until = null, snooze_asked = null, snoozed_by = null, version = e.version + 1`

/** Wakes cases whose time has come, skipping those somebody is at work on. `chosen`: at the time that was asked for. */
export const wakeDueCases = (tx: BrandTx, now: Date, limit: number): Promise<WokenRow[]> =>
  tx.execute<WokenRow>(sql`
    update escalation e set ${awake} from (
      select id, snoozed_by, snooze_asked, snoozed_until from escalation
      where snoozed_until <= ${now.toISOString()} and state in ('open', 'assigned')
      order by mention_id limit ${limit} for update skip locked) as was
    where e.id = was.id ${woken}`)

/** Wakes cases that sleep until their author writes again, now that these posts came in. */
export const wakeByPosts = (tx: BrandTx, mentionIds: readonly string[]): Promise<WokenRow[]> =>
  tx.execute<WokenRow>(sql`${KEPT}
    update escalation e set ${awake} from (
      select s.id, s.snoozed_by, s.snooze_asked, s.snoozed_until from escalation s
      where s.snoozed_until is not null and s.snooze_asked is null and s.state in ('open', 'assigned')
        and exists (select 1 from mention m join mention p
          on (p.network, p.instance, p.author_id) = (m.network, m.instance, m.author_id) and p.id <> m.id
          where m.id = s.mention_id and p.id = any(${textArray(mentionIds)}::uuid[]))
      order by s.mention_id for update skip locked) as was
    where e.id = was.id ${woken}`)

/** `version`: as the case was left; null: it was refused. */
export type PartResults = { id: string; refusal: string | null; version: number | null }[]

/** What a part of the press of this key came to before, and the digest of that press; null: it was not pressed yet. */
export async function formerResults(
  tx: BrandTx,
  userId: string,
  key: string,
  part: number,
): Promise<{ digest: string | null; results: PartResults } | null> {
  const [row] = await tx.execute<{ digest: string | null; results: PartResults }>(sql`
    select digest, results from bulk_act where user_id = ${userId} and key = ${key} and part = ${part}`)
  return row ? { ...row, results: row.results.map((one) => ({ ...one, version: one.version ?? null })) } : null
}

type NewResults = { userId: string; key: string; part: number; digest: string; results: PartResults; at: Date }

/** @returns false: the same press got here at the same moment, and its results stand */
export async function keepResults(
  tx: BrandTx,
  { userId, key, part, digest, results, at }: NewResults,
): Promise<boolean> {
  const kept = await tx.execute(sql`
    insert into bulk_act (user_id, key, part, digest, results, at)
    values (${userId}, ${key}, ${part}, ${digest}, ${JSON.stringify(results)}::text::jsonb, ${at.toISOString()})
    on conflict do nothing returning 1`)
  return kept.length === 1
}

/** Presses are remembered a while, for all brands. */
export const pruneBulkActs = (db: Db, before: Date): Promise<unknown> =>
  db.execute(sql`delete from bulk_act where at < ${before.toISOString()}`)
