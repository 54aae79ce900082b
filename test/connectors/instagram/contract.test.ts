import { connectorContract } from '../contract.ts'
import { instagramStage } from './stage.ts'

connectorContract('Instagram', instagramStage)
