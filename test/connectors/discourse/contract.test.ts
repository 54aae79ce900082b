import { connectorContract } from '../contract.ts'

connectorContract('discourse')
