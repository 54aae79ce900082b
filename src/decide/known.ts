import type { Known } from '../../rules/language.ts'
import type { BrandTx } from '../db/client.ts'
import { RANKS } from '../db/schema/people.ts'
import { listKinds } from './lists/queries.ts'
import { brandNames } from './queries.ts'

/**
 * What a brand knows that rules may name: its teams, skills, ranks and lists. Whoever saves a policy asks after `lockVersion`,
 * because whoever removes a list holds the brand's row too.
 */
export async function knownOf(tx: BrandTx): Promise<Known> {
  const { teams, found, held } = await brandNames(tx)
  const lists = await listKinds(tx)
  return { teams, lists, skills: [...new Set([...found, ...held])], ranks: RANKS, values: { skills: found } }
}
