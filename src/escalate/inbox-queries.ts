import { type SQL, sql } from 'drizzle-orm'
import type { Closed } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import type { Classification, Evidence, Flag, Intent, Sentiment } from '../domain/classification.ts'
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
  kept_until: string | null
  assignee_id: string | null
  assignee_name: string | null
  text: string
  shortened: boolean
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
  flags: Flag[] | null
  alike: number
  corrected: boolean
  storm_id: string | null
  version: number
  snoozed_until: string | null
  snooze_asked: string | null
  snoozed_by: string | null
  merged_into: string | null
  labels: { id: string; name: string; colour: string }[] | null
}

export type View = 'open' | 'mine' | 'unassigned' | 'asleep' | 'answered' | 'all'

/** Which cases a view of the inbox shows. `userId`: whose view it is. */
export type Which = { view: View; team: string | null; label?: string | null; userId: string }

/** A page of the inbox, the clock that runs out first on top, and one row more than `limit` when there are more. */
export function listCases(
  tx: BrandTx,
  ask: Which & { limit: number; after: { key: string; id: string } | null },
): Promise<CaseRow[]> {
  const further = ask.after ? sql`and (e.due_at, e.id) > (${ask.after.key}::timestamptz, ${ask.after.id}::uuid)` : sql``
  return cases(tx, sql`where ${shownIn(ask)} ${further} order by e.due_at, e.id limit ${ask.limit + 1}`)
}

/** How many cases a view shows, counted no further than `most` and one. */
export async function countCases(tx: BrandTx, which: Which, most: number): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from (select 1 from escalation e where ${shownIn(which)} limit ${most + 1}) as found`)
  return row!.n // a count has one row
}

function shownIn(ask: Which): SQL {
  const awake = sql`e.state in ('open', 'assigned') and e.snoozed_until is null`
  const views: Record<View, SQL> = {
    open: awake,
    mine: sql`${awake} and e.assignee_id = ${ask.userId}`,
    unassigned: sql`${awake} and e.assignee_id is null`,
    asleep: sql`e.state in ('open', 'assigned') and e.snoozed_until is not null`,
    answered: sql`e.state = 'answered'`,
    all: sql`true`,
  }
  const ofTeam = ask.team === null ? sql`` : sql`and e.team = ${ask.team}`
  const labelled = ask.label
    ? sql`and exists (select 1 from case_label l where l.escalation_id = e.id and l.label_id = ${ask.label})`
    : sql``
  return sql`${views[ask.view]} ${ofTeam} ${labelled}`
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
      page.due_at, page.assignee_id, u.name as assignee_name, m.text, (m.shortened and m.state <> 'hidden') as shortened, m.network, m.instance, m.url, m.closed, m.author_handle, m.author_name,
      m.author_followers, m.posted_at, case when m.forgotten_at is null then m.kept_until end as kept_until, m.storm_id, c.language, c.sentiment, c.intent, c.anger, c.result -> 'flags' as flags,
      coalesce(crowd.size, 1) as alike,
      c.guessed is not null as corrected, page.version, page.snoozed_until, page.snooze_asked, s.name as snoozed_by,
      page.merged_into, (select json_agg(json_build_object('id', l.id, 'name', l.name, 'colour', l.colour) order by lower(l.name))
        from case_label x join label l on l.id = x.label_id where x.escalation_id = page.id) as labels
    from page join mention m on m.id = page.mention_id
    left join classification c on c.mention_id = m.id
    left join auth_user u on u.id = page.assignee_id
    left join auth_user s on s.id = page.snoozed_by
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

export type NoteRow = { id: string; author: string; text: string; named: string[]; at: string }

/** The notes of a case and of duplicates merged into it, oldest first. */
export const notesOf = (tx: BrandTx, caseId: string): Promise<NoteRow[]> =>
  tx.execute<NoteRow>(sql`
    select n.id, u.name as author, n.text, n.at,
      array(select x.name from auth_user x where x.id = any(n.mentions) order by x.name) as named
    from note n join auth_user u on u.id = n.author_id
    where n.escalation_id in (select id from escalation where id = ${caseId} or merged_into = ${caseId}) order by n.at, n.id`)

export type EventRow = {
  kind: string
  data: Record<string, unknown>
  actor: string
  name: string | null
  at: string
  of: string | null
}

/** What happened to a mention and to the duplicates merged into its case, oldest first: the newest 200 events. */
export const historyOf = (tx: BrandTx, mentionId: string): Promise<EventRow[]> =>
  tx.execute<EventRow>(sql`
    with those as (
      select ${mentionId}::uuid as id, null as of
      union all
      select m.id, m.author_handle from escalation e join mention m on m.id = e.mention_id
      where e.merged_into = (select id from escalation where mention_id = ${mentionId})
    ), newest as (
      select v.*, those.of from event v join those on v.mention_id = those.id order by v.id desc limit 200)
    select v.kind, v.actor,
      case when v.kind = 'case.merged' then v.data || jsonb_build_object('intoAuthor', (
        select nullif(m.author_handle, '') from escalation e join mention m on m.id = e.mention_id
        where e.id = (v.data->>'into')::uuid and m.state not in ('hidden', 'withdrawn'))) else v.data end as data,
      u.name, v.at, v.of from newest v
    left join auth_user u on u.id = case when v.actor ~ '^[0-9a-f-]{36}$' then v.actor::uuid end
    order by v.id`)

export type ReplyRow = {
  id: string
  text: string
  state: string
  at: string
  network: string
  /** Whether we know where it stands, and whether its account is linked no longer. */
  hasId: boolean
  unlinked: boolean
}

export async function lastReply(tx: BrandTx, mentionId: string): Promise<ReplyRow | null> {
  const [row] = await tx.execute<ReplyRow>(sql`
    select r.id, r.text, r.state, coalesce(r.sent_at, r.requested_at) as at, r.network, r.remote_id is not null as "hasId",
      a.state = 'unlinked' as unlinked
    from reply r join linked_account a on a.id = r.account_id
    where r.mention_id = ${mentionId} order by r.requested_at desc, r.id desc limit 1`)
  return row ?? null
}

export type HelperRow = { id: string; name: string; languages: string[]; skills: string[]; free: number }

/** Members a case can be handed to now, those with most room first; at most 200. */
export const helpers = (tx: BrandTx): Promise<HelperRow[]> =>
  tx.execute<HelperRow>(sql`
    select m.id, m.name, m.languages, array(select skill from member_skill where member_id = m.id order by level desc, skill) as skills,
      m.capacity - m.load as free
    from member m join membership p on p.user_id = m.user_id and p.role = 'member' and p.standing in ('probation', 'trusted')
    where not m.paused and m.load < m.capacity order by free desc, m.name, m.id limit 200`)
