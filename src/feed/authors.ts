import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { iso } from '../db/instants.ts'
import { moveMentions } from '../db/move.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { endOffers } from '../people/offers.ts'
import type { Helper } from './claim.ts'
import type { AvoidedAuthor } from './contract.ts'
import { lockMentionOf, withoutOffers } from './queries.ts'

// Authors of whom a member wants to see nothing (F7). Who is muted stays in the feed as far as they are there; of who
// is blocked what nobody took goes too. Matching offers this member nothing of either (`avoidedBy`).

/** What a pass says that nobody pressed. */
const BLOCKED = 'blocked-author'

/** A member’s authors, the latest first. */
export async function avoidedAuthors(tx: BrandTx, memberId: string): Promise<AvoidedAuthor[]> {
  const rows = await tx.execute<Omit<AvoidedAuthor, 'since'> & { since: string }>(sql`
    select id, network, handle, how, at as since from avoided_author where member_id = ${memberId} order by at desc, id desc`)
  return rows.map((row) => ({ ...row, since: iso(row.since) }))
}

/**
 * Mutes or blocks the author of a mention this member was offered; the last word counts.
 * @returns mentions that nobody has any more and that wait for matching
 * @throws DomainError `not-found` for an offer of somebody else
 */
export async function avoidAuthor(
  tx: BrandTx,
  offerId: string,
  by: Helper,
  how: AvoidedAuthor['how'],
  at: Date,
): Promise<string[]> {
  if (how === 'muted') await lockMentionOf(tx, offerId, by.memberId)
  const mentionIds = how === 'blocked' ? await lockOpenOf(tx, offerId, by.memberId) : []
  await endOffers(tx, mentionIds, 'passed', at, { memberId: by.memberId, passReason: BLOCKED })
  const returned = await moveMentions(tx, await withoutOffers(tx, mentionIds), 'triaged', at, ['offered'])
  const kept = await tx.execute(sql`
    insert into avoided_author (id, member_id, network, instance, author_id, handle, how, at)
    select ${newId(at.getTime())}::uuid, o.member_id, m.network, m.instance, m.author_id, m.author_handle, ${how}, ${at.toISOString()}::timestamptz
    from offer o join mention m on m.id = o.mention_id where o.id = ${offerId} and o.member_id = ${by.memberId}
    on conflict on constraint avoided_author_once do update set how = excluded.how, handle = excluded.handle, at = excluded.at
    returning id`)
  if (kept.length === 0) throw new DomainError('not-found', 'There is no such offer in your feed.')
  const said = { memberIds: [by.memberId], actor: by.userId, at }
  await appendEvents(tx, [
    ...mentionIds.map((mentionId) => ({
      ...said,
      ...{ kind: 'mention.passed' as const, mentionId },
      data: { reason: BLOCKED, memberId: by.memberId, held: false, returned: returned.includes(mentionId) },
    })),
    changed(by, at),
  ])
  return returned
}

/** Lets an author be offered again; to whom it was not, nothing changes. */
export async function forgiveAuthor(tx: BrandTx, id: string, by: Helper, at: Date): Promise<void> {
  const gone = await tx.execute(
    sql`delete from avoided_author where id = ${id} and member_id = ${by.memberId} returning id`,
  )
  if (gone.length === 0) throw new DomainError('not-found', 'This author is not among those you muted or blocked.')
  await appendEvents(tx, [changed(by, at)])
}

/** Whom somebody avoids is theirs: the log says that it changed. */
const changed = (by: Helper, at: Date) => ({
  ...{ kind: 'member.changed' as const, mentionId: null, memberIds: [by.memberId], actor: by.userId, at },
  data: { memberId: by.memberId, changed: ['authors'] },
})

/**
 * Locks what the author of an offer has in this member’s feed that nobody took, and the offer's own mention with it:
 * all at once in the order of their ids, as everybody does, so that nobody waits in a ring.
 * @returns ids of those that nobody took
 */
async function lockOpenOf(tx: BrandTx, offerId: string, memberId: string): Promise<string[]> {
  const locked = await tx.execute<{ id: string }>(sql`
    select m.id from mention m join offer o on o.mention_id = m.id and o.member_id = ${memberId}
      and (o.state = 'open' or o.id = ${offerId})
    join (select network, instance, author_id from mention
      where id = (select mention_id from offer where id = ${offerId} and member_id = ${memberId})) as author
      on (m.network, m.instance, m.author_id) = (author.network, author.instance, author.author_id)
    order by m.id for update of m`)
  // Asked once more now that they are locked: somebody may have taken one in between.
  const open = await tx.execute<{ mention_id: string }>(sql`
    select mention_id from offer where member_id = ${memberId} and state = 'open'`)
  const still = new Set(open.map(({ mention_id }) => mention_id))
  return locked.map(({ id }) => id).filter((id) => still.has(id))
}
