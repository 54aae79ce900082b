import { connectorContract } from '../contract.ts'

connectorContract('bluesky')
