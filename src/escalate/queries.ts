import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'
import { LIVE_REPLIES } from '../db/reply-states.ts'
import type { BrandSettings } from '../db/schema/brand.ts'
import { keepTeamNames } from '../db/team-names.ts'
import { caseDueAt, caseWarnAt, placeCase } from '../domain/case-clock.ts'
import { newId } from '../domain/id.ts'
import type { Priority } from '../domain/roles.ts'
import type { MentionState } from '../domain/way.ts'
import type { ESCALATION_STATES, ORIGINS } from './contract.ts'

export type NewCase = {
  mentionId: string
  team: string
  priority: Priority
  origin: (typeof ORIGINS)[number]
  /** In plain words; staff read it. */
  reason: string
}

/** `opened` is false when the case was in the inbox already: then it stays with whoever has it. */
export type OpenedCase = { id: string; mentionId: string; opened: boolean }

/**
 * Opens the case of each mention, or opens it again, in one statement; its clock follows from team and priority
 * (`caseDueAt`). A mention has one case; one that is open keeps its team, reason and holder, and only its clock may
 * become shorter.
 *
 * What stays with the caller, in the same transaction: before this, moving the mentions (`moveMentions(…, 'escalated')`)
 * and ending their offers; after it, the event `mention.escalated` of each, with
 * `data: { caseId, team, priority, origin, reason }`.
 */
export async function openCases(tx: BrandTx, cases: readonly NewCase[], at: Date): Promise<OpenedCase[]> {
  if (cases.length === 0) return []
  await keepTeamNames(tx)
  const { settings, timeZone } = await brandOf(tx)
  const office = { ...settings, timeZone }
  const placed = cases.map((asked) => placeCase(asked, settings.teams))
  const rows = placed.map((one) => ({
    id: newId(at.getTime()),
    mention_id: one.mentionId,
    team: one.team,
    priority: one.priority,
    origin: one.origin,
    reason: one.reason,
    opened_at: at,
    due_at: caseDueAt(at, one, office),
    warn_at: caseWarnAt(at, one, office),
  }))
  // In the order of the mentions, so that two pages with the same mentions wait for each other and never in a ring.
  const opened = await tx.execute<{ id: string; mention_id: string; opened_at: string }>(sql`${KEPT}
    insert into escalation as e (id, mention_id, team, priority, origin, reason, state, opened_at, due_at, warn_at)
    select id, mention_id, team, priority, origin, reason, 'open', opened_at, due_at, warn_at
    from jsonb_to_recordset(${asRows(rows)}) as t(id uuid, mention_id uuid, team text, priority text, origin text,
      reason text, opened_at timestamptz(3), due_at timestamptz(3),
      warn_at timestamptz(3))
    order by mention_id
    on conflict on constraint escalation_mention do update set (team, priority, origin, reason, state, assignee_id,
        opened_at, due_at, warn_at, warned_at, closed_at, closed_reason, merged_into, own_due_at, version) = (
      select e.team, e.priority, e.origin, e.reason, e.state, e.assignee_id,
        e.opened_at, least(e.due_at, excluded.due_at), least(e.warn_at, excluded.warn_at), e.warned_at, e.closed_at,
        e.closed_reason, e.merged_into,
        case when e.own_due_at is not null then least(e.own_due_at, excluded.due_at) end, e.version + 1
      where e.state in ('open', 'assigned')
      union all
      select excluded.team, excluded.priority, excluded.origin, excluded.reason, 'open', null,
        excluded.opened_at, excluded.due_at, excluded.warn_at, null, null, null, null, null, e.version + 1
      where e.state not in ('open', 'assigned'))
    returning id, mention_id, opened_at`)
  return opened.map((row) => ({
    id: row.id,
    mentionId: row.mention_id,
    opened: new Date(row.opened_at).getTime() === at.getTime(),
  }))
}

/** What has ended sleeps no longer. */
const AWAKE = sql`snoozed_until = null, snooze_asked = null, snoozed_by = null, version = version + 1`

/** The transaction's brand: it sees that one alone. */
export async function brandOf(tx: BrandTx): Promise<{ settings: BrandSettings; timeZone: string }> {
  const [row] = await tx.execute<{ settings: BrandSettings; time_zone: string }>(
    sql`${KEPT} select settings, time_zone from brand`,
  )
  return { settings: row!.settings, timeZone: row!.time_zone } // no transaction without a brand
}

/** Marks cases as answered: for whoever sees a reply sent. @returns ids of the cases that were open. */
export async function answerCases(tx: BrandTx, mentionIds: readonly string[], at: Date): Promise<string[]> {
  if (mentionIds.length === 0) return []
  const rows = await tx.execute<{ id: string }>(sql`
    update escalation set state = 'answered', closed_at = ${at.toISOString()}, ${AWAKE}
    where mention_id = any(${textArray(mentionIds)}::uuid[]) and state in ('open', 'assigned') returning id`)
  return rows.map(({ id }) => id)
}

/** The mention of a case, locked first of all (mention, then case, offers and members). Null: no such case. */
export async function lockMentionOfCase(tx: BrandTx, caseId: string): Promise<LockedMention | null> {
  const [row] = await tx.execute<LockedMention>(sql`
    select m.id, m.state, m.holder_id as "holderId" from mention m
    where m.id = (select mention_id from escalation where id = ${caseId}) for update`)
  return row ?? null
}

export type LockedMention = { id: string; state: MentionState; holderId: string | null }

export async function lockMention(tx: BrandTx, mentionId: string): Promise<LockedMention | null> {
  const [row] = await tx.execute<LockedMention>(
    sql`select id, state, holder_id as "holderId" from mention where id = ${mentionId} for update`,
  )
  return row ?? null
}

/** The state of the reply that stands or may yet stand for a mention; null when there is none (I3). */
export async function liveReply(tx: BrandTx, mentionId: string): Promise<string | null> {
  const [row] = await tx.execute<{ state: string }>(sql`
    select state from reply
    where mention_id = ${mentionId} and state in ${LIVE_REPLIES}`)
  return row?.state ?? null
}

export type Standing = {
  id: string
  mentionId: string
  state: (typeof ESCALATION_STATES)[number]
  assigneeId: string | null
  assigneeName: string | null
}

export async function caseStanding(
  tx: BrandTx,
  of: { caseId: string } | { mentionId: string },
): Promise<Standing | null> {
  const [row] = await tx.execute<Standing>(sql`
    select e.id, e.mention_id as "mentionId", e.state, e.assignee_id as "assigneeId", u.name as "assigneeName"
    from escalation e left join auth_user u on u.id = e.assignee_id
    where ${'caseId' in of ? sql`e.id = ${of.caseId}` : sql`e.mention_id = ${of.mentionId}`}`)
  return row ?? null
}

/** Gives an open case to one person. Of twenty who press together one gets the mention's id, the others null. */
export async function assign(tx: BrandTx, caseId: string, userId: string): Promise<string | null> {
  const [row] = await tx.execute<{ mention_id: string }>(sql`
    update escalation set state = 'assigned', assignee_id = ${userId}, version = version + 1
    where id = ${caseId} and state = 'open' returning mention_id`)
  return row?.mention_id ?? null
}

/**
 * Ends a case that is nobody's or this person's; an admin (`overrule`) ends anybody's.
 * @returns whether it did; false: somebody else has it, or it has ended
 */
export async function endCase(
  tx: BrandTx,
  caseId: string,
  ending: { state: 'handed-back' | 'closed'; reason: string | null },
  by: { userId: string; overrule: boolean },
  at: Date,
): Promise<boolean> {
  const ended = await tx.execute(sql`
    update escalation set state = ${ending.state}, closed_at = ${at.toISOString()}, closed_reason = ${ending.reason}, ${AWAKE},
      assignee_id = coalesce(assignee_id, ${by.userId}::uuid)
    where id = ${caseId} and (state = 'open' or state = 'assigned' and (assignee_id = ${by.userId} or ${by.overrule}))
    returning id`)
  return ended.length > 0
}

type NewNote = { by: string; text: string; mentions: readonly string[]; key: string | null; at: Date }

/** @returns the mention's id, and whether this press is new; null: no such case */
export async function addNote(
  tx: BrandTx,
  caseId: string,
  { by, text, mentions, key, at }: NewNote,
): Promise<{ mentionId: string; fresh: boolean } | null> {
  const [row] = await tx.execute<{ mentionId: string; fresh: boolean }>(sql`
    with noted as (
      insert into note (id, escalation_id, author_id, text, mentions, key, at)
      select ${newId()}::uuid, id, ${by}::uuid, ${text}, ${textArray(mentions)}::uuid[], ${key}, ${at.toISOString()}::timestamptz
      from escalation where id = ${caseId}
      on conflict on constraint note_once do nothing returning 1)
    select mention_id as "mentionId", exists (select 1 from noted) as fresh from escalation where id = ${caseId}`)
  return row ?? null
}

/** The words a press kept at a case; null: it kept none. */
export async function keptNote(tx: BrandTx, caseId: string, by: string, key: string): Promise<string | null> {
  const [row] = await tx.execute<{ text: string }>(sql`
    select text from note where escalation_id = ${caseId} and author_id = ${by} and key = ${key}`)
  return row?.text ?? null
}

/** Those of these users who are staff or admins of the brand. */
export async function staffAmong(tx: BrandTx, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct user_id as id from membership where user_id = any(${textArray(userIds)}::uuid[])
      and role in ('staff', 'admin') and standing not in ('suspended', 'banned') order by 1`)
  return rows.map(({ id }) => id)
}

/** What the latest decision about a mention asked for: skills, rank, priority … Empty: nobody has decided yet. */
export async function lastAction(tx: BrandTx, mentionId: string): Promise<Record<string, unknown>> {
  const [row] = await tx.execute<{ action: Record<string, unknown> }>(sql`
    select action from decision where mention_id = ${mentionId} order by at desc, id desc limit 1`)
  return row?.action ?? {}
}
