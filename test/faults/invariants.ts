import { type SQL, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Db } from '../../src/db/client.ts'
import { LIVE_REPLIES } from '../../src/db/reply-states.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import type { TestNetwork } from './network.ts'

/** Each finds rows that must not be; `id` and `seen` say which and what. Over all brands of the database. */
const LAWS: Record<string, SQL> = {
  'I1: a post is stored once': sql`
    select network || ' ' || native_id as id, count(*)::text as seen
    from mention group by brand_id, network, instance, native_id having count(*) > 1`,
  'I1: a mention was received once': sql`
    select m.id, (select count(*) from event where mention_id = m.id and kind = 'mention.received')::text as seen
    from mention m where (select count(*) from event where mention_id = m.id and kind = 'mention.received') <> 1`,
  'I2: a held mention is held by the one whose offer is claimed': sql`
    select m.id, m.state || ' ' || coalesce(string_agg(o.member_id::text, ','), 'nobody') as seen
    from mention m left join offer o on o.mention_id = m.id and o.state = 'claimed'
    group by m.id having count(o.id) <> case when m.state = 'claimed' then 1 else 0 end
      or min(o.member_id::text) is distinct from m.holder_id::text`,
  'I2: nobody has a mention in their feed that is not there to take': sql`
    select m.id, m.state as seen from mention m
    where m.state not in ('offered', 'claimed')
      and exists (select 1 from offer where mention_id = m.id and state in ('open', 'claimed'))`,
  'I2: an offered mention is in somebody’s feed': sql`
    select m.id, m.state as seen from mention m where m.state = 'offered'
      and not exists (select 1 from offer where mention_id = m.id and state in ('open', 'claimed'))`,
  'I3: a mention has one reply that stands or may stand': sql`
    select mention_id as id, string_agg(state, ',') as seen from reply
    where state in ${LIVE_REPLIES}
    group by 1 having count(*) > 1`,
  'I3: a sent reply was told once, and an unsent one never': sql`
    select r.id, r.state || ' ' || (select count(*) from event where kind = 'reply.sent' and data ->> 'replyId' = r.id::text) as seen
    from reply r where (select count(*) from event where kind = 'reply.sent' and data ->> 'replyId' = r.id::text)
      <> case when r.sent_at is null then 0 else 1 end`,
  'I3: what has a sent reply waits for nobody': sql`
    select m.id, m.state as seen from mention m join reply r on r.mention_id = m.id and r.state = 'sent'
    where m.state in ('new', 'triaged', 'offered', 'triage')`,
  'I6: points are the sum of the ledger': sql`
    select m.id, m.points || ' not ' || coalesce(sum(l.points), 0) as seen
    from member m left join ledger l on l.member_id = m.id
    group by m.id having m.points <> coalesce(sum(l.points), 0)`,
  'a load is the live offers, within the capacity': sql`
    select m.id, m.load || ' of ' || m.capacity || ', not ' || count(o.id) as seen
    from member m left join offer o on o.member_id = m.id and o.state in ('open', 'claimed')
    group by m.id having m.load <> count(o.id) or m.load > m.capacity`,
  'a mention is judged once': sql`
    select mention_id as id, count(*)::text as seen from decision
    where by = 'policy' group by 1 having count(*) > 1`,
  'what went anywhere was decided upon, or answers a reply of ours': sql`
    select m.id, m.state as seen from mention m
    where m.state not in ('new', 'withdrawn') and m.answers_reply_id is null
      and not exists (select 1 from decision where mention_id = m.id)`,
  'an escalated mention has its case': sql`
    select m.id, m.state as seen from mention m where m.state = 'escalated'
      and not exists (select 1 from escalation where mention_id = m.id and state in ('open', 'assigned'))`,
}

/** I4: nothing waits past its time. Each takes the instant it is judged at, as an ISO string. */
const CLOCKS: Record<string, (now: string) => SQL> = {
  'I4: nothing has stood unjudged for a minute': (now) => sql`
    select id, state_at::text as seen from mention
    where state = 'new' and state_at < ${now}::timestamptz - interval '60 seconds'`,
  'I4: no reply has waited to leave for a minute': (now) => sql`
    select id, state as seen from reply
    where (state = 'queued' and send_after < ${now}::timestamptz - interval '60 seconds')
      or (state = 'sending' and sending_at < ${now}::timestamptz - interval '60 seconds')`,
  'I4: nothing is left with members past its time': (now) => sql`
    select id, state as seen from mention where state in ('triaged', 'offered', 'triage')
      and due_at < ${now}::timestamptz - interval '60 seconds'`,
}

/** What breaks the laws at this instant, in words; empty in health. */
export async function broken(db: Db, now: Date): Promise<string[]> {
  const at = now.toISOString()
  const asked = { ...LAWS, ...Object.fromEntries(Object.entries(CLOCKS).map(([law, query]) => [law, query(at)])) }
  const found: string[] = []
  for (const [law, query] of Object.entries(asked)) {
    const rows = await db.execute<{ id: string; seen: string }>(sql`select * from (${query}) as culprit limit 5`)
    found.push(...rows.map(({ id, seen }) => `${law}: ${id} (${seen})`))
  }
  return found
}

/** Asserts I1–I4, I6 and that loads are live offers. @param about what to print with a failure: seeds, doses */
export async function assertInvariants(db: Db, now: Date = new Date(Date.now() + MINUTE), about = ''): Promise<void> {
  expect(await broken(db, now), about).toEqual([])
}

/** Nothing of the network lost, and nobody there answered twice, by the network's own count (I1, I3). */
export async function assertNetwork(db: Db, network: TestNetwork, about = ''): Promise<void> {
  const rows = await db.execute<{ native_id: string }>(sql`select native_id from mention`)
  const stored = new Set(rows.map((row) => row.native_id))
  const answers = network.answers()
  expect(
    {
      lost: network.asked().filter(({ id }) => !stored.has(id)),
      answeredTwice: [...answers].filter(([, posts]) => posts.length > 1),
      sentTwice: [...network.requests].filter(([, times]) => times > 1),
    },
    about,
  ).toEqual({ lost: [], answeredTwice: [], sentTwice: [] })
}
