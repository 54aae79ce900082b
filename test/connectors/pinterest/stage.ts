import { pinterestConnector } from '../../../connectors/pinterest/pinterest.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { conformanceTo } from '../conformance.ts'
import { fixedClock, type ListeningStage } from '../stage.ts'
import { openPinterest } from './network.ts'

const described = await conformanceTo('specs/pinterest/openapi-v5.json', '/v5')

/** Pinterest on loopback. A `post` is a young pin with one comment under it, as comments themselves cannot be seen. */
export async function pinterestStage() {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const network = await openPinterest(clock, described)
  const { baseUrl } = network
  const as = { handle: 'lumenor', token: 'token-of-lumenor' }
  const stage: ListeningStage = {
    connector: (over = {}) =>
      pinterestConnector({ baseUrl }, { fetch, random: systemRandom, clock, reader: as, ...over }),
    clock,
    post: async (text) => `${network.pin(text, { comments: 1 }).id}:1`,
    postLate: null,
    remove: async (id) => network.remove(id.split(':')[0]!),
    edit: null,
    as,
    failNext: network.failNext,
    requests: network.requests,
    ref: (id) => ({ network: 'pinterest', instance: 'pinterest.com', id }),
    close: network.close,
  }
  return { ...stage, network, described: described !== null }
}
