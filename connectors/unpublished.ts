import { ConnectorError, type ReplyResult } from './connector.ts'

/** What is sure not to have been published; everything else may have been. */
const SURELY_NOT = new Set<ConnectorError['kind']>([
  'rate-limited',
  'quota',
  'network-down',
  'auth',
  'scope',
  'refused',
  'duplicate',
  'gone',
])

/**
 * What becomes of a reply whose sending failed: `rejected` when it surely did not arrive, `unknown` when it may have (F6).
 * @throws `error` itself when it is none a network gave
 */
export function unpublished(error: unknown): ReplyResult {
  if (!(error instanceof ConnectorError)) throw error
  return { outcome: SURELY_NOT.has(error.kind) ? 'rejected' : 'unknown', error }
}
