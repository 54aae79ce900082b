import { afterEach, describe, expect, it } from 'vitest'
import type { ConnectorDeps } from '../../connectors/catalogue.ts'
import { type Connector, ConnectorError, type RemoteRef, type Standing } from '../../connectors/connector.ts'
import { mastodonConnector } from '../../connectors/mastodon/mastodon.ts'
import { redditConnector } from '../../connectors/reddit/reddit.ts'
import { RedditSettings } from '../../connectors/reddit/settings.ts'
import { sandboxConnector } from '../../connectors/sandbox/sandbox.ts'
import { standingOfEach } from '../../connectors/standing.ts'
import { YoutubeSettings } from '../../connectors/youtube/settings.ts'
import { youtubeConnector } from '../../connectors/youtube/youtube.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { setClock } from '../world.ts'
import { type FaultyServer, openFaultyServer } from './faulty-server.ts'
import { calm } from './stage.ts'

let server: FaultyServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

const refTo = (id: string): RemoteRef => ({ network: 'sandbox', instance: 'here', id })
const stands = (ref: RemoteRef): Standing => ({ ref, gone: false, metrics: {}, answers: [] })
const trouble = (status?: number) => new ConnectorError('bad-response', 'Of no known shape.', status ? { status } : {})

/** A network that answers nobody who asks after one of `bad`, and the questions it was asked. */
function aNetworkWith(bad: string[], error = trouble()) {
  const asked: string[][] = []
  const standing: Connector['standing'] = async (refs) => {
    asked.push(refs.map(({ id }) => id))
    if (refs.some(({ id }) => bad.includes(id))) throw error
    return refs.map(stands)
  }
  return { asked, ask: (ids: string[]) => standingOfEach({ standing }, ids.map(refTo), calm()) }
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `${n}`)

describe('asking after many posts, one of which does not read (L7, L8)', () => {
  it.each(['0', '57', '99'])('leaves out number %s alone, with few questions', async (bad) => {
    const { asked, ask } = aNetworkWith([bad])
    expect((await ask(numbers(100))).map(({ ref }) => ref.id)).toEqual(numbers(100).filter((id) => id !== bad))
    expect(asked.length).toBeLessThanOrEqual(15)
  })

  it('asks once where all is well', async () => {
    const { asked, ask } = aNetworkWith([])
    expect(await ask(numbers(100))).toHaveLength(100)
    expect(asked).toHaveLength(1)
  })

  it('gives up soon where none of them reads, and says so', async () => {
    const { asked, ask } = aNetworkWith(numbers(100))
    await expect(ask(numbers(100))).rejects.toMatchObject({ kind: 'bad-response' })
    expect(asked.length).toBeLessThanOrEqual(9)
    await expect(ask(['1'])).rejects.toMatchObject({ kind: 'bad-response' })
  })

  it.each([trouble(503), new ConnectorError('rate-limited', 'Later.'), new ConnectorError('auth', 'Who?')])(
    'asks no second question after $kind $status',
    async (error) => {
      const { asked, ask } = aNetworkWith(['1'], error)
      await expect(ask(numbers(100))).rejects.toBe(error)
      expect(asked).toHaveLength(1)
    },
  )
})

/** How networks say it: a list of what they have, in which the first item has an ID and nothing else, or not even that. */
const NETWORKS: [string, (baseUrl: string, deps: ConnectorDeps) => Connector, (items: object[]) => object, object][] = [
  [
    'Mastodon',
    (baseUrl, deps) =>
      mastodonConnector({ baseUrl, maxLength: 500 }, as(deps, { baseUrl, token: 't', accountId: '1' })),
    (items) => items,
    { id: '1' },
  ],
  [
    'YouTube',
    (baseUrl, deps) => youtubeConnector(YoutubeSettings.parse({ baseUrl, key: 'k', videos: 'kettle-0001' }), deps),
    (items) => ({ items }),
    { id: '1' },
  ],
  [
    'Reddit',
    (baseUrl, deps) =>
      redditConnector(
        RedditSettings.parse({ baseUrl, communities: 'kettles' }),
        as(deps, { name: 'lumenor', token: 't' }),
      ),
    (items) => ({ data: { children: items } }),
    { kind: 't1', data: { name: '1' } },
  ],
  [
    'The sandbox',
    (baseUrl, deps) => sandboxConnector({ baseUrl, token: 't', instance: 'here' }, deps),
    (items) => ({ items }),
    { id: '1', answers: 'none' },
  ],
]
const as = (deps: ConnectorDeps, session: object): ConnectorDeps => ({
  ...deps,
  reader: { handle: 'lumenor', token: JSON.stringify(session) },
})

describe.each(NETWORKS)('%s, of posts it answers for in no known shape (L7)', (_, open, around, item) => {
  const looked = async (items: object[]) => {
    server = await openFaultyServer(() => ({ status: 200, body: around(items) }))
    const instance = new URL(server.baseUrl).host
    const refs = ['1', '2'].map((id) => ({ ...refTo(id), instance }))
    const found = await open(server.baseUrl, { fetch, random: systemRandom, clock: setClock() }).standing(refs, calm())
    return found.map(({ ref, gone }) => [ref.id, gone])
  }

  it('takes only those for gone that it left out', async () => {
    expect(await looked([item])).toEqual([['2', true]])
  })

  it('takes none for gone where it may be any', async () => {
    expect(await looked([{ words: 'no id' }])).toEqual([])
  })
})
