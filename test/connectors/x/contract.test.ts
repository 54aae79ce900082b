import { connectorContract } from '../contract.ts'
import { openX } from './stage.ts'

connectorContract('X', openX)
