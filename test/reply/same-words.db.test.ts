import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Connector, ConnectorError, type RemoteRef } from '../../connectors/connector.ts'
import { YOUTUBE_CAPABILITIES } from '../../connectors/youtube/youtube.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { runSend } from '../../src/reply/send.ts'
import { aBrand, after, aMember, aMention, anAccount, aReply, aSource, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { setClock } from '../world.ts'

const clock = setClock(NINE)
const place = { network: 'youtube' as const, instance: 'youtube.com' }
const never = new AbortController().signal
let test: TestDatabase
let brandId: string
/** Sends, or looks for, the answer to this person. */
let send: (replyId: string) => Promise<void>
let says: Awaited<ReturnType<Connector['reply']>>
/** What the flat thread has with those words by that account, whomever it was meant for. */
let stands: RemoteRef
let aimed: (row?: Parameters<typeof aReply>[1] extends infer R ? Partial<R> : never) => Promise<string>

beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(async () => {
  await test.drop()
})
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  const helper = await aMember(test.db, brandId)
  stands = { ...place, id: 'post-1', url: 'https://www.youtube.com/watch?v=1&lc=post-1' }
  says = { outcome: 'rejected', error: new ConnectorError('duplicate', 'These words stand there already.') }
  const { sourceId, accountId } = await inBrand(test.db, brandId, async (tx) => ({
    sourceId: (await aSource(tx, place)).id,
    accountId: (await anAccount(tx, { memberId: helper.id, network: 'youtube' })).id,
  }))
  aimed = (row) =>
    inBrand(test.db, brandId, async (tx) => {
      const held = { state: 'claimed' as const, holderId: helper.id, leaseUntil: after(24 * HOUR, clock.now()) }
      const mention = await aMention(tx, { ...place, ...held, sourceId, rootId: 'thread', receivedAt: clock.now() })
      const by = { mentionId: mention.id, memberId: helper.id, userId: helper.userId, accountId }
      const at = { requestedAt: clock.now(), state: 'queued' as const, text: 'Descale it.' }
      return (await aReply(tx, { ...place, ...by, ...at, ...row })).id
    })
  const connector = {
    network: 'youtube',
    capabilities: YOUTUBE_CAPABILITIES,
    reply: async () => says,
    findReply: async () => stands,
  } as Partial<Connector> as Connector // the rest is not asked
  const run = runSend({
    ...{ db: test.db, clock, random: () => 0.5, fault: noFaults, capabilityOf: () => null },
    connectorFor: async () => connector,
    useAccount: (_, __, work) => work({ handle: 'mia', token: '' }),
    ...{ onSent: async () => {}, onTakenBack: async () => {} },
  })
  send = async (replyId) => {
    clock.pass(HOUR)
    await run({ brandId, replyId }, never)
  }
})

const known = (id: string) =>
  inBrand(test.db, brandId, async (tx) => {
    const [row] = await tx.execute<Record<string, unknown>>(sql`
      select state, remote_id, note from reply where id = ${id}`)
    return row
  })
const silent = () => ({ state: 'sending' as const, sendingAt: clock.now(), attempts: 1 })

describe('the same words to two people in a flat thread (F6, I3)', () => {
  it('are refused by the network for the second, who is not taken to have been answered', async () => {
    const first = await aimed({ state: 'sent', sentAt: clock.now(), remoteId: 'post-1' })
    const second = await aimed()
    await send(second)
    expect(await known(second)).toMatchObject({
      ...{ state: 'failed', remote_id: null },
      note: 'The same words stand in this thread already, as your answer to somebody else; change them.',
    })
    expect(await known(first)).toMatchObject({ state: 'sent', remote_id: 'post-1' })
  })

  it('leave the second to a person when its own answer was lost', async () => {
    await aimed({ state: 'sent', sentAt: clock.now(), remoteId: 'post-1' })
    const second = await aimed(silent())
    await send(second)
    expect(await known(second)).toMatchObject({ state: 'unknown', remote_id: null })
  })

  it('leave both to a person when nobody knows whose the one post is', async () => {
    const [first, second] = [await aimed(silent()), await aimed(silent())]
    await send(second)
    await send(first)
    expect([await known(first), await known(second)]).toMatchObject([{ state: 'unknown' }, { state: 'unknown' }])
  })

  it('do not end the wait for one that moderators hold', async () => {
    await aimed({ state: 'sent', sentAt: clock.now(), remoteId: 'post-1' })
    const held = await aimed({ state: 'pending', sendAfter: clock.now() })
    await send(held)
    expect(await known(held)).toMatchObject({ state: 'pending', remote_id: null })
    stands = { ...stands, id: 'post-2' }
    clock.pass(MINUTE)
    await send(held)
    expect(await known(held)).toMatchObject({ state: 'sent', remote_id: 'post-2' })
  })

  it('are found again for the only one they can be', async () => {
    const only = await aimed()
    await send(only)
    expect(await known(only)).toMatchObject({ state: 'sent', remote_id: 'post-1' })
  })

  it('count as sent where the network says so, though it names the same post for both', async () => {
    says = { outcome: 'published', ref: stands, at: clock.now() }
    const [first, second] = [await aimed(), await aimed()]
    await send(first)
    await send(second)
    expect(await known(first)).toMatchObject({ state: 'sent', remote_id: 'post-1' })
    expect(await known(second)).toMatchObject({ state: 'sent', remote_id: null })
  })

  it('are one row’s, whatever happens: the database keeps a post from being two answers', async () => {
    await aimed({ state: 'sent', sentAt: clock.now(), remoteId: 'post-1' })
    await expect(aimed({ state: 'sent', sentAt: clock.now(), remoteId: 'post-1' })).rejects.toMatchObject({
      cause: { constraint_name: 'reply_remote' },
    })
  })
})
