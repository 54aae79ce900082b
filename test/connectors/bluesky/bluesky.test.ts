import { connectorContract } from '../contract.ts'
import { blueskyStage } from './bluesky-stage.ts'

connectorContract('bluesky', blueskyStage)
