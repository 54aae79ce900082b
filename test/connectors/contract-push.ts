import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connector, ConnectorError, type Delivery, type Listen } from '../../connectors/connector.ts'
import { calm, gone, ids, LISTEN, type PushedAs, type PushingStage } from './stage.ts'

const EVERYTHING: Listen = { handles: [], words: [], exclude: [] }
const WORDS = 'Mein Kessel tröpfelt 🫖 «é» שלום'

/** Cases 53–60 of the contract: what a network tells by itself. */
export function pushContract(open: () => Promise<PushingStage>): void {
  describe('pushes (L1, L3)', () => {
    let stage: PushingStage
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())

    const told = (id: string, as: PushedAs = 'new', text?: string): Delivery | null => {
      const body = stage.push.tell(id, as, text)
      return body === null ? null : stage.push.sign(body, { as })
    }
    const receive = (delivery: Delivery | null, listen = EVERYTHING) => {
      const received = delivery && connector.receive?.(delivery, listen)
      return received?.type === 'changes' ? received : expect.fail('it should have brought changes')
    }
    const refusal = (delivery: Delivery): ConnectorError => {
      try {
        connector.receive?.(delivery, EVERYTHING)
      } catch (error) {
        if (error instanceof ConnectorError) return error
      }
      return expect.fail('it should have been refused')
    }

    it('are read over their bytes, whatever letters they hold (53)', async () => {
      const id = await stage.post(WORDS)
      expect(receive(told(id)).changes).toMatchObject([
        { type: 'upsert', mention: { ref: { network: connector.network, id }, text: WORDS } },
      ])
    })

    it('are refused when signed with another secret, unsigned, or changed at any byte (53)', async () => {
      const body = stage.push.tell(await stage.post(WORDS), 'new') ?? ''
      const good = stage.push.sign(body)
      const changed = Array.from(good.body, (_, at) => {
        const bytes = Buffer.from(good.body)
        bytes[at]! ^= 1
        return { ...good, body: bytes }
      })
      const bare = { ...good, headers: {} }
      const longer = { ...good, body: Buffer.concat([good.body, Buffer.from(' ')]) }
      for (const wrong of [stage.push.sign(body, { forged: true }), bare, longer, ...changed])
        expect(refusal(wrong)).toMatchObject({ kind: 'refused', retryable: false })
    })

    it('say in a refusal nothing of the secret or of what they held (37)', async () => {
      const good = stage.push.sign(stage.push.tell(await stage.post(WORDS), 'new') ?? '')
      const error = refusal({ ...good, body: Buffer.from(`${Buffer.from(good.body)} `) })
      const said = JSON.stringify([error, error.message, error.stack])
      for (const kept of [stage.push.secret, 'Kessel']) expect(said).not.toContain(kept)
    })

    it('are one delivery however often they come, and another for another post (54)', async () => {
      const [one, other] = [await stage.post('my kettle'), await stage.post('your kettle')]
      const first = receive(told(one))
      expect(receive(told(one))).toEqual(first)
      expect(receive(told(other)).id).not.toBe(first.id)
    })

    it('tell of posts that are edited or gone under the same id, in whatever order they come (18, 19, 57)', async () => {
      const id = await stage.post('my kettle is cold')
      const deliveries = (['gone', 'edited', 'new'] as const).map((as) => [as, told(id, as, 'it works again')] as const)
      const { edits, deletes } = connector.capabilities.listen
      for (const [as, delivery] of deliveries) {
        if (as === 'edited' && edits === 'pushes') expect(delivery).not.toBeNull()
        if (as === 'gone' && deletes === 'event') expect(delivery).not.toBeNull()
        if (delivery === null) continue
        const { changes } = receive(delivery)
        expect(as === 'gone' ? gone(changes) : ids(changes)).toEqual([id])
        if (as === 'edited' && edits === 'pushes')
          expect(changes).toMatchObject([{ mention: { text: 'it works again' } }])
      }
    })

    it('name a post as polls do, where there are polls (58)', async () => {
      const id = await stage.post('my kettle')
      const pushed = receive(told(id)).changes.map((change) => change.type === 'upsert' && change.mention.ref)
      const polled = await connector.poll({ listen: LISTEN, cursor: null, maxItems: 10, signal: calm() })
      const isAsked = stage.requests() > 0
      expect(ids(polled.changes)).toEqual(isAsked ? [id] : [])
      expect(pushed).toMatchObject([{ network: connector.network, id }])
    })

    it('of a source that is narrowed down are asked for or not, and never lost (L2)', async () => {
      const id = await stage.post('my kettle is cold')
      const kinds = (words: string[]) => receive(told(id), { ...EVERYTHING, words }).changes.map(({ type }) => type)
      expect(kinds(['KETTLE'])).toEqual(['upsert'])
      expect(kinds(['lamp'])).toEqual(['unasked'])
    })

    it('lose nothing beside what cannot be read (60)', async () => {
      const id = await stage.post('my kettle')
      const { tell, spoil, sign } = stage.push
      const body = tell(id, 'new') ?? ''
      const changes = spoil(body).flatMap((one) => receive(sign(one)).changes)
      expect(changes).toMatchObject([{ type: 'unreadable' }, { type: 'upsert', mention: { ref: { id } } }])
    })

    it('are read or refused in our own words, whatever was signed (22, 60)', () => {
      const bodies = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.json(),
        fc.jsonValue().map((one) => JSON.stringify([one])),
      )
      fc.assert(
        fc.property(bodies, fc.constantFrom<PushedAs>('new', 'edited', 'gone'), (body, as) => {
          try {
            connector.receive?.(stage.push.sign(body, { as }), EVERYTHING)
          } catch (error) {
            expect(error).toBeInstanceOf(ConnectorError)
            expect(['refused', 'bad-response']).toContain((error as ConnectorError).kind)
          }
        }),
        { numRuns: 300 },
      )
    })
  })
}
