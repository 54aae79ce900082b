import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import type { Disclosure } from '../../domain/disclosure.ts'

export async function disclosuresOf(tx: BrandTx): Promise<Disclosure[]> {
  const [row] = await tx.execute<{ texts: Disclosure[] | null }>(
    sql`select settings -> 'disclosures' as texts from brand`,
  )
  return row?.texts ?? []
}

export const setDisclosures = (tx: BrandTx, texts: readonly Disclosure[]) =>
  tx.execute(
    sql`update brand set settings = jsonb_set(settings, '{disclosures}', ${JSON.stringify(texts)}::text::jsonb)`,
  )
