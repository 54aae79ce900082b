import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { DAY, HOUR, MINUTE } from '../../domain/clock.ts'
import type { Now, Setup } from './contract.ts'

/** Somebody seen so lately is taken for here; it is noted every five minutes. */
const HERE = 10 * MINUTE

/** Everything of the page at one instant. */
export async function now(tx: BrandTx, at: Date): Promise<Now> {
  return {
    at: at.toISOString(),
    backlog: await backlog(tx, at),
    cases: await cases(tx, at),
    members: await members(tx, at),
    sources: await sources(tx),
  }
}

/** Staff's by their cases, the rest by the mention; history, which nobody is to answer, is not among them. */
async function backlog(tx: BrandTx, at: Date): Promise<Now['backlog']> {
  const ago = (ms: number) => new Date(at.getTime() - ms).toISOString()
  return tx.execute<Now['backlog'][number]>(sql`
    with waiting as (
      select case state when 'new' then 'new' when 'triaged' then 'waiting' else 'community' end as stage, received_at as since
      from mention where state in ('new', 'triaged', 'offered', 'claimed') and hand_over_at is not null
      union all
      select 'triage', received_at from mention where state = 'triage'
      union all
      select 'staff', opened_at from escalation where state in ('open', 'assigned'))
    select stage, case when since > ${ago(30 * MINUTE)}::timestamptz then '30m' when since > ${ago(2 * HOUR)}::timestamptz then '2h'
      when since > ${ago(8 * HOUR)}::timestamptz then '8h' when since > ${ago(DAY)}::timestamptz then '1d' else 'older' end as age,
      count(*)::int as count from waiting group by 1, 2`)
}

/** A case that ended after its clock had run out counts as one that ran out, whoever ended it. */
async function cases(tx: BrandTx, at: Date): Promise<Now['cases']> {
  const moment = at.toISOString()
  const [row] = await tx.execute<Now['cases']>(sql`
    with open as (select due_at from escalation where state in ('open', 'assigned')),
    midnight as (select date_trunc('day', ${moment}::timestamptz at time zone time_zone) at time zone time_zone as at from brand)
    select (select count(*)::int from open) as open,
      (select count(*)::int from open where due_at <= ${moment}) as late,
      (select count(*)::int from open
        where due_at > ${moment} and due_at <= ${new Date(at.getTime() + HOUR).toISOString()}) as "nextHour",
      (select count(*)::int from escalation e, midnight m where e.due_at >= m.at and e.due_at <= ${moment}
        and (e.state in ('open', 'assigned') or e.closed_at > e.due_at)) as "breachedToday"`)
  return row! // four counts
}

async function members(tx: BrandTx, at: Date): Promise<Now['members']> {
  const [row] = await tx.execute<Now['members']>(sql`
    select count(*)::int as "all", count(*) filter (where not m.paused and m.load < m.capacity)::int as free,
      count(*) filter (where u.last_active_at > ${new Date(at.getTime() - HERE).toISOString()})::int as online
    from member m join auth_user u on u.id = m.user_id
    join membership p on p.user_id = m.user_id and p.role = 'member' and p.standing in ('probation', 'trusted')`)
  return row! // three counts
}

type SourceRow = Omit<Now['sources'][number], 'drainedAt'> & { drained_at: string | null }

async function sources(tx: BrandTx): Promise<Now['sources']> {
  const rows = await tx.execute<SourceRow>(sql`
    select id, name, network, state, drained_at, trouble from source where state <> 'archived' order by name, id`)
  return rows.map(({ drained_at, ...row }) => ({ ...row, drainedAt: iso(drained_at) }))
}

type Counts = Record<
  'handles' | 'skills' | 'listening' | 'troubled' | 'accounts' | 'staff' | 'helpers' | 'versions' | 'rules',
  number
>

/** What a brand still needs; `mail`: the installation can send mails. */
export async function setup(tx: BrandTx, mail: boolean): Promise<Setup> {
  const [has] = await tx.execute<Counts>(sql`
    select jsonb_array_length(b.settings->'handles') as handles,
      (select count(*)::int from jsonb_object_keys(b.settings->'skills')) as skills,
      (select count(*)::int from source where state = 'on') as listening,
      (select count(*)::int from source where state = 'needs-authorisation' or (state = 'on' and trouble is not null)) as troubled,
      (select count(*)::int from linked_account where member_id is null and state = 'linked') as accounts,
      (select count(*)::int from membership where role in ('staff', 'admin') and standing = 'trusted') as staff,
      (select count(*)::int from membership where role = 'member' and standing in ('probation', 'trusted')) as helpers,
      (select count(*)::int from policy) as versions, b.policy_version as rules
    from brand b`)
  const { handles, skills, listening, troubled, accounts, staff, helpers, versions, rules } = has! // no transaction without a brand
  const done = (yes: boolean) => (yes ? 'done' : 'todo')
  return {
    steps: [
      { step: 'brand', state: done(handles > 0 && skills > 0), counts: { handles, skills } },
      { step: 'sources', state: troubled > 0 ? 'trouble' : done(listening > 0), counts: { listening, troubled } },
      { step: 'accounts', state: done(accounts > 0), counts: { accounts } },
      { step: 'people', state: done(staff > 1 && helpers > 0), counts: { staff, helpers } },
      { step: 'rules', state: done(rules > 0 && versions > 1), counts: { version: rules, versions } },
      { step: 'notify', state: done(mail), counts: {} },
    ],
  }
}
