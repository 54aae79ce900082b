import { type SQL, sql } from 'drizzle-orm'
import type { Closed } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import type { Classification, Evidence, Intent, Sentiment } from '../domain/classification.ts'
import type { Priority } from '../domain/roles.ts'
import type { ESCALATION_STATES, ORIGINS } from './contract.ts'

/** A case as it stands in the inbox; instants as PostgreSQL writes them. What nobody has classified is null. */
export type CaseRow = {
  id: string
  mention_id: string
  state: (typeof ESCALATION_STATES)[number]
  team: string
  priority: Priority
  origin: (typeof ORIGINS)[number]
  reason: string
  opened_at: string
  due_at: string
  assignee_id: string | null
  assignee_name: string | null
  text: string
  network: string
  instance: string
  url: string | null
  closed: Closed | null
  author_handle: string
  author_name: string | null
  author_followers: number | null
  posted_at: string
  language: string | null
  sentiment: Sentiment | null
  intent: Intent | null
  anger: number | null
  alike: number
  corrected: boolean
  storm_id: string | null
}

export type View = 'open' | 'mine' | 'unassigned' | 'answered' | 'all'

/** A page of the inbox, the clock that runs out first on top, and one row more than `limit` when there are more. */
export function listCases(
  tx: BrandTx,
  ask: { view: View; team: string | null; userId: string; limit: number; after: { key: string; id: string } | null },
): Promise<CaseRow[]> {
  const views: Record<View, SQL> = {
    open: sql`e.state in ('open', 'assigned')`,
    mine: sql`e.state in ('open', 'assigned') and e.assignee_id = ${ask.userId}`,
    unassigned: sql`e.state in ('open', 'assigned') and e.assignee_id is null`,
    answered: sql`e.state = 'answered'`,
    all: sql`true`,
  }
  const ofTeam = ask.team === null ? sql`` : sql`and e.team = ${ask.team}`
  const further = ask.after ? sql`and (e.due_at, e.id) > (${ask.after.key}::timestamptz, ${ask.after.id}::uuid)` : sql``
  return cases(tx, sql`where ${views[ask.view]} ${ofTeam} ${further} order by e.due_at, e.id limit ${ask.limit + 1}`)
}

export async function oneCase(tx: BrandTx, caseId: string): Promise<CaseRow | null> {
  const [row] = await cases(tx, sql`where e.id = ${caseId}`)
  return row ?? null
}

/** The crowd is counted once a cluster, not once a row: in an outage a whole page belongs to one. */
async function cases(tx: BrandTx, which: SQL): Promise<CaseRow[]> {
  return tx.execute<CaseRow>(sql`
    with page as materialized (select e.* from escalation e ${which}),
    crowd as (
      select cluster_id, count(*)::int as size from mention
      where cluster_id in (select m.cluster_id from mention m join page on page.mention_id = m.id)
      group by cluster_id)
    select page.id, page.mention_id, page.state, page.team, page.priority, page.origin, page.reason, page.opened_at,
      page.due_at, page.assignee_id, u.name as assignee_name, m.text, m.network, m.instance, m.url, m.closed, m.author_handle, m.author_name,
      m.author_followers, m.posted_at, m.storm_id, c.language, c.sentiment, c.intent, c.anger, coalesce(crowd.size, 1) as alike,
      c.guessed is not null as corrected
    from page join mention m on m.id = page.mention_id
    left join classification c on c.mention_id = m.id
    left join auth_user u on u.id = page.assignee_id
    left join crowd on crowd.cluster_id = m.cluster_id
    order by page.due_at, page.id`)
}

/** The latest decision that sent the mention to staff and what the classifier went by; both may be missing. */
export async function whyHere(tx: BrandTx, mentionId: string): Promise<{ rule: string | null; evidence: Evidence[] }> {
  const [row] = await tx.execute<{ rule: string | null; result: Classification | null }>(sql`
    select d.rule, c.result from mention m
    left join classification c on c.mention_id = m.id
    left join lateral (
      select rule from decision where mention_id = m.id and destination = 'escalation' order by at desc, id desc limit 1
    ) d on true
    where m.id = ${mentionId}`)
  return { rule: row?.rule ?? null, evidence: row?.result?.why ?? [] }
}

export type NoteRow = { id: string; author: string; text: string; at: string }

export const notesOf = (tx: BrandTx, caseId: string): Promise<NoteRow[]> =>
  tx.execute<NoteRow>(sql`
    select n.id, u.name as author, n.text, n.at from note n join auth_user u on u.id = n.author_id
    where n.escalation_id = ${caseId} order by n.at, n.id`)

export type EventRow = { kind: string; data: Record<string, unknown>; actor: string; name: string | null; at: string }

/** What happened to a mention, oldest first, with the names of those who did it: the newest 200 events. */
export const historyOf = (tx: BrandTx, mentionId: string): Promise<EventRow[]> =>
  tx.execute<EventRow>(sql`
    with newest as (select * from event where mention_id = ${mentionId} order by id desc limit 200)
    select v.kind, v.data, v.actor, u.name, v.at from newest v
    left join auth_user u on u.id = case when v.actor ~ '^[0-9a-f-]{36}$' then v.actor::uuid end
    order by v.id`)

export async function lastReply(
  tx: BrandTx,
  mentionId: string,
): Promise<{ text: string; state: string; at: string } | null> {
  const [row] = await tx.execute<{ text: string; state: string; at: string }>(sql`
    select text, state, coalesce(sent_at, requested_at) as at from reply
    where mention_id = ${mentionId} order by requested_at desc, id desc limit 1`)
  return row ?? null
}

export type HelperRow = { id: string; name: string; languages: string[]; skills: string[]; free: number }

/** Members a case can be handed to now, those with most room first; at most 200. */
export const helpers = (tx: BrandTx): Promise<HelperRow[]> =>
  tx.execute<HelperRow>(sql`
    select m.id, m.name, m.languages, array(select skill from member_skill where member_id = m.id order by level desc, skill) as skills,
      m.capacity - m.load as free
    from member m join membership p on p.user_id = m.user_id and p.role = 'member' and p.standing <> 'suspended'
    where not m.paused and m.load < m.capacity order by free desc, m.name, m.id limit 200`)
