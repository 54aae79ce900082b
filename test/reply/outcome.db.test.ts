import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Connector, ConnectorError } from '../../connectors/connector.ts'
import { inBrand } from '../../src/db/client.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { runOutcome } from '../../src/reply/outcome.ts'
import { aMention, aReply } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

it('counts what is told of some replies, and asks after the one nothing is told of later, by itself (L7, P2)', async () => {
  const [member] = w.cast.members
  const { id: memberId, userId } = member! // the one
  const replyIds: string[] = []
  for (const remoteId of ['silent', 'left out', 'liked', 'gone'])
    await inBrand(test.db, w.cast.brandId, async (tx) => {
      const { id: mentionId } = await aMention(tx, { sourceId: w.cast.sourceIds[0]!, state: 'replied' })
      const times = { checkedAt: w.clock.now(), metrics: { likes: 1 } }
      replyIds.push((await aReply(tx, { mentionId, memberId, userId, remoteId, ...times })).id)
    })
  const standing: Connector['standing'] = async (refs) => {
    if (refs.some(({ id }) => id === 'silent')) throw new ConnectorError('bad-response', 'Of no known shape.')
    const told = refs.filter(({ id }) => id !== 'left out')
    return told.map((ref) => ({ ref, gone: ref.id === 'gone', metrics: { likes: 5 }, answers: [] }))
  }
  const run = runOutcome({
    db: test.db,
    clock: w.clock,
    connectorFor: async (...of) => ({ ...(await w.world.connectors.ofSourceId(...of)), standing }),
    takeIn: async () => [],
    onReach: async () => {},
    wake: async () => {},
    fault: noFaults,
  })
  await run({ brandId: w.cast.brandId, replyIds }, AbortSignal.timeout(60_000))
  const rows = await test.db.execute(sql`
    select remote_id as id, state, (metrics->>'likes')::int as likes, checks, checked_at > ${w.clock.now().toISOString()} as waits
    from reply order by array_position(array['silent', 'left out', 'liked', 'gone'], remote_id)`)
  expect(rows.map(({ id, state, likes, checks, waits }) => [id, state, likes, checks, waits])).toEqual([
    ['silent', 'sent', 1, 1, true],
    ['left out', 'sent', 1, 1, true],
    ['liked', 'sent', 5, 1, true],
    ['gone', 'withdrawn', 5, 1, true],
  ])
})
