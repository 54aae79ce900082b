import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../src/db/client.ts'

/** Offers each mention brings; each goes to another member. */
export const OFFERS_A_MENTION = 2
/** Offers a member has open: the newest. Who is full is offered no more, so that the rest of a feed is history. */
const OPEN_A_MEMBER = 5
/** One mention in so many has a case for staff. */
const MENTIONS_A_CASE = 20
/** Cases nobody has answered yet: the newest. */
const OPEN_CASES = 500

const BEGAN = '2026-01-01T00:00:00Z'

/** Mentions come a second apart; this is just after the last of them. */
export const justAfter = (mentions: number): Date => new Date(Date.parse(BEGAN) + (mentions + 60) * 1_000)

/** The id of the nth row of a kind: ordered by time, like those of the product, and known without a look. */
const idOf = (kind: number, n: SQL) =>
  sql`(${sql.raw(`'0199000${kind}-0000-7000-8000-'`)} || lpad(to_hex(${n}), 12, '0'))::uuid`
export const mentionIdOf = (n: number): string => `01990001-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

const atOf = (n: SQL) => sql`${BEGAN}::timestamptz + ${n} * interval '1 second'`

/**
 * Mentions from one number up to another, with what was understood, their offers to all members of the brand in turn,
 * and the cases of some. Written by one statement a table, around the triggers that keep the words for searching and
 * around the keys, which the lists measured here do not read.
 */
export async function growTo(
  db: Db,
  stage: { brandId: string; members: number },
  from: number,
  to: number,
): Promise<void> {
  const { brandId, members } = stage
  const lastOffer = Math.max(0, (to + 1) * OFFERS_A_MENTION - 1 - OPEN_A_MEMBER * members)
  const lastCase = Math.max(0, to - OPEN_CASES * MENTIONS_A_CASE)
  const numbers = sql`generate_series(${from + 1}::bigint, ${to}::bigint) as n`
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`set local synchronous_commit = off`)
    await tx.execute(mentions(brandId, numbers))
    await tx.execute(understood(brandId, numbers))
    await tx.execute(offers(brandId, numbers, lastOffer))
    await tx.execute(cases(brandId, numbers, lastCase))
    await endOld(tx, lastOffer, lastCase)
  })
  await db.execute(sql`vacuum analyze mention, classification, offer, escalation`)
}

/** Half of them say nearly what nine others say, and so are in a cluster of ten. */
const mentions = (brandId: string, numbers: SQL) => sql`
  insert into mention (id, brand_id, source_id, network, instance, native_id, kind, author_id, author_handle, author_name,
    text, addressed, posted_at, received_at, state, state_at, due_at, cluster_id)
  select ${idOf(1, sql`n`)}, ${brandId}, ${brandId}, (array['mastodon', 'bluesky', 'reddit'])[1 + n % 3], 'bench', n::text, 'post',
    (n % 50000)::text, 'author' || n % 50000, 'An author', 'Post ' || n || ': ' || repeat('the lid of my kettle is loose. ', 4),
    true, ${atOf(sql`n`)}, ${atOf(sql`n`)}, case when n % 3 = 0 then 'answered' else 'closed' end, ${atOf(sql`n`)},
    ${atOf(sql`n`)} + interval '2 hours', ${idOf(1, sql`case when n % 20 < 10 then n - n % 20 + 1 else n end`)}
  from ${numbers}`

const understood = (brandId: string, numbers: SQL) => sql`
  insert into classification (mention_id, brand_id, model, language, sentiment, intent, anger, result, at)
  select ${idOf(1, sql`n`)}, ${brandId}, 'bench', (array['en', 'en', 'de', 'fr'])[1 + n % 4],
    (array['negative', 'neutral', 'positive'])[1 + n % 3], 'problem', 0.2,
    json_build_object('flags', '[]'::json, 'skills', json_build_array(json_build_object('skill', 'kettles', 'weight', 1)),
      'why', json_build_array(repeat('x', 300))), ${atOf(sql`n`)}
  from ${numbers}`

const offers = (brandId: string, numbers: SQL, lastEnded: number) => sql`
  with everyone as (select id, row_number() over (order by id) - 1 as place, count(*) over () as all_of_them from member
    where brand_id = ${brandId}),
  made as (select n, n * ${OFFERS_A_MENTION} + k as nth from ${numbers}, generate_series(0, ${OFFERS_A_MENTION - 1}) as k)
  insert into offer (id, brand_id, mention_id, member_id, state, why, offered_at, expires_at)
  select ${idOf(2, sql`nth`)}, ${brandId}, ${idOf(1, sql`n`)}, everyone.id,
    case when nth > ${lastEnded} then 'open' else ${anEnd(sql`nth`, ['answered', 'expired', 'taken', 'expired'])} end,
    json_build_object('score', 0.5, 'words', 'Knows kettles and speaks English', 'terms', json_build_object('fit', 0.4, 'load', 0.1)),
    ${atOf(sql`n`)}, ${atOf(sql`n`)} + interval '30 minutes'
  from made join everyone on everyone.place = nth % everyone.all_of_them`

const cases = (brandId: string, numbers: SQL, lastEnded: number) => sql`
  insert into escalation (id, brand_id, mention_id, team, priority, origin, reason, state, opened_at, due_at)
  select ${idOf(3, sql`n`)}, ${brandId}, ${idOf(1, sql`n`)}, 'care', 'normal', 'rule', 'bench',
    case when n > ${lastEnded} then 'open' else ${anEnd(sql`n`, ['answered', 'closed'])} end, ${atOf(sql`n`)},
    ${atOf(sql`n`)} + interval '1 day'
  from ${numbers} where n % ${MENTIONS_A_CASE} = 0`

/** How the nth ended: as if by chance, and for the same number always the same. */
const anEnd = (nth: SQL, ends: readonly string[]) =>
  sql`(array[${sql.join(
    ends.map((end) => sql`${end}`),
    sql`, `,
  )}])[1 + abs(hashint8(${nth}) % ${ends.length})]`

/** What was open before and is no longer among the newest. */
async function endOld(tx: Pick<Db, 'execute'>, lastOffer: number, lastCase: number): Promise<void> {
  await tx.execute(sql`
    update offer set state = 'expired' where state = 'open' and id <= ${idOf(2, sql`${lastOffer}::bigint`)}`)
  await tx.execute(sql`
    update escalation set state = 'closed' where state = 'open' and id <= ${idOf(3, sql`${lastCase}::bigint`)}`)
}
