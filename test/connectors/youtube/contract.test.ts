import { connectorContract } from '../contract.ts'
import { youtubeStage } from './stage.ts'

connectorContract('YouTube', youtubeStage)
