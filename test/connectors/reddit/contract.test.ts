import { connectorContract } from '../contract.ts'
import { redditStage } from './stage.ts'

connectorContract('Reddit', redditStage)
