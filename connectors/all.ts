import { z } from 'zod'
import { DomainError } from '../src/domain/errors.ts'
import type { Capabilities, Connector, Network } from './connector.ts'
import { REPLAY_CAPABILITIES } from './replay/replay.ts'
import { type ConnectorDeps, SANDBOX_CAPABILITIES, sandboxConnector } from './sandbox/sandbox.ts'

export type CatalogueEntry = {
  label: string
  capabilities: Capabilities
  /**
   * Makes the connector of one source from its stored settings; null where there is nothing to ask (files).
   * @throws DomainError `invalid` when the settings are not what this network needs.
   */
  open: ((settings: unknown, deps: ConnectorDeps) => Connector) | null
}

/** Every network we can speak to; what is not here does not exist for the product. */
export const CONNECTORS: Partial<Record<Network, CatalogueEntry>> = {
  sandbox: {
    label: 'Sandbox (simulated)',
    capabilities: SANDBOX_CAPABILITIES,
    open: opener(
      z.strictObject({
        baseUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
        token: z.string().min(1),
        instance: z.string().min(1).default('sandbox'),
      }),
      sandboxConnector,
    ),
  },
  replay: { label: 'Imported file', capabilities: REPLAY_CAPABILITIES, open: null },
}

function opener<S>(schema: z.ZodType<S>, open: (settings: S, deps: ConnectorDeps) => Connector) {
  return (settings: unknown, deps: ConnectorDeps): Connector => {
    const read = schema.safeParse(settings)
    if (read.success) return open(read.data, deps)
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`)
    throw new DomainError('invalid', `This source cannot be opened. ${faults.join('; ')}.`, { faults })
  }
}
