import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Delivery } from '../../../connectors/connector.ts'
import { linkedinConnector } from '../../../connectors/linkedin/linkedin.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { gone, ids } from '../stage.ts'
import { APP } from './network.ts'
import { type LinkedInStage, linkedinStage, mentions } from './stage.ts'
import { ANA, ORGANISATION, showNotification } from './world.ts'

const EVERYTHING = { handles: [], words: [], exclude: [] }

let l: LinkedInStage
beforeEach(async () => {
  l = await linkedinStage()
})
afterEach(async () => {
  // What a real server would have refused, or the stage did not foresee.
  expect(l.network.bugs).toEqual([])
  await l.close()
})
const poll: LinkedInStage['poll'] = (...asked) => l.poll(...asked)

describe('what LinkedIn pushes (L1, L3)', () => {
  const signed = (body: string, secret = APP.clientSecret, prefix = ''): Delivery => ({
    method: 'POST',
    headers: { 'x-li-signature': prefix + createHmac('sha256', secret).update(`hmacsha256=${body}`).digest('hex') },
    query: {},
    body: Buffer.from(body),
    at: l.clock.now(),
  })
  const told = (notifications: object[], type = 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS') =>
    JSON.stringify({ type, notifications })
  const receive = (delivery: Delivery) => {
    const received = l.connector().receive?.(delivery, EVERYTHING)
    return received?.type === 'changes' ? received : expect.fail('no changes')
  }
  const notified = () => l.world.notified().map(showNotification)

  it('is read when it is signed over its bytes, and refused otherwise (53)', async () => {
    const id = await l.post('Mein Kessel 🫖 tröpfelt')
    const delivery = signed(told(notified()))
    expect(mentions(receive(delivery).changes)).toMatchObject([
      { ref: { id }, kind: 'comment', text: 'Mein Kessel 🫖 tröpfelt', parent: { id: l.news.activity } },
    ])
    expect(receive(signed(told(notified()), APP.clientSecret, 'hmacsha256=')).changes).toHaveLength(1)
    const narrowed = (words: string[]) => l.connector().receive?.(delivery, { ...EVERYTHING, words })
    expect(narrowed(['lamp'])).toMatchObject({ changes: [{ type: 'unasked', mention: { ref: { id } } }] }) // a source narrowed to words hears them alone (L2)
    expect(narrowed(['kessel'])).toMatchObject({ changes: [{ type: 'upsert' }] })
    const tampered = Buffer.from(delivery.body)
    tampered[20]! ^= 1
    for (const wrong of [signed(told([]), 'other'), { ...delivery, headers: {} }, { ...delivery, body: tampered }])
      expect(() => l.connector().receive?.(wrong, EVERYTHING)).toThrow(expect.objectContaining({ kind: 'refused' }))
    const keyless = linkedinConnector(
      { ...l.settings, clientSecret: '' },
      { fetch, random: systemRandom, clock: l.clock, reader: l.as },
    )
    expect(() => keyless.receive?.(signed(told([]), ''), EVERYTHING)).toThrow(
      expect.objectContaining({ kind: 'refused' }),
    )
  })

  it('is one delivery by the ids of its notifications, and one mention with what a poll brings (54, 58)', async () => {
    const id = await l.post('kettle')
    const pushed = receive(signed(told(notified())))
    expect(pushed.id).toBe(String((notified()[0] as { notificationId: number }).notificationId))
    expect(receive(signed(`${told(notified())}\n`)).id).toBe(pushed.id)
    expect([...ids(pushed.changes), ...ids((await poll()).changes)]).toEqual([id, id])
  })

  it('tells of deletions, mentions and shares; likes, other pages and our own words say nothing (17, 19, 60)', async () => {
    const id = await l.post('kettle')
    await l.remove(id)
    l.world.comment(ORGANISATION, 'own words', l.news)
    l.world.mention(ANA, 'Thanks, Lumenor')
    l.world.mention(ANA, '', { action: 'SHARE' })
    l.world.like()
    const { changes } = receive(signed(told(notified())))
    expect(changes.map((change) => (change.type === 'upsert' ? change.mention.kind : change.type))).toEqual([
      'comment',
      'delete',
      'mention',
    ])
    expect(gone(changes)).toEqual([id])
    const [first, ...rest] = notified()
    expect(receive(signed(told([{ ...first, organizationalEntity: 'urn:li:organization:7' }]))).changes).toEqual([])
    expect(receive(signed(told([first!], 'LEAD_ACTION'))).changes).toEqual([])
    const spoilt = receive(signed(told([{ ...first, lastModifiedAt: 'now' }, ...rest])))
    expect(spoilt.changes.map(({ type }) => type)).toEqual(['unreadable', 'delete', 'upsert'])
  })

  it('is asked for by a challenge that only the secret answers (56)', () => {
    const challengeCode = '890e4665-4dfe-4ab1-b689-ed553bceeed0'
    const question: Delivery = {
      method: 'GET',
      headers: {},
      query: { challengeCode },
      body: Buffer.from(''),
      at: l.clock.now(),
    }
    const received = l.connector().receive?.(question, EVERYTHING)
    expect(received?.type === 'challenge' && JSON.parse(received.answer)).toEqual({
      challengeCode,
      challengeResponse: createHmac('sha256', 'app-secret').update(challengeCode).digest('hex'),
    })
    expect(() => l.connector().receive?.({ ...question, query: {} }, EVERYTHING)).toThrow(
      expect.objectContaining({ kind: 'refused' }),
    )
  })
})
