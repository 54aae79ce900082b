import { sql } from 'drizzle-orm'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { type Db, inBrand } from '../../src/db/client.ts'
import type { RANKS } from '../../src/db/schema/people.ts'
import { type Clock, MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { newId } from '../../src/domain/id.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { approve } from '../../src/reply/approval.ts'
import { requestReply } from '../../src/reply/request.ts'
import type { Cast } from '../world.ts'

type Open = { id: string; mention_id: string; member_id: string; user_id: string; name: string; rank: Rank }
type Rank = (typeof RANKS)[number]

/** Members take up to `most` mentions from their feeds and answer them; staff approve what waits. @returns replies stored */
export async function answerSome(db: Db, { brandId, staff }: Cast, most: number, clock: Clock): Promise<number> {
  const open = await db.execute<Open>(sql`
    select distinct on (o.mention_id) o.id, o.mention_id, m.id as member_id, m.user_id, m.name, m.rank
    from offer o join member m on m.id = o.member_id
    where o.brand_id = ${brandId} and o.state = 'open' order by o.mention_id, o.id limit ${most}`)
  let stored = 0
  for (const { id, mention_id: mentionId, member_id: memberId, user_id: userId, name, rank } of open) {
    const wanted = { mentionId, text: `Hold the button for five seconds, then try ${id.slice(-4)}.`, key: newId() }
    const author = { userId, name, member: { id: memberId, rank } }
    stored += await orLost(
      inBrand(db, brandId, async (tx) => {
        await claimOffer(tx, id, memberId, clock.now(), 20 * MINUTE)
        await requestReply(tx, author, { ...wanted, voice: 'own' }, capabilitiesOf, clock, maskPersonalData)
      }),
    )
  }
  const waiting = await db.execute<{ id: string }>(
    sql`select id from reply where brand_id = ${brandId} and state = 'awaiting-approval'`,
  )
  for (const { id } of waiting)
    await orLost(inBrand(db, brandId, (tx) => approve(tx, id, staff.userId, null, capabilitiesOf, clock.now())))
  return stored
}

/** Losing a race to a sweep or a withdrawal is part of the play; anything else is a fault. */
const orLost = (act: Promise<void>): Promise<number> =>
  act.then(
    () => 1,
    (error: unknown) => {
      if (error instanceof DomainError) return 0
      throw error
    },
  )
