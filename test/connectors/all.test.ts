import { describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import { NETWORKS } from '../../connectors/connector.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'

const deps = { fetch: globalThis.fetch, random: systemRandom, clock: systemClock }

describe('the catalogue of networks (L1)', () => {
  it('has every network there is a name for', () => {
    expect(Object.keys(CONNECTORS).sort()).toEqual([...NETWORKS].sort())
  })

  it('opens the sandbox from its settings', () => {
    const settings = { baseUrl: 'http://127.0.0.1:4100/', token: 't' }
    const connector = CONNECTORS.sandbox?.open?.(settings, deps)
    expect(connector).toMatchObject({ network: 'sandbox', capabilities: CONNECTORS.sandbox?.capabilities })
  })

  it.each([[null], [{}], [{ baseUrl: 'ftp://x', token: 't' }], [{ baseUrl: 'http://x', token: 't', colour: 'red' }]])(
    'names what is wrong with settings like %j',
    (settings) => {
      expect(() => CONNECTORS.sandbox?.open?.(settings, deps)).toThrow(
        expect.objectContaining({ code: 'invalid', message: expect.stringContaining('cannot be opened') }),
      )
    },
  )

  it.each(Object.entries(CONNECTORS))('%s can what was reviewed: a change shows here (66)', async (network, entry) => {
    const { capabilities, servers, reads, settings } = entry
    const fields = settings.map(({ name, secret = false, optional = false }) => ({ name, secret, optional }))
    await expect(
      `${JSON.stringify({ capabilities, servers, reads, settings: fields }, null, 2)}\n`,
    ).toMatchFileSnapshot(`capabilities/${network}.txt`)
  })

  it('asks nothing of files, and promises nothing it cannot do', () => {
    expect(CONNECTORS.replay?.open).toBeNull()
    for (const network of NETWORKS) {
      const { capabilities } = CONNECTORS[network] ?? {}
      if (capabilities?.reply === null) expect(capabilities.metrics, network).toEqual([])
    }
  })
})
