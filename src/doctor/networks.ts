import { CONNECTORS } from '../../connectors/all.ts'
import { type Capabilities, NETWORKS, type Network } from '../../connectors/connector.ts'
import { sayLength } from '../../connectors/length.ts'
import type { OwnTerms } from '../domain/own-terms.ts'
import { underTerms } from '../people/terms/terms.ts'

/** A brand and what it asks of itself, by network. */
export type BrandTerms = { brand: string; terms: Readonly<Record<string, OwnTerms>> }
export type NetworkLine = { network: Network; label: string; capabilities: Capabilities }

/** What each network lets us do, as it asks of everybody. */
export const networks = (): NetworkLine[] =>
  NETWORKS.flatMap((network) => {
    const entry = CONNECTORS[network]
    return entry ? [{ network, label: entry.label, capabilities: entry.capabilities }] : []
  })

/** Networks of which a brand has terms of its own, under these: by the function that the page Networks goes by. */
export const networksUnder = ({ terms }: BrandTerms): NetworkLine[] =>
  networks().flatMap((line) => {
    const own = terms[line.network]
    return own && Object.keys(own).length > 0 ? [{ ...line, capabilities: underTerms(line.capabilities, own) }] : []
  })

const HEADER = [
  ...['NETWORK', 'HEARS @', 'SEARCH', 'PUSH', 'LOOKS BACK', 'DELETES', 'EDITS', 'KEEPS', 'ACCOUNTS'],
  ...['REPLY', 'ALONE', 'METRICS', 'REWARDS', 'COST'],
]

/** The capability matrix, a row a network, with its header: as networks ask, then as brands ask of themselves. */
export function networkRows(brands: readonly BrandTerms[] = []): string[][] {
  const own = brands.map((one) => ({ brand: one.brand, lines: networksUnder(one) }))
  return [
    ['As networks ask:'],
    HEADER,
    ...networks().map(row),
    ...own.flatMap(({ brand, lines }) =>
      lines.length === 0 ? [] : [[`As ${brand} has it, where that differs:`], ...lines.map(row)],
    ),
  ]
}

function row({ network, label, capabilities }: NetworkLine): string[] {
  const { listen, deleteWithinHours, keepHours, accounts, reply, automatedReplies } = capabilities
  const { lookbackDays: days } = listen
  return [
    network,
    listen.mentions ? 'yes' : 'no',
    listen.keywordSearch,
    listen.push ? 'yes' : 'no',
    days === null ? 'all' : days === 0 ? 'no' : `${days} d`,
    deleteWithinHours === null ? listen.deletes : `${listen.deletes}, ${deleteWithinHours} h`,
    listen.edits,
    keepHours === undefined ? 'yes' : `${keepHours} h`,
    accounts,
    reply ? `up to ${sayLength(reply, label)}` : 'none',
    reply ? automatedReplies : 'no',
    capabilities.metrics.join(' ') || 'none',
    capabilities.rewardsForPosting,
    capabilities.costTier,
  ]
}

/** What each network does not allow, a sentence each, as the page Networks has it. */
export const limitLines = (): string[] =>
  networks().flatMap(({ network, capabilities }) => capabilities.limits.map((limit) => `${network}: ${limit}`))
