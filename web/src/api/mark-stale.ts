import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Asks again for what an act has made stale, without waiting for it: the act is over when the server said so, and a
 * card that leaves its list with the new data must have heard its outcome before.
 */
export function markStale(client: QueryClient, ...keys: QueryKey[]): void {
  for (const queryKey of keys) void client.invalidateQueries({ queryKey })
}
