import { connectorContract } from '../contract.ts'

connectorContract('instagram')
