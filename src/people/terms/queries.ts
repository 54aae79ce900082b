import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { KEPT } from '../../db/kept-statements.ts'
import type { OwnTerms } from '../../domain/own-terms.ts'

/** What the brand asks of itself, by network. */
export async function ownTerms(tx: BrandTx): Promise<Readonly<Record<string, OwnTerms>>> {
  const [row] = await tx.execute<{ terms: Record<string, OwnTerms> | null }>(
    sql`${KEPT} select settings -> 'terms' as terms from brand`,
  )
  return row?.terms ?? {}
}

/** As `ownTerms`; of two who change them at once the second reads what the first wrote. */
export async function lockOwnTerms(tx: BrandTx): Promise<Readonly<Record<string, OwnTerms>>> {
  await tx.execute(sql`select 1 from brand for no key update`)
  return ownTerms(tx)
}

export const setOwnTerms = (tx: BrandTx, network: string, terms: OwnTerms) =>
  tx.execute(sql`
    update brand set settings = jsonb_set(settings, '{terms}',
      coalesce(settings -> 'terms', '{}') || jsonb_build_object(${network}::text, ${JSON.stringify(terms)}::text::jsonb))`)
