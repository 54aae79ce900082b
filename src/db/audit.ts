import type { BrandTx } from './client.ts'
import { audit } from './schema/log.ts'

/** Writes down a privileged act in the transaction that does it: who did what to which (O4). */
export async function writeAudit(
  tx: BrandTx,
  entry: { actor: string; act: string; target: string; details?: Record<string, unknown>; at: Date },
): Promise<void> {
  await tx.insert(audit).values({ ...entry, details: entry.details ?? {} })
}
