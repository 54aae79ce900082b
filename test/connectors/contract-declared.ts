import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import type { Connector } from '../../connectors/connector.ts'
import { calm, type ListeningStage, type PushingStage } from './stage.ts'

type Opened = ListeningStage | PushingStage

/** Case 66 of the contract: a connector can what it declares, and nothing else. */
export function declaredContract(open: () => Promise<Opened>): void {
  it('has what it declares, and nothing that it does not (66)', async () => {
    const stage = await open()
    const { network, capabilities, ...connector } = stage.connector()
    const { listen, reply, people = false } = capabilities
    // What it is asked follows from its entry, so its settings may change nothing of this.
    const entry = CONNECTORS[network]?.capabilities
    expect(listen).toEqual(entry?.listen)
    expect([reply === null, capabilities.metrics]).toEqual([entry?.reply === null, entry?.metrics])
    expect({
      push: connector.receive !== undefined,
      removes: connector.remove !== undefined,
      people: [connector.people !== undefined, connector.person !== undefined],
    }).toEqual({ push: listen.push, removes: reply?.removes ?? false, people: [people, people] })
    await stage.close()
  })
}

/** Of a network that lets nobody answer: it says so, asks nobody, and takes nothing for gone. */
export function silentContract(open: () => Promise<Opened>): void {
  describe('answering where nobody can (F6, F8)', () => {
    let stage: Opened
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())
    const to = () => ({ network: connector.network, instance: 'there', id: '1' })
    const reply = () => ({ to: to(), text: 'x', as: { handle: 'mia', token: 't' }, key: 'k', signal: calm() })

    it('is refused for good, and was never sent (36, 41)', async () => {
      expect(await connector.reply(reply())).toMatchObject({
        outcome: 'rejected',
        error: { name: 'ConnectorError', kind: 'refused', retryable: false },
      })
      expect(await connector.findReply(reply())).toBe('absent')
      expect(stage.requests()).toBe(0)
    })

    it('says of no post that it is gone, and counts nothing (49)', async () => {
      expect(await connector.standing([to()], calm())).toEqual([{ ref: to(), gone: false, metrics: {}, answers: [] }])
      expect(await connector.standing([], calm())).toEqual([])
      expect(stage.requests()).toBe(0)
    })
  })
}
