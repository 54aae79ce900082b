import { CONNECTORS } from '../../connectors/all.ts'
import { NETWORKS } from '../../connectors/connector.ts'
import { sayLength } from '../../connectors/length.ts'

/** What each network lets us do. */
export const networks = () =>
  NETWORKS.flatMap((network) => {
    const entry = CONNECTORS[network]
    return entry ? [{ network, label: entry.label, capabilities: entry.capabilities }] : []
  })

/** The capability matrix, a row a network, with its header. */
export function networkRows(): string[][] {
  return [
    ['NETWORK', 'HEARS @', 'SEARCH', 'DELETES', 'REPLY', 'METRICS', 'REWARDS', 'COST'],
    ...networks().map(({ network, label, capabilities: { listen, reply, metrics, rewardsForPosting, costTier } }) => [
      network,
      listen.mentions ? 'yes' : 'no',
      listen.keywordSearch,
      listen.deletes,
      reply ? `up to ${sayLength(reply, label)}` : 'none',
      metrics.join(' ') || 'none',
      rewardsForPosting,
      costTier,
    ]),
  ]
}

/** What each network does not allow, a sentence each, as the page Networks has it. */
export const limitLines = (): string[] =>
  networks().flatMap(({ network, capabilities }) => capabilities.limits.map((limit) => `${network}: ${limit}`))
