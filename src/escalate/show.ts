import { iso } from '../db/instants.ts'
import type { Escalation, EscalationCase } from './contract.ts'
import { sayActor, sayEvent } from './history.ts'
import type { CaseRow, EventRow, NoteRow } from './inbox-queries.ts'

/** What its composer has to know. */
export type Answering = Pick<EscalationCase, 'maxLength' | 'lengthUnit' | 'begins' | 'closed'>

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
    mention: {
      text: mask(row.text),
      network: row.network,
      url: row.url,
      author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
      postedAt: iso(row.posted_at),
      language: row.language ?? 'und',
      sentiment: row.sentiment ?? 'neutral',
      intent: row.intent ?? 'other',
      anger: row.anger ?? 0,
      alike: row.alike,
      corrected: row.corrected,
    },
  }
}

type Details = {
  why: Pick<EscalationCase['why'], 'rule' | 'evidence'>
  notes: readonly NoteRow[]
  events: readonly EventRow[]
  reply: { text: string; state: string; at: string } | null
  answering: Answering
}

/** The same with everything that lies beside it on the desk. */
export function showCasePage(row: CaseRow, details: Details, meId: string, mask: Mask): EscalationCase {
  const { why, notes, events, reply, answering } = details
  return {
    ...showCase(row, meId, mask),
    why: {
      rule: why.rule,
      reason: row.reason,
      evidence: why.evidence.map((one) => ({ ...one, words: mask(one.words) })),
    },
    notes: notes.map(({ id, author, text, at }) => ({ id, author, text, at: iso(at) })),
    history: events.map(({ kind, data, actor, name, at }) => ({
      kind,
      at: iso(at),
      actor: sayActor(actor, name),
      words: sayEvent(kind, data),
    })),
    ...answering,
    reply: reply && { text: reply.text, state: reply.state, at: iso(reply.at) },
  }
}
