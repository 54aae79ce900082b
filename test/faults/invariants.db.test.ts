import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { broken } from './invariants.ts'
import { answerSome } from './members.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 2 })
  for (let n = 0; n < 6; n++) await w.postAs(`pat${n}`, `How do I pair my phone with the acme scanner, model ${n}?`)
  await w.postAs('rex', 'I hate acme, worst liars ever, this is an outrage, disgusting company!!!')
  await w.drain()
  await answerSome(test.db, w.cast, 2, w.clock)
  await w.drain()
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

const one = (state: string) => sql`(select id from mention where state = ${state} order by id limit 1)`

/** An injury to healthy rows, and the law it breaks. A check that sees none of them would prove nothing. */
const INJURIES: [law: string, injury: SQL][] = [
  ['received once', sql`delete from event where mention_id = ${one('offered')} and kind = 'mention.received'`],
  [
    'held by the one whose offer is claimed',
    sql`update offer set state = 'claimed' where id = (select id from offer where mention_id = ${one('offered')} limit 1)`,
  ],
  ['not there to take', sql`update offer set state = 'open' where mention_id = ${one('replied')}`],
  ['in somebody’s feed', sql`update offer set state = 'expired' where mention_id = ${one('offered')}`],
  [
    'told once',
    sql`insert into event (brand_id, kind, mention_id, actor, data, at)
    select brand_id, kind, mention_id, actor, data, at from event where kind = 'reply.sent' limit 1`,
  ],
  ['waits for nobody', sql`update mention set state = 'triaged' where id = ${one('replied')}`],
  ['sum of the ledger', sql`update member set points = points + 1 where id = (select min(id::text)::uuid from member)`],
  [
    'a load is the live offers',
    sql`update member set load = load + 1 where id = (select min(id::text)::uuid from member)`,
  ],
  [
    'judged once',
    sql`insert into decision (id, brand_id, mention_id, by, facts, destination, reason, action, at)
    select gen_random_uuid(), brand_id, mention_id, by, facts, destination, reason, action, at from decision limit 1`,
  ],
  ['was decided upon', sql`delete from decision where mention_id = ${one('offered')}`],
  ['has its case', sql`update escalation set state = 'closed'`],
  [
    'stood unjudged',
    sql`update mention set state = 'new', state_at = state_at - interval '2 minutes' where id = ${one('escalated')}`,
  ],
  [
    'waited to leave',
    sql`update reply set state = 'queued', sent_at = null, send_after = send_after - interval '2 minutes'`,
  ],
  ['past its time', sql`update mention set due_at = due_at - interval '1 day' where id = ${one('offered')}`],
]

describe('the check of the invariants', () => {
  it('finds nothing in health', async () => {
    expect(await broken(test.db, w.clock.now())).toEqual([])
  })

  it.each(INJURIES)('notices what breaks “%s”', async (law, injury) => {
    const found: string[] = []
    await test.db
      .transaction(async (tx) => {
        await tx.execute(injury)
        found.push(...(await broken(tx, new Date(w.clock.now().getTime() + MINUTE))))
        tx.rollback()
      })
      .catch(() => {}) // the rollback asked for
    expect(found.join('\n')).toContain(law)
  })
})
