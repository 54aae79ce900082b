import { type CompiledPolicy, compile } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import type { Policy } from '../../rules/language.ts'
import { indexLists } from '../../rules/lists.ts'
import { rulesByList } from '../../rules/names.ts'
import type { BrandTx } from '../db/client.ts'
import type { CostSettings } from '../domain/costs.ts'
import { thresholdsFor } from './costs/costs.ts'
import { allLists } from './lists/queries.ts'

/** Compiles a version to be tried on past mentions: it asks the lists of today, as it would if it were in force. */
export async function compileTried(tx: BrandTx, policy: Policy): Promise<CompiledPolicy> {
  return compile(policy, rulesByList(policy).size > 0 ? indexLists(await allLists(tx)) : null)
}

/** A mention as it was decided, but for what mistakes cost, which is as it stands today; null: nothing is set. */
export function underCosts<T extends { facts: Facts }>(past: T, costs: CostSettings | null): T {
  const { facts } = past
  const { community = null, staff = null } = thresholdsFor(costs, facts.language) ?? {}
  if (facts['threshold.community'] === community && facts['threshold.staff'] === staff) return past
  return { ...past, facts: { ...facts, 'threshold.community': community, 'threshold.staff': staff } }
}
