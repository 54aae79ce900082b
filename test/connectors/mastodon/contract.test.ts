import { connectorContract } from '../contract.ts'

connectorContract('mastodon')
