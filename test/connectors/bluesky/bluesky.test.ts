import { connectorContract } from '../contract.ts'
import { blueskyStage } from './stage.ts'

connectorContract('bluesky', blueskyStage)
