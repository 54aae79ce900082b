import type { HeadCalibration } from '../src/classify/weights.ts'
import { squash } from './fit.ts'

/** Log odds of a post that the head was not trained on, and what it should have said. */
export type HeldOut = { odds: Float64Array; values: Float32Array }

const COLDEST = 0.2
const HOTTEST = 5
const STEPS = 60

/**
 * Temperature scaling (Guo et al. 2017) for a head of several labels: the temperature with the smallest mean log loss
 * on posts held out. For a head of one label Platt scaling (1999): temperature and shift. Golden-section search, the
 * shift by Newton's steps for each temperature.
 */
export function calibrate(heldOut: readonly HeldOut[], sureFrom: number): HeadCalibration {
  const shiftFor = (temperature: number): number => (heldOut[0]!.odds.length === 1 ? shiftOf(heldOut, temperature) : 0)
  const loss = (temperature: number): number => meanLoss(heldOut, temperature, shiftFor(temperature))
  const ratio = (Math.sqrt(5) - 1) / 2
  let low = Math.log(COLDEST)
  let high = Math.log(HOTTEST)
  for (let step = 0; step < STEPS; step++) {
    const first = high - ratio * (high - low)
    const second = low + ratio * (high - low)
    if (loss(Math.exp(first)) < loss(Math.exp(second))) high = second
    else low = first
  }
  const temperature = rounded(Math.exp((low + high) / 2))
  return { temperature, shift: rounded(shiftFor(temperature)), sureFrom }
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4

function shiftOf(heldOut: readonly HeldOut[], temperature: number): number {
  let shift = 0
  for (let step = 0; step < 20; step++) {
    let slope = 0
    let curve = 1e-9
    for (const { odds, values } of heldOut) {
      const said = 1 / (1 + Math.exp(-(odds[0]! / temperature + shift)))
      slope += said - values[0]!
      curve += said * (1 - said)
    }
    shift -= slope / curve
  }
  return shift
}

function meanLoss(heldOut: readonly HeldOut[], temperature: number, shift: number): number {
  let sum = 0
  for (const { odds, values } of heldOut) {
    const said = squash(odds.map((each) => each / temperature + shift))
    if (values.length === 1) {
      sum -= values[0]! * Math.log(said[0]! + 1e-12) + (1 - values[0]!) * Math.log(1 - said[0]! + 1e-12)
    } else for (let k = 0; k < values.length; k++) if (values[k]! > 0) sum -= values[k]! * Math.log(said[k]! + 1e-12)
  }
  return sum / heldOut.length
}
