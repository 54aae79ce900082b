import { CONNECTORS } from '../../connectors/all.ts'
import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import type { Capabilities, Network } from '../../connectors/connector.ts'
import type { BrandSettings } from '../people/brands.ts'
import { underTerms } from '../people/terms/terms.ts'

/** What we know of a source's network; null: a name from a version that spoke to more of them. */
export const entryOf = ({ network }: { network: string }): CatalogueEntry | null =>
  CONNECTORS[network as Network] ?? null

/** What that network and the brand ask of whoever keeps its posts; null: we do not know the network. */
export function termsOf(
  source: { network: string },
  { settings }: { settings: Pick<BrandSettings, 'terms'> },
): Capabilities | null {
  const entry = entryOf(source)
  return entry && underTerms(entry.capabilities, settings.terms?.[source.network])
}
