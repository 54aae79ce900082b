import { connectorContract } from '../contract.ts'

connectorContract('rss')
