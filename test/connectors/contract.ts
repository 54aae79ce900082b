import { describe } from 'vitest'
import { chaosContract } from './contract-chaos.ts'
import { pollingContract } from './contract-polling.ts'
import { replyContract } from './contract-reply.ts'
import { troubleContract } from './contract-trouble.ts'
import type { Stage } from './stage.ts'

/** The cases every connector has to pass against a network that speaks its protocol. Numbers are of the contract. */
export function connectorContract(name: string, open: () => Promise<Stage>): void {
  describe(`the ${name} connector`, () => {
    pollingContract(open)
    troubleContract(open)
    chaosContract(open)
    replyContract(open)
  })
}
