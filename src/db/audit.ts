import { AsyncLocalStorage } from 'node:async_hooks'
import type { BrandTx } from './client.ts'
import { audit } from './schema/log.ts'

type Key = { id: string; userId: string }

// Rooms name who acts; by what means they came is the request's, and no room could forget to hand it on.
const asking = new AsyncLocalStorage<Key>()

/** Whatever `work` writes down in the name of this key's owner says that the key did it. */
export const byKey = <T>(key: Key, work: () => T): T => asking.run(key, work)

/**
 * Writes down a privileged act in the transaction that does it: who did what to which (O4). `apiKey` among the details is
 * the id of the key by which somebody's request came.
 */
export async function writeAudit(
  tx: BrandTx,
  entry: { actor: string; act: string; target: string; details?: Record<string, unknown>; at: Date },
): Promise<void> {
  const key = asking.getStore()
  const means = key && key.userId === entry.actor ? { apiKey: key.id } : {}
  await tx.insert(audit).values({ ...entry, details: { ...entry.details, ...means } })
}
