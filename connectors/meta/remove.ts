import type { ConnectorDeps } from '../catalogue.ts'
import { type Access, ConnectorError, type RemoteRef } from '../connector.ts'
import { ask } from './graph.ts'
import { sessionOf } from './session.ts'

/** Takes back a comment of the account's. One that is gone already is no fault. */
export async function remove(
  baseUrl: string,
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: Access; signal: AbortSignal },
): Promise<void> {
  const { token } = sessionOf(as)
  await ask(deps, { baseUrl, token }, { method: 'DELETE', path: ref.id, about: 'one post', signal }).catch(
    (error: unknown) => {
      if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
    },
  )
}
