import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access, Connector, RemoteRef } from '../../connectors/connector.ts'
import { mastodonConnector } from '../../connectors/mastodon/mastodon.ts'
import { YOUTUBE_CAPABILITIES } from '../../connectors/youtube/youtube.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { runOutcome } from '../../src/reply/outcome.ts'
import { outgoing } from '../../src/reply/queries.ts'
import { runSend } from '../../src/reply/send.ts'
import { takeBack } from '../../src/reply/take-back.ts'
import { aBrand, aMember, aMention, aReply, aSource, NINE } from '../builders.ts'
import { openMastodon } from '../connectors/mastodon/server.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { setClock } from '../world.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(async () => {
  await test.drop()
})

const never = new AbortController().signal
const clock = setClock(NINE)

/** A claimed post on a network, and its helper's answer on the way out. */
async function onItsWay(network: string, post: { instance: string; nativeId: string; url: string | null }) {
  const { id: brandId } = await aBrand(test.db)
  const helper = await aMember(test.db, brandId)
  const at = clock.now()
  return inBrand(test.db, brandId, async (tx) => {
    const source = await aSource(tx, { network, instance: post.instance })
    const held = { state: 'claimed' as const, holderId: helper.id, leaseUntil: new Date(at.getTime() + HOUR) }
    const mention = await aMention(tx, { ...post, ...held, network, sourceId: source.id, receivedAt: at })
    const by = { mentionId: mention.id, memberId: helper.id, userId: helper.userId }
    const made = await aReply(tx, {
      ...by,
      ...{ network, instance: post.instance, state: 'queued', text: 'Descale it.', requestedAt: at },
    })
    return { brandId, replyId: made.id }
  })
}

const deps = (connector: Connector, as: Access) => ({
  ...{ db: test.db, clock, random: () => 0.5, fault: noFaults, capabilityOf: () => connector.capabilities.reply },
  connectorFor: async () => connector,
  useAccount: <T>(_: string, __: string, work: (access: Access) => Promise<T>) => work(as),
  onSent: async () => {},
  onTakenBack: async () => {},
})

const stored = ({ brandId, replyId }: { brandId: string; replyId: string }) =>
  inBrand(test.db, brandId, (tx) => outgoing(tx, replyId))

describe('a reply on its way', () => {
  it('is given the address of the post it answers, and asked after by its own (L7, F6)', async () => {
    const url = 'https://www.example.com/watch?v=1&lc=comment-1'
    const ours = { network: 'youtube' as const, instance: 'youtube.com', id: 'answer-1', url: `${url}.answer-1` }
    const heard: { reply: RemoteRef[]; find: RemoteRef[]; standing: RemoteRef[] } = {
      ...{ reply: [], find: [], standing: [] },
    }
    const connector = {
      network: 'youtube',
      capabilities: YOUTUBE_CAPABILITIES,
      reply: async ({ to }) => {
        heard.reply.push(to)
        return { outcome: 'pending', why: 'Moderators read it first.' }
      },
      findReply: async ({ to }) => {
        heard.find.push(to)
        return ours
      },
      standing: async (refs) => {
        heard.standing.push(...refs)
        return refs.map((ref) => ({ ref, gone: false, metrics: {}, answers: [] }))
      },
    } as Partial<Connector> as Connector // the rest is not asked
    const job = await onItsWay('youtube', { instance: 'youtube.com', nativeId: 'comment-1', url })
    const send = runSend(deps(connector, { handle: 'mia', token: '' }))
    await send(job, never)
    clock.pass(MINUTE)
    await send(job, never)
    const outcome = { takeIn: async () => [], onReach: async () => {}, wake: async () => {} }
    await runOutcome({ ...deps(connector, { handle: 'mia', token: '' }), ...outcome })(
      { brandId: job.brandId, replyIds: [job.replyId] },
      never,
    )
    const to = { network: 'youtube', instance: 'youtube.com', id: 'comment-1', url }
    expect(heard).toEqual({ reply: [to], find: [to], standing: [ours] })
  })

  it('leaves a Mastodon server for a post on another, stands where the brand reads, and can be taken back', async () => {
    const [home, far] = await Promise.all([openMastodon(clock, null), openMastodon(clock, null)])
    home.federate([far])
    far.federate([home])
    const access = ({ baseUrl }: { baseUrl: string }, { username, token, id }: ReturnType<typeof home.account>) => ({
      handle: username,
      token: JSON.stringify({ baseUrl, token, accountId: id }),
    })
    far.post(far.account('bob'), 'something else') // so that no post has one number on both
    const mia = access(far, far.account('mia'))
    const reader = access(home, home.account('lumenor'))
    const connector = mastodonConnector(
      { baseUrl: home.baseUrl, maxLength: 500 },
      { fetch, random: systemRandom, clock, reader },
    )
    const host = new URL(home.baseUrl).host
    const asked = home.post(home.account('ana'), '@lumenor my kettle is cold')
    const job = await onItsWay('mastodon', { instance: host, nativeId: asked, url: home.addressOf(asked) })

    await runSend(deps(connector, mia))(job, never)
    const [answer] = home.answersTo(asked)
    expect(answer).toMatchObject({ text: 'Descale it.', by: `mia@${new URL(far.baseUrl).host}` })
    const reply = (await stored(job))!
    expect(reply).toMatchObject({
      state: 'sent',
      instance: host,
      remoteId: answer!.id,
      url: home.addressOf(answer!.id),
    })
    const to = { network: 'mastodon' as const, instance: host, id: asked, url: home.addressOf(asked) }
    const ref = { ...to, id: answer!.id, url: reply.url! }
    const input = { to, text: 'Descale it.', as: mia, key: reply.id, signal: never }
    expect(await connector.findReply(input)).toEqual(ref)
    // Posts that the brand's server numbers, and a post that only its own does.
    const [there] = far.answersTo(far.idAt(home.addressOf(asked))!)
    const elsewhere = { ...ref, instance: new URL(far.baseUrl).host, id: there!.id }
    expect(await connector.standing([ref, elsewhere], never)).toMatchObject([{ gone: false }, { gone: false }])
    expect(await connector.standing([{ ...elsewhere, url: `${ref.url}0` }], never)).toEqual([])

    await takeBack(
      deps(connector, mia),
      connector,
      { ...reply, takenBackBy: reply.userId, takenBackFor: 'Wrong.' },
      NINE,
      never,
    )
    expect(far.answersTo(far.idAt(home.addressOf(asked))!)).toEqual([])
    await Promise.all([home.close(), far.close()])
  })
})
