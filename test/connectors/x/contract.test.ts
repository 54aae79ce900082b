import { connectorContract } from '../contract.ts'

connectorContract('x')
