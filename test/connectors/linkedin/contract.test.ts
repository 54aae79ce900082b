import { connectorContract } from '../contract.ts'

connectorContract('linkedin')
