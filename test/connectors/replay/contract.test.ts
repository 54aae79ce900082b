import { connectorContract } from '../contract.ts'

connectorContract('replay')
