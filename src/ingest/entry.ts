import { CONNECTORS } from '../../connectors/all.ts'
import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import type { Network } from '../../connectors/connector.ts'

/** What we know of a source's network; null: a name from a version that spoke to more of them. */
export const entryOf = ({ network }: { network: string }): CatalogueEntry | null =>
  CONNECTORS[network as Network] ?? null
