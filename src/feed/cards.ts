import { type SQL, sql } from 'drizzle-orm'
import type { Closed } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { LIVE_REPLIES } from '../db/reply-states.ts'
import type { OfferWhy } from '../db/schema/offer.ts'
import type { Flag, Intent, Sentiment } from '../domain/classification.ts'
import { DomainError } from '../domain/errors.ts'
import { fromCursor, type Place } from '../http/cursor.ts'
import type { BrandSettings } from '../people/brands.ts'
import type { Rank } from '../people/ranks.ts'
import { speakingAccounts } from '../people/speaking.ts'
import type { FeedCard } from './contract.ts'
import { MOST_LEASES } from './extend.ts'
import type { Showing } from './feed.ts'

/** An offer with everything its card shows; instants as PostgreSQL writes them. */
export type CardRow = {
  id: string
  mention_id: string
  state: FeedCard['state']
  why: OfferWhy
  guidance: string | null
  offered_at: string
  expires_at: string
  snoozed_until: string | null
  network: string
  instance: string
  author_handle: string
  author_name: string | null
  author_followers: number | null
  text: string
  shortened: boolean
  url: string | null
  closed: Closed | null
  posted_at: string
  due_at: string
  kept_until: string | null
  language: string | null
  sentiment: Sentiment | null
  intent: Intent | null
  anger: number | null
  flags: Flag[] | null
  skills: { skill: string; weight: number }[] | null
  alike: number
  storm_id: string | null
  holder_id: string | null
  holder_name: string | null
  lease_until: string | null
  extendable: boolean
  reply_text: string | null
  reply_state: string | null
  reply_at: string | null
  question: FeedCard['question']
}

/** Which offers a view of the feed shows. */
export type Which = {
  view: 'open' | 'later' | 'mine' | 'answered' | 'all'
  language?: string | undefined
  network?: string | undefined
  skill?: string | undefined
  mood?: Sentiment | undefined
}
export type FeedQuery = Which & { cursor?: string | undefined; limit: number }

/** A page of one member's feed, newest offer first, and one row more than `limit` when there are more. */
export function feedOf(tx: BrandTx, memberId: string, asked: FeedQuery, now: Date): Promise<CardRow[]> {
  const { cursor, limit } = asked
  const after = cursor === undefined ? null : placeOf(cursor)
  const further = after ? sql`and (o.offered_at, o.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  const order = sql`order by o.offered_at desc, o.id desc limit ${limit + 1}`
  return cards(tx, memberId, sql`${shownIn(asked, now)} ${further} ${order}`)
}

/** How many offers a view of one member's feed shows, counted no further than `most` and one. */
export async function countOffers(
  tx: BrandTx,
  memberId: string,
  which: Which,
  now: Date,
  most: number,
): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select 1 from offer o join mention m on m.id = o.mention_id left join classification c on c.mention_id = m.id
      where o.member_id = ${memberId} and ${shownIn(which, now)} limit ${most + 1}) as found`)
  return row!.n // a count has one row
}

function shownIn({ view, language, network, skill, mood }: Which, now: Date): SQL {
  const asleep = sql`coalesce(o.snoozed_until, '-infinity') > ${now.toISOString()}::timestamptz`
  const views: Record<Which['view'], SQL> = {
    open: sql`o.state = 'open' and not ${asleep}`,
    later: sql`o.state = 'open' and ${asleep}`,
    mine: sql`o.state = 'claimed'`,
    answered: sql`o.state = 'answered'`,
    all: sql`true`,
  }
  const wanted = [
    views[view],
    // `pt` finds `pt-BR` too.
    language && sql`(c.language = ${language} or starts_with(c.language, ${language} || '-'))`,
    network && sql`m.network = ${network}`,
    skill && sql`(c.result -> 'skills')::jsonb @> ${JSON.stringify([{ skill }])}::text::jsonb`,
    mood && sql`c.sentiment = ${mood}`,
  ].filter((condition) => typeof condition === 'object' && condition !== null)
  return sql.join(wanted, sql` and `)
}

/** Null: no such offer of this member. */
export async function cardOf(tx: BrandTx, memberId: string, offerId: string): Promise<CardRow | null> {
  const [row] = await cards(tx, memberId, sql`o.id = ${offerId}`)
  return row ?? null
}

/** A cluster is counted once, not once a row: in an outage a whole page belongs to one. */
const cards = (tx: BrandTx, memberId: string, which: SQL): Promise<CardRow[]> =>
  tx.execute<CardRow>(sql`
    with page as materialized (
      select o.id, o.mention_id, o.state, o.why, o.guidance, o.offered_at, o.expires_at, o.snoozed_until,
        m.network, m.instance,
        m.author_handle, m.author_name, m.author_followers, m.text, (m.shortened and m.state <> 'hidden') as shortened, m.url, m.closed, m.posted_at, m.due_at,
        case when m.forgotten_at is null then m.kept_until end as kept_until, m.cluster_id, m.storm_id,
        m.holder_id, case when m.state = 'claimed' then m.lease_until end as lease_until,
        o.state = 'claimed' and m.state = 'claimed' and least(m.hand_over_at,
          o.claimed_at + ${MOST_LEASES} * make_interval(mins => (select (settings ->> 'leaseMinutes')::int from brand))) > m.lease_until
          as extendable, c.language, c.sentiment, c.intent, c.anger, c.result -> 'flags' as flags,
        c.result -> 'skills' as skills
      from offer o join mention m on m.id = o.mention_id left join classification c on c.mention_id = m.id
      where o.member_id = ${memberId} and ${which}
    ), crowd as (
      select cluster_id, count(*)::int as size from mention
      where cluster_id in (select cluster_id from page) group by cluster_id
    )
    select page.*, coalesce(crowd.size, 1) as alike, h.name as holder_name,
      r.text as reply_text, r.state as reply_state, coalesce(r.sent_at, r.requested_at) as reply_at,
      (select case when t.waiting then 'waiting' else 'answered' end from expert_thread t
        where t.mention_id = page.mention_id and t.member_id = ${memberId}) as question
    from page left join crowd using (cluster_id) left join member h on h.id = page.holder_id
    left join reply r on r.mention_id = page.mention_id and r.member_id = ${memberId}
      and r.state in ${LIVE_REPLIES}
    order by page.offered_at desc, page.id desc`)

/** Who is looking, the accounts that may speak for them (their own and the brand's), and what the brand adds to their posts. */
export async function speakerOf(
  tx: BrandTx,
  memberId: string,
): Promise<Pick<Showing, 'speaker' | 'accounts' | 'disclosures' | 'terms'>> {
  const [me] = await tx.execute<{
    name: string
    rank: Rank
    settings: Pick<BrandSettings, 'disclosures' | 'terms'>
  }>(sql`
    select name, rank, (select jsonb_build_object('disclosures', settings -> 'disclosures', 'terms', settings -> 'terms') from brand)
      as settings from member where id = ${memberId}`)
  if (!me) throw new DomainError('not-found', 'You are no longer a member of this brand.')
  const speaker = { memberId, name: me.name, rank: me.rank }
  const { disclosures, terms } = me.settings
  return {
    speaker,
    accounts: await speakingAccounts(tx, memberId),
    disclosures: disclosures ?? null,
    terms: terms ?? {},
  }
}

/** A cursor comes from outside: what is no instant and no id must not reach the database as one. */
function placeOf(cursor: string): Place {
  const { key, id } = fromCursor(cursor)
  const at = new Date(key)
  if (Number.isNaN(at.getTime()) || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id))
    throw new DomainError('invalid', 'This cursor is not one of ours; begin again without it.')
  return { key: at.toISOString(), id }
}
