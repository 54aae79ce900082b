import { connectorContract } from '../contract.ts'

connectorContract('sandbox')
