import { SCOPES } from '../../../connectors/reddit/linking.ts'
import { redditConnector } from '../../../connectors/reddit/reddit.ts'
import { RedditSettings } from '../../../connectors/reddit/settings.ts'
import { SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { fixedClock, type Stage, sparingLooks } from '../stage.ts'
import { openReddit, type Redditor } from './network.ts'

/** Reddit on loopback: the brand's account listens to one community, a member's answers. */
export async function redditStage({ limit, settings }: { limit?: number; settings?: object } = {}) {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const network = await openReddit(clock, { ...(limit !== undefined && { limit }) })
  const [brand, ana, mia] = ['lumenor', 'ana', 'mia'].map(network.redditor) as [Redditor, Redditor, Redditor]
  for (const one of [brand, mia]) one.scopes = SCOPES
  const access = ({ name, token }: Redditor) => ({ handle: name, token: JSON.stringify({ name, token }) })
  const asked = RedditSettings.parse({ communities: 'r/kettles', baseUrl: network.baseUrl, ...settings })
  const write = (text: string, options: Parameters<typeof network.write>[2]) => {
    // Reddit tells whole seconds.
    clock.pass(SECOND)
    return network.write(ana, text, options)
  }
  const stage: Stage = {
    connector: (over = {}) =>
      sparingLooks(
        redditConnector(asked, { fetch, random: systemRandom, clock, reader: access(brand), ...over }),
        network,
      ),
    clock,
    post: async (text, { answers } = {}) => write(text, { under: answers ?? null }),
    postLate: async (text, lateMs) => write(text, { lateMs }),
    remove: async (name) => {
      network.find(name)!.deleted = true
    },
    // An edit keeps its place in every list: beyond the overlap nobody is told of it.
    edit: null,
    like: async (name) => {
      network.find(name)!.score += 1
    },
    answersTo: async (name) => network.under(name).map((one) => ({ id: one.name, text: one.text, by: one.by.name })),
    as: access(mia),
    failNext: network.failNext,
    requests: network.requests,
    neverPosted: (n) => `t3_never${n}`,
    ref: (id) => ({ network: 'reddit', instance: 'reddit.com', id }),
    close: network.close,
  }
  return { ...stage, network, brand, ana, mia, write }
}
export type RedditStage = Awaited<ReturnType<typeof redditStage>>
