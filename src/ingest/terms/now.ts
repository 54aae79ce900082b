import type { Capabilities } from '../../../connectors/connector.ts'
import type { BrandTx } from '../../db/client.ts'
import { ownTerms } from '../../people/terms/queries.ts'
import { termsOf } from '../entry.ts'

/** `termsOf` as they are in force now: posts are stored under these, whatever they were when the network was asked. */
export const termsNow = async (tx: BrandTx, source: { network: string }): Promise<Capabilities | null> =>
  termsOf(source, { settings: { terms: await ownTerms(tx) } })
