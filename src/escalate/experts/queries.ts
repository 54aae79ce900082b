import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { newId } from '../../domain/id.ts'
import type { ExpertThread } from './contract.ts'

type Message = ExpertThread['messages'][number]
type ThreadRow = Omit<ExpertThread, 'messages'> & { memberId: string; lastAt: string; messages: Message[] }
export type QuestionRow = ThreadRow & {
  text: string
  network: string
  url: string | null
  handle: string
  name: string | null
  followers: number | null
  postedAt: string
  until: string | null
}

const messages = sql`
  (select json_agg(json_build_object('id', x.id, 'author', u.name, 'fromStaff', x.from_staff, 'text', x.text, 'at', x.at)
    order by x.at, x.id) from expert_message x join auth_user u on u.id = x.author_id where x.thread_id = t.id) as messages`
const columns = sql`t.id, t.mention_id as "mentionId", t.member_id as "memberId", t.waiting, t.at as "lastAt", b.name as member, ${messages}`

/** JSON has instants as PostgreSQL writes them. */
const shown = ({ id, mentionId, member, waiting, messages: said }: ThreadRow): ExpertThread => ({
  ...{ id, mentionId, member, waiting },
  messages: (said ?? []).map((one) => ({ ...one, at: iso(one.at) })),
})

/** The talks about a mention, the oldest first. */
export async function threadsOf(tx: BrandTx, mentionId: string): Promise<ExpertThread[]> {
  const rows = await tx.execute<ThreadRow>(sql`
    select ${columns} from expert_thread t join member b on b.id = t.member_id where t.mention_id = ${mentionId} order by t.id`)
  return rows.map(shown)
}

/** One member's talk about a mention; null: they asked nothing. */
export async function threadOf(tx: BrandTx, mentionId: string, memberId: string): Promise<ExpertThread | null> {
  const [row] = await tx.execute<ThreadRow>(sql`
    select ${columns} from expert_thread t join member b on b.id = t.member_id
    where t.mention_id = ${mentionId} and t.member_id = ${memberId}`)
  return row ? shown(row) : null
}

const questions = (which: SQL) => sql`
  select ${columns}, m.text, m.network, m.url, m.author_handle as handle, m.author_name as name,
    m.author_followers as followers, m.posted_at as "postedAt",
    case when m.holder_id = t.member_id then m.lease_until end as until
  from expert_thread t join member b on b.id = t.member_id join mention m on m.id = t.mention_id ${which}`

/** A page of members' questions, and one row more than `limit` when there are more. */
export function listQuestions(
  tx: BrandTx,
  ask: { view: 'waiting' | 'all'; after: { key: string; id: string } | null; limit: number },
): Promise<QuestionRow[]> {
  const { after } = ask
  const place = after && sql`(${after.key}::timestamptz, ${after.id}::uuid)`
  return ask.view === 'waiting'
    ? tx.execute<QuestionRow>(
        questions(sql`
          where t.waiting and m.state not in ('hidden', 'withdrawn') ${place ? sql`and (t.at, t.id) > ${place}` : sql``}
          order by t.at, t.id limit ${ask.limit + 1}`),
      )
    : tx.execute<QuestionRow>(
        questions(sql`
          where m.state not in ('hidden', 'withdrawn') ${place ? sql`and (t.at, t.id) < ${place}` : sql``}
          order by t.at desc, t.id desc limit ${ask.limit + 1}`),
      )
}

export async function oneQuestion(tx: BrandTx, threadId: string): Promise<QuestionRow | null> {
  const [row] = await tx.execute<QuestionRow>(questions(sql`where t.id = ${threadId}`))
  return row ?? null
}

/** Locks the mention of a talk, as whoever changes its lease must. @returns who asked; null: no such talk */
export async function lockThread(
  tx: BrandTx,
  threadId: string,
): Promise<{ mentionId: string; memberId: string } | null> {
  const [row] = await tx.execute<{ mentionId: string; memberId: string }>(sql`
    select m.id as "mentionId", t.member_id as "memberId" from mention m join expert_thread t on t.mention_id = m.id
    where t.id = ${threadId} for update of m`)
  return row ?? null
}

/** Whether this member was ever offered the mention. */
export async function wasOffered(tx: BrandTx, mentionId: string, memberId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from offer o join mention m on m.id = o.mention_id
    where o.mention_id = ${mentionId} and o.member_id = ${memberId} and m.state not in ('hidden', 'withdrawn')`)
  return rows.length > 0
}

/** The same of a mention that is locked by this, and whether the member holds it now. */
export async function standingOf(
  tx: BrandTx,
  mentionId: string,
  memberId: string,
): Promise<{ offered: boolean; holds: boolean } | null> {
  const [row] = await tx.execute<{ offered: boolean; holds: boolean }>(sql`
    select exists (select 1 from offer o where o.mention_id = m.id and o.member_id = ${memberId}) as offered,
      m.state = 'claimed' and m.holder_id is not distinct from ${memberId}::uuid as holds
    from mention m where m.id = ${mentionId} and m.state not in ('hidden', 'withdrawn') for update of m`)
  return row ?? null
}

/** Opens the talk, or goes on with it. @returns its id, and whether it is new */
export async function openThread(
  tx: BrandTx,
  { mentionId, memberId, at }: { mentionId: string; memberId: string; at: Date },
): Promise<{ id: string; fresh: boolean }> {
  const [row] = await tx.execute<{ id: string; fresh: boolean }>(sql`
    insert into expert_thread (id, mention_id, member_id, waiting, at)
    values (${newId(at.getTime())}, ${mentionId}, ${memberId}, true, ${at.toISOString()})
    on conflict on constraint expert_thread_once do update set mention_id = excluded.mention_id
    returning id, xmax = 0 as fresh`)
  return row! // an insert or an update of one row returns it
}

type Said = { threadId: string; authorId: string; fromStaff: boolean; text: string; key: string; at: Date }

/** @returns false: this press was heard before */
export async function say(tx: BrandTx, { threadId, authorId, fromStaff, text, key, at }: Said): Promise<boolean> {
  const said = await tx.execute(sql`
    with said as (
      insert into expert_message (id, thread_id, author_id, from_staff, text, key, at)
      values (${newId(at.getTime())}, ${threadId}, ${authorId}, ${fromStaff}, ${text}, ${key}, ${at.toISOString()})
      on conflict on constraint expert_message_once do nothing returning thread_id)
    update expert_thread set waiting = ${!fromStaff}, at = ${at.toISOString()} where id = (select thread_id from said) returning 1`)
  return said.length === 1
}

/** The lease of a member who still holds the mention begins anew. The mention is locked. */
export const renewLease = (
  tx: BrandTx,
  { mentionId, memberId }: { mentionId: string; memberId: string },
  until: Date,
): Promise<unknown> =>
  tx.execute(sql`
    with held as (
      update mention set lease_until = greatest(lease_until, ${until.toISOString()}::timestamptz)
      where id = ${mentionId} and state = 'claimed' and holder_id = ${memberId} returning id, lease_until)
    update offer set expires_at = held.lease_until from held
    where offer.mention_id = held.id and offer.member_id = ${memberId} and offer.state = 'claimed'`)
