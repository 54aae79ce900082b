import { describe } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import type { Network } from '../../connectors/connector.ts'
import { GROUPS } from './groups.ts'
import { SIMULATORS } from './simulators.ts'

/** The cases every connector has to pass against a network that speaks its protocol. Numbers are of the contract. */
export function connectorContract(network: Network): void {
  const entry = CONNECTORS[network]
  if (!entry) throw new Error(`There is no connector of ${network}.`)
  describe(`the ${network} connector`, () => {
    for (const { leftOut, ask } of GROUPS) if (leftOut(entry) === null) ask(SIMULATORS[network])
  })
}
