import {
  type Connector,
  ConnectorError,
  type Meter,
  type PollInput,
  type PollResult,
} from '../../connectors/connector.ts'
import { DomainError } from '../domain/errors.ts'
import type { SourceRow } from './queries.ts'

export type AskDeps = {
  connectorOf: (source: SourceRow, meter: Meter) => Connector | Promise<Connector>
  log: { error: (about: object, message: string) => void }
}

/**
 * Asks a source's network for what it is to listen to. Whatever goes wrong between us and a network is the source's
 * trouble and shown there, a connector's own bug too.
 * @throws ConnectorError
 */
export async function askNetwork(
  { connectorOf, log }: AskDeps,
  source: SourceRow,
  meter: Meter,
  asked: Omit<PollInput, 'listen'>,
): Promise<PollResult> {
  try {
    const connector = await connectorOf(source, meter)
    return await connector.poll({ listen: source.listen, ...asked })
  } catch (error) {
    if (error instanceof ConnectorError) throw error
    log.error({ err: error, sourceId: source.id }, 'a connector failed in a way it does not know')
    const words = error instanceof DomainError ? error.message : 'The connector failed unexpectedly; the log says how.'
    throw new ConnectorError('bad-response', words, { cause: error })
  }
}
