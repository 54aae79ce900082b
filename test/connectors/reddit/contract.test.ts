import { connectorContract } from '../contract.ts'

connectorContract('reddit')
