import { mastodonConnector } from '../../../connectors/mastodon/mastodon.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { conformanceTo } from '../conformance.ts'
import { fixedClock, type Stage } from '../stage.ts'
import { type MastodonServer, openMastodon } from './server.ts'

const conformance = await conformanceTo('specs/mastodon/schema.json')

/** A Mastodon server on loopback, with the brand's account reading and a member's answering. */
export async function mastodonStage(): Promise<Stage & { server: MastodonServer }> {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const server = await openMastodon(clock, conformance)
  const [ana, brand, mia] = ['ana', 'lumenor', 'mia'].map(server.account) as [Account, Account, Account]
  const access = ({ username, token, id }: Account) => ({
    handle: username,
    token: JSON.stringify({ baseUrl: server.baseUrl, token, accountId: id }),
  })
  const instance = new URL(server.baseUrl).host
  const write = (text: string, options: Parameters<MastodonServer['post']>[2]) => {
    clock.pass(10)
    return server.post(ana, text, options)
  }
  return {
    server,
    connector: (over = {}) =>
      mastodonConnector(
        { baseUrl: server.baseUrl, maxLength: 500 },
        { fetch, random: systemRandom, clock, reader: access(brand), ...over },
      ),
    clock,
    post: async (text, { answers } = {}) => write(text, { ...(answers && { parent: answers }) }),
    postLate: async (text, lateMs) => write(text, { lateMs }),
    remove: async (id) => server.remove(id),
    // An edit keeps its place in every list, so that nobody is told of it.
    edit: null,
    like: async (id) => server.like(id),
    answersTo: async (id) => server.answersTo(id),
    picturesOf: async (id) => server.picturesOf(id).map(({ description, bytes }) => ({ alt: description, bytes })),
    as: access(mia),
    failNext: server.failNext,
    requests: server.requests,
    standingBatch: 20,
    ref: (id) => ({ network: 'mastodon', instance, id }),
    close: server.close,
  }
}
type Account = ReturnType<MastodonServer['account']>
