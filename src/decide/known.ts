import type { Known } from '../../rules/language.ts'
import type { BrandTx } from '../db/client.ts'
import { listKinds } from './lists/queries.ts'
import { teamNames } from './queries.ts'

/**
 * What a brand knows that rules may name: its teams and its lists. Whoever saves a policy asks after `lockVersion`,
 * because whoever removes a list holds the brand's row too.
 */
export async function knownOf(tx: BrandTx): Promise<Known> {
  return { teams: await teamNames(tx), lists: await listKinds(tx) }
}
