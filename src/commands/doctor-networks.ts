import { CONNECTORS } from '../../connectors/all.ts'
import { NETWORKS } from '../../connectors/connector.ts'

/** What each network lets us do; null: this version does not speak to it. */
export const networks = () =>
  NETWORKS.map((network) => ({ network, capabilities: CONNECTORS[network]?.capabilities ?? null }))

/** The capability matrix, a row a network, with its header; those we do not speak to in one last row. */
export function networkRows(): string[][] {
  const known = networks().flatMap(({ network, capabilities }) =>
    capabilities ? [{ network, can: capabilities }] : [],
  )
  const absent = networks().filter(({ capabilities }) => capabilities === null)
  return [
    ['NETWORK', 'HEARS @', 'SEARCH', 'DELETES', 'REPLY', 'METRICS', 'REWARDS', 'COST'],
    ...known.map(({ network, can: { listen, reply, metrics, rewardsForPosting, costTier } }) => [
      network,
      listen.mentions ? 'yes' : 'no',
      listen.keywordSearch,
      listen.deletes,
      reply ? `up to ${reply.maxLength} ${reply.lengthUnit}` : 'none',
      metrics.join(' ') || 'none',
      rewardsForPosting,
      costTier,
    ]),
    ...(absent.length > 0 ? [[`Not in this version: ${absent.map(({ network }) => network).join(', ')}.`]] : []),
  ]
}

/** What each network does not allow, a sentence each, as the page Networks has it. */
export const limitLines = (): string[] =>
  networks().flatMap(({ network, capabilities }) => (capabilities?.limits ?? []).map((limit) => `${network}: ${limit}`))
