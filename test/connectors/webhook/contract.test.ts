import { connectorContract } from '../contract.ts'

connectorContract('webhook')
