import { CONNECTORS } from '../connectors/all.ts'
import type { Capabilities, Connector, Meter, Network } from '../connectors/connector.ts'
import type { Fetch } from '../connectors/http.ts'
import { type Db, inBrand } from './db/client.ts'
import type { Clock } from './domain/clock.ts'
import { DomainError } from './domain/errors.ts'
import { type SourceRow, sourceById } from './ingest/queries.ts'
import type { Vault } from './people/secrets.ts'

/** Connectors opened with the settings of their sources. */
export type Connections = {
  ofSource: (source: SourceRow, meter?: Meter) => Connector
  ofSourceId: (brandId: string, sourceId: string) => Promise<Connector>
}

export function openConnections(deps: { db: Db; vault: Vault; fetch: Fetch; clock: Clock }): Connections {
  const ofSource = (source: SourceRow, meter?: Meter): Connector => {
    const entry = CONNECTORS[source.network as Network] // a name we do not know finds nothing
    if (!entry?.open || source.settings === null)
      throw new DomainError('unavailable', `${source.name} cannot be asked: ${source.network} is read from files only.`)
    return entry.open(JSON.parse(deps.vault.open(source.settings, source.id)), { ...deps, ...(meter && { meter }) })
  }
  return {
    ofSource,
    async ofSourceId(brandId, sourceId) {
      const source = await inBrand(deps.db, brandId, (tx) => sourceById(tx, sourceId))
      if (!source) throw new DomainError('not-found', 'The source of this mention is gone.')
      return ofSource(source)
    },
  }
}

export const capabilitiesOf = (network: string): Capabilities | null =>
  CONNECTORS[network as Network]?.capabilities ?? null
export const replyCapability = (network: string): Capabilities['reply'] => capabilitiesOf(network)?.reply ?? null
/** A network we know nothing of is taken to forbid rewards. */
export const rewardsFor = (network: string): Pick<Capabilities, 'rewardsForPosting'> => ({
  rewardsForPosting: capabilitiesOf(network)?.rewardsForPosting ?? 'no',
})
