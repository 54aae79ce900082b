import { connectorContract } from '../contract.ts'
import { linkedinStage } from './stage.ts'

connectorContract('LinkedIn', linkedinStage)
