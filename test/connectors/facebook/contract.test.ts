import { connectorContract } from '../contract.ts'

connectorContract('facebook')
