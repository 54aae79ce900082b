import { connectorContract } from '../contract.ts'

connectorContract('youtube')
