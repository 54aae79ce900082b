import { iso } from '../db/instants.ts'
import { isAbusive } from '../domain/classification.ts'
import type { TakeBack } from '../http/answering.ts'
import type { MergedRow } from './acts/merge-queries.ts'
import type { Escalation, EscalationCase } from './contract.ts'
import type { ExpertThread } from './experts/contract.ts'
import { sayActor, sayEvent } from './history.ts'
import type { CaseRow, EventRow, NoteRow, ReplyRow } from './inbox-queries.ts'

/** What its composer has to know. */
export type Answering = Pick<EscalationCase, 'maxLength' | 'lengthUnit' | 'thread' | 'begins' | 'pictures' | 'closed'>

/** Blanks personal data in what is shown (U7). */
export type Mask = (text: string) => string

/** A case as its reader sees it; `meId` is the reader's user id. */
export function showCase(row: CaseRow, meId: string, mask: Mask): Escalation {
  return {
    id: row.id,
    mentionId: row.mention_id,
    state: row.state,
    team: row.team,
    priority: row.priority,
    origin: row.origin,
    reason: row.reason,
    stormId: row.storm_id,
    openedAt: iso(row.opened_at),
    dueAt: iso(row.due_at),
    assignee:
      row.assignee_id === null
        ? null
        : { userId: row.assignee_id, name: row.assignee_name ?? 'somebody', me: row.assignee_id === meId },
    version: row.version,
    labels: row.labels ?? [],
    asleep:
      row.snoozed_until === null
        ? null
        : {
            until: iso(row.snoozed_until),
            asked: row.snooze_asked === null ? null : iso(row.snooze_asked),
            by: row.snoozed_by ?? 'somebody',
          },
    mergedInto: row.merged_into,
    mention: {
      text: mask(row.text),
      shortened: row.shortened,
      keptUntil: row.kept_until === null ? null : iso(row.kept_until),
      network: row.network,
      url: row.url,
      author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
      postedAt: iso(row.posted_at),
      language: row.language ?? 'und',
      sentiment: row.sentiment ?? 'neutral',
      intent: row.intent ?? 'other',
      anger: row.anger ?? 0,
      abusive: isAbusive(row),
      alike: row.alike,
      corrected: row.corrected,
    },
  }
}

/** Whether an answer that stands can be deleted at its network. */
export type TakeBackOf = (reply: ReplyRow) => TakeBack

type Details = {
  why: Pick<EscalationCase['why'], 'rule' | 'evidence'>
  notes: readonly NoteRow[]
  events: readonly EventRow[]
  merged: readonly MergedRow[]
  questions: readonly ExpertThread[]
  reply: ReplyRow | null
  takeBackOf: TakeBackOf
  answering: Answering
}

/** The same with everything that lies beside it on the desk. */
export function showCasePage(row: CaseRow, details: Details, meId: string, mask: Mask): EscalationCase {
  const { why, notes, events, merged, questions, reply, takeBackOf, answering } = details
  return {
    ...showCase(row, meId, mask),
    why: {
      rule: why.rule,
      reason: row.reason,
      evidence: why.evidence.map((one) => ({ ...one, words: mask(one.words) })),
    },
    notes: notes.map(({ at, ...note }) => ({ ...note, at: iso(at) })),
    merged: merged.map(({ id, text, network, url, postedAt, ...author }) => ({
      ...{ id, text: mask(text), network, url, postedAt: iso(postedAt) },
      author: { handle: author.handle, name: author.name, followers: author.followers },
    })),
    questions: [...questions],
    history: events.map(({ kind, data, actor, name, at, of }) => ({
      kind,
      at: iso(at),
      actor: sayActor(actor, name),
      words: sayEvent(kind, data),
      of,
    })),
    ...answering,
    reply: reply && {
      ...{ id: reply.id, text: reply.text, state: reply.state, at: iso(reply.at) },
      takeBack: takeBackOf(reply),
    },
  }
}
