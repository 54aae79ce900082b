import { connectorContract } from '../contract.ts'
import { facebookStage } from './stage.ts'

connectorContract('Facebook', facebookStage)
