import { afterEach, describe, expect, it } from 'vitest'
import type { Change } from '../../../connectors/connector.ts'
import { MINUTE } from '../../../src/domain/clock.ts'
import { calm, failure, LISTEN, replyWith } from '../stage.ts'
import { openX, type XStage } from './stage.ts'

let x: XStage
afterEach(() => x?.close())
const poll = () => x.connector().poll({ listen: LISTEN, cursor: null, maxItems: 100, signal: calm() })
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))

describe('answering on X (F6, F8)', () => {
  it('says of a post that calls nobody of ours that only X’s own page can answer it (44)', async () => {
    x = await openX({ summonedOnly: true })
    const stranger = x.made('my kettle leaks')
    const caller = x.made('@lumenor my kettle leaks')
    const [first, second] = mentions((await poll()).changes)
    expect(first).toMatchObject({
      ref: { id: stranger.conversation },
      closed: { reason: 'not-summoned', link: `https://x.com/intent/post?in_reply_to=${stranger.conversation}` },
    })
    expect(second?.ref.id).toBe(caller.conversation)
    expect(second).not.toHaveProperty('closed')
    expect(await replyWith({ stage: x, connector: x.connector() }, stranger.conversation)).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'refused', message: expect.stringContaining('not been mentioned') },
    })
  })

  it('finds what somebody sent by hand from X’s own page, and says surely when nobody did (F8, 41)', async () => {
    x = await openX({ summonedOnly: true })
    const to = x.made('my kettle leaks')
    const since = x.clock.now()
    const find = (text: string) =>
      x.connector().findReply({ key: 'k', to: x.ref(to.conversation), text, as: x.as, since, signal: calm() })
    expect(await find('Try the seal')).toBe('absent')
    x.world.post(x.helper, 'something else')
    const sent = x.world.post(x.helper, 'Try the seal!', { replyTo: to.conversation })
    const { id } = sent.versions[0]!
    expect(await find('Try the seal')).toMatchObject({
      ...{ id, url: `https://x.com/mia/status/${id}`, words: 'Try the seal!' },
    })
  })

  it('looks further by a search when the account posted too much since (41)', async () => {
    x = await openX()
    const to = x.made('my kettle leaks')
    const sent = x.world.post(x.helper, 'Try the seal', { replyTo: to.conversation })
    for (let n = 0; n < 120; n++) x.world.post(x.helper, `busy ${n}`)
    const find = () =>
      x.connector().findReply({ key: 'k', to: x.ref(to.conversation), text: 'Try the seal', as: x.as, signal: calm() })
    expect(await find()).toBe('unknown')
    x.clock.pass(MINUTE)
    expect(await find()).toMatchObject({ id: sent.versions[0]!.id })
  })

  it('costs what X asks, a link more than all else, and nothing when X refuses', async () => {
    x = await openX({ summonedOnly: true })
    const to = await x.post('@mia my kettle leaks')
    const bench = { stage: x, connector: x.connector() }
    await replyWith(bench, to, { text: 'Try the seal' })
    expect(x.charged.microUsd).toBe(10_000)
    await replyWith(bench, to, { text: 'Try the seal' })
    expect(x.charged.microUsd).toBe(10_000)
    await replyWith(bench, to, { text: 'See lumenor.com/seal' })
    expect(x.charged.microUsd).toBe(210_000)
    x.failNext('drop-after')
    await replyWith(bench, to, { text: 'And?' })
    expect(x.charged.microUsd).toBe(220_000)
  })

  it('speaks with the token of whoever answers, and reads with the app’s (36)', async () => {
    x = await openX()
    const to = await x.post('@lumenor kettle')
    await poll()
    await replyWith({ stage: x, connector: x.connector() }, to)
    const [helper] = x.oauth.access.keys()
    expect(x.tokens().map((token, n) => [x.heard[n]?.method, token])).toEqual([
      ['GET', 'app-bearer'],
      ['GET', 'app-bearer'],
      ['GET', 'app-bearer'],
      ['POST', helper],
    ])
  })

  it('names what an account did not allow (34)', async () => {
    x = await openX()
    const to = await x.post('@lumenor kettle')
    const reader = x.oauth.issue(x.helper, ['tweet.read', 'users.read'])
    const as = { handle: 'mia', token: JSON.stringify({ id: x.helper.id, token: reader.access_token }) }
    const result = await x.connector().reply({ to: x.ref(to), text: 'hi', as, key: 'k', signal: calm() })
    expect(result).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'scope', message: expect.stringContaining('tweet.write') },
    })
  })

  it('takes back a post of ours, twice without a fault, and nobody else’s (47)', async () => {
    x = await openX()
    const to = await x.post('@lumenor kettle')
    const sent = await replyWith({ stage: x, connector: x.connector() }, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    const remove = (ref = sent.ref) => x.connector().remove?.({ ref, as: x.as, signal: calm() })
    await remove()
    await remove()
    expect(await x.answersTo(to)).toEqual([])
    await expect(remove(x.ref(to))).rejects.toMatchObject({ kind: 'refused' })
  })

  it('takes a post its author hid for gone, and trouble for neither (49)', async () => {
    x = await openX()
    const hidden = x.made('kettle one')
    hidden.isProtected = true
    expect(await x.connector().standing([x.ref(hidden.conversation)], calm())).toMatchObject([{ gone: true }])
    x.meddle((_, said) => ({ ...said, body: {} }))
    expect((await failure(x.connector().standing([x.ref('1')], calm()))).kind).toBe('bad-response')
  })

  it('asks for the answers to many posts in few searches', async () => {
    x = await openX({ summonedOnly: true })
    const to = Array.from({ length: 20 }, (_, n) => x.made(`kettle ${n}`).conversation)
    for (const id of to) x.world.post(x.author, `thanks ${id}`, { replyTo: id })
    x.clock.pass(MINUTE)
    const before = x.requests()
    const standings = await x.connector().standing(to.map(x.ref), calm())
    expect(standings.map(({ answers }) => answers.length)).toEqual(to.map(() => 1))
    expect(x.requests() - before).toBe(1 + 2)
  })
})
