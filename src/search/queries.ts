import { type SQL, sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'
import { LIVE_REPLIES } from '../db/reply-states.ts'
import type { Intent, Sentiment } from '../domain/classification.ts'
import type { MentionState } from '../domain/way.ts'
import type { Place } from '../http/cursor.ts'

/** What mentions are asked by besides their words; absent is any. */
export type Wanted = {
  network?: string[] | undefined
  state?: MentionState[] | undefined
  language?: string[] | undefined
  since?: string | undefined
  until?: string | undefined
}

/** A mention as it stands; `at` is what it is ordered by. */
export type FoundRow = {
  id: string
  at: string
  network: string
  author_handle: string
  author_name: string | null
  author_followers: number | null
  text: string
  shortened: boolean
  state: MentionState
  language: string | null
  sentiment: Sentiment | null
  intent: Intent | null
  url: string | null
  posted_at: string
  case_id: string | null
  offer_id: string | null
  answer: string | null
}

type Page = { limit: number; after: Place | null }

const anyOf = (values: readonly string[] | undefined): SQL => (values ? textArray(values) : sql`null::text[]`)
const orNull = (value: string | undefined | null, type: SQL): SQL => sql`${value ?? null}::${type}`

const SHOWN = sql`m.network, m.author_handle, m.author_name, m.author_followers, m.text, (m.shortened and m.state <> 'hidden') as shortened, m.state, m.url, m.posted_at,
  c.language, c.sentiment, c.intent`

/** Mentions of the brand, the last heard first, and one row more than `limit` when there are more. */
export const findMentions = (tx: BrandTx, asked: string, wanted: Wanted, { limit, after }: Page): Promise<FoundRow[]> =>
  tx.execute<FoundRow>(sql`
    select f.id, f.at, ${SHOWN}, e.id as case_id, null as offer_id, null as answer
    from find_mentions(${asked}, ${anyOf(wanted.network)}, ${anyOf(wanted.state)}, ${anyOf(wanted.language)},
      ${orNull(wanted.since, sql`timestamptz`)}, ${orNull(wanted.until, sql`timestamptz`)},
      ${orNull(after?.key, sql`timestamptz`)}, ${orNull(after?.id, sql`uuid`)}, ${limit + 1}) f
    join mention m on m.id = f.id
    left join classification c on c.mention_id = m.id
    left join escalation e on e.mention_id = m.id
    order by f.at desc, f.id desc`)

/** What was offered to a member, the last offered first; their words are looked through by the caller. */
export function offeredTo(tx: BrandTx, memberId: string, wanted: Wanted, { limit, after }: Page): Promise<FoundRow[]> {
  const conditions = [
    sql`o.member_id = ${memberId} and o.state <> 'withdrawn' and m.state not in ('hidden', 'withdrawn')`,
    wanted.network && sql`m.network = any(${textArray(wanted.network)})`,
    wanted.state && sql`m.state = any(${textArray(wanted.state)})`,
    wanted.language && sql`c.language = any(${textArray(wanted.language)})`,
    wanted.since && sql`o.offered_at >= ${wanted.since}::timestamptz`,
    wanted.until && sql`o.offered_at < ${wanted.until}::timestamptz`,
    after && sql`(o.offered_at, o.id) < (${after.key}::timestamptz, ${after.id}::uuid)`,
  ].filter((condition) => typeof condition === 'object' && condition !== null)
  return tx.execute<FoundRow>(sql`
    select m.id, o.offered_at as at, ${SHOWN}, null as case_id, o.id as offer_id, r.text as answer
    from offer o join mention m on m.id = o.mention_id left join classification c on c.mention_id = m.id
    left join reply r on r.mention_id = m.id and r.member_id = ${memberId} and r.state in ${LIVE_REPLIES}
    where ${sql.join(conditions, sql` and `)} order by o.offered_at desc, o.id desc limit ${limit}`)
}
