import { connectorContract } from '../contract.ts'

connectorContract('pinterest')
