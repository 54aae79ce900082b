import type { BrandTx } from '../db/client.ts'
import { RANKS } from '../db/schema/people.ts'
import type { Rank } from '../people/ranks.ts'
import { standings } from './queries.ts'
import { rankFor } from './reward.ts'

/** The rank of a member by what they did and were granted alone; `earned`: what they had by what they did. */
export async function rankByRecord(tx: BrandTx, memberId: string, earned: Rank): Promise<Rank> {
  const [standing] = await standings(tx, [memberId])
  return standing ? rankFor({ ...standing, rank: earned }) : RANKS[0]
}
