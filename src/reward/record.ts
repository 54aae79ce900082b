import type { BrandTx } from '../db/client.ts'
import { RANKS } from '../db/schema/people.ts'
import type { Rank } from '../people/ranks.ts'
import { standings } from './queries.ts'
import { rankFor } from './reward.ts'

/** The rank of a member by what they did and were granted alone, as though they had had none before. */
export async function rankByRecord(tx: BrandTx, memberId: string): Promise<Rank> {
  const [standing] = await standings(tx, [memberId])
  return standing ? rankFor({ ...standing, rank: RANKS[0] }) : RANKS[0]
}
