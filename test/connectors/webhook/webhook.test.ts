import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../../connectors/connector.ts'
import { WEBHOOK } from '../../../connectors/webhook/webhook.ts'
import { MINUTE } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, fixedClock } from '../stage.ts'
import { NEW, OLD, STRANGE } from './stage.ts'

const EVERYTHING = { handles: [], words: [], exclude: [] }

const clock = fixedClock('2026-11-21T09:00:00Z')
const connector = WEBHOOK.open!(
  { secret: NEW, oldSecret: OLD, instance: 'helpdesk' },
  { fetch, random: systemRandom, clock },
)

/** Signed by the scheme's own library, not by ours. */
function delivery(payload: unknown, { secret = NEW, at = clock.now(), id = 'msg_1' } = {}): Delivery {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  }
  return { method: 'POST', headers, query: {}, body: Buffer.from(body), at: clock.now() }
}
const post = (more = {}) => ({
  type: 'post.created',
  data: { id: '9007199254740993', text: 'Mein Kessel — kalt 🫖', author: { handle: 'ana' }, ...more },
})
const receive = (given: Delivery) => connector.receive!(given, EVERYTHING)

describe('deliveries by the Standard Webhooks scheme (53–60)', () => {
  it('are read when the signature fits, whatever letters they hold (53)', () => {
    expect(receive(delivery(post({ url: 'https://help.example/1', parentId: '7', followers: 3 })))).toMatchObject({
      type: 'changes',
      id: 'msg_1',
      changes: [
        {
          type: 'upsert',
          mention: {
            ref: { network: 'webhook', instance: 'helpdesk', id: '9007199254740993', url: 'https://help.example/1' },
            text: 'Mein Kessel — kalt 🫖',
            author: { id: 'ana', handle: 'ana' },
            parent: { id: '7' },
            createdAt: clock.now(),
          },
        },
      ],
    })
  })

  it('may be signed with the secret before, and by several at once (53)', () => {
    expect(receive(delivery(post(), { secret: OLD }))).toMatchObject({ id: 'msg_1' })
    const both = delivery(post(), { secret: STRANGE })
    const ours = delivery(post()).headers['webhook-signature']
    both.headers['webhook-signature'] = `v1a,xyz ${both.headers['webhook-signature']} ${ours}`
    expect(receive(both)).toMatchObject({ id: 'msg_1' })
  })

  it.each<[string, (good: Delivery) => Delivery]>([
    ['a strange secret', () => delivery(post(), { secret: STRANGE })],
    [
      'a changed byte',
      (good) => ({ ...good, body: Buffer.from(Buffer.from(good.body).toString().replace('kalt', 'warm')) }),
    ],
    ['another id', (good) => ({ ...good, headers: { ...good.headers, 'webhook-id': 'msg_2' } })],
    ['another time', (good) => ({ ...good, headers: { ...good.headers, 'webhook-timestamp': '1795000001' } })],
    ['an old time', () => delivery(post(), { at: new Date(clock.now().getTime() - 5 * MINUTE - 1_000) })],
    ['a time to come', () => delivery(post(), { at: new Date(clock.now().getTime() + 5 * MINUTE + 1_000) })],
    ['no signature', ({ headers: { 'webhook-signature': _, ...headers }, ...good }) => ({ ...good, headers })],
    ['an empty signature', (good) => ({ ...good, headers: { ...good.headers, 'webhook-signature': 'v1,' } })],
  ])('are refused with %s (53, 55)', (_, change) => {
    expect(() => receive(change(delivery(post())))).toThrow(expect.objectContaining({ kind: 'refused', status: 401 }))
  })

  it('are refused when they are no JSON, and never quote the secret (37)', () => {
    expect(() => receive(delivery('{"type"'))).toThrow(expect.objectContaining({ status: 400 }))
    try {
      receive(delivery(post(), { secret: STRANGE }))
    } catch (error) {
      expect(String((error as Error).stack)).not.toContain(NEW.slice(6, 20))
    }
  })

  it('of many events lose only the bad ones (60)', () => {
    const { changes } = receive(
      delivery([post(), { type: 'post.created', data: { id: '2' } }, 7, { type: 'post.deleted', data: { id: '3' } }]),
    ) as { changes: { type: string }[] }
    expect(changes.map(({ type }) => type)).toEqual(['upsert', 'unreadable', 'unreadable', 'delete'])
  })
})

describe('a webhook of a source that is narrowed down (L2)', () => {
  const hears = (text: string, listen: object, kind = 'item') => {
    const received = connector.receive!(delivery(post({ text, kind })), { ...EVERYTHING, ...listen })
    return received.type === 'changes' ? received.changes.map(({ type }) => type) : []
  }

  it('hears posts with its words or handles, and what its sender calls a mention; the others are counted', () => {
    const listen = { words: ['Kettle'], handles: ['@lumenor'] }
    expect(hears('my KETTLE is cold', listen)).toEqual(['upsert'])
    expect(hears('thank you @Lumenor', listen)).toEqual(['upsert'])
    expect(hears('my lamp is dark', listen, 'mention')).toEqual(['upsert'])
    expect(hears('my lamp is dark', listen)).toEqual(['unasked'])
    expect(hears('my lamp is dark', {})).toEqual(['upsert'])
  })
})

describe('a webhook as a source', () => {
  it('is never asked, and answers nothing (L1)', async () => {
    const listen = { handles: [], words: [], exclude: [] }
    const first = await connector.poll({ listen, cursor: null, maxItems: 10, signal: calm() })
    expect(first).toMatchObject({ changes: [], state: 'drained' })
    expect((await connector.poll({ listen, cursor: first.cursor, maxItems: 10, signal: calm() })).cursor).toBe(
      first.cursor,
    )
  })

  it.each([[{}], [{ secret: 'short' }], [{ secret: 'whsec_c2hvcnQ=' }]])('is not opened with %j', (settings) => {
    expect(() => WEBHOOK.open!(settings, { fetch, random: systemRandom, clock })).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    )
  })
})
