import { BUCKETS } from './features.ts'
import type { LearnedPost } from './skill-rows.ts'

/**
 * A post to learn from. `targets[k]`: 1 where skill k holds, -1 where it does not, 0 where nobody said.
 * `pulls[k]`: how far from `UNKNOWN` the brand's words alone put the post.
 */
export type FitRow = { post: LearnedPost; targets: Int8Array; pulls: Float64Array; weight: number }

/** One linear judge a skill. `slots[bucket]` is the row of `weights` (the skills side by side), -1 for unseen ones. */
export type Fitted = { slots: Int32Array; weights: Float32Array; bias: Float64Array }

/** Where a post stands of which nothing is known: as far on the side of "no" as an example of another skill. */
export const UNKNOWN = -1

/** Cost of a mistake; on a post of the skill it costs more, since there are fewer of them. */
const COST = 0.5
const COST_OF_MISSING = 4
/** How much the constant counts beside words and pieces, each of which have length 1. */
const CONSTANT = 0.5
const PASSES = 8
const SEED = 0x2545f491
/** Smaller steps are not made: the weights stand. */
const STANDS = 1e-4

/**
 * One support vector machine a skill (squared hinge, one against the rest), by dual coordinate descent (Hsieh et al.
 * 2008, "A dual coordinate descent method for large-scale linear SVM", algorithm 1). It does not start from zero but from
 * what is known beforehand: a post stands at `UNKNOWN`, or where the brand's words put it, and rows move it from there.
 * The same rows in the same order give the same bits. `width` is the number of skills.
 */
export function fitSkills(rows: readonly FitRow[], width: number): Fitted {
  const slots = new Int32Array(BUCKETS).fill(-1)
  let seen = 0
  const places = rows.map(({ post }) =>
    post.buckets.map((bucket) => {
      if (slots[bucket] === -1) slots[bucket] = seen++
      return slots[bucket]! * width
    }),
  )
  const fitted: Fitted = {
    slots,
    weights: new Float32Array(seen * width),
    bias: new Float64Array(width).fill(UNKNOWN),
  }
  const lengths = rows.map(({ post }) => squaredLength(post) + CONSTANT ** 2)
  const duals = new Float64Array(rows.length * width)
  const order = Int32Array.from(rows, (_, at) => at)
  const steps = new Float64Array(width)
  for (let pass = 0; pass < PASSES; pass++) {
    let moved = false
    mix(order, SEED + pass)
    for (const at of order) {
      marginsOf(rows[at]!, places[at]!, fitted, steps)
      if (!stepsOf(rows[at]!, lengths[at]!, duals, at * width, steps)) continue
      moved = true
      move(rows[at]!, places[at]!, fitted, steps)
    }
    if (!moved) break
  }
  return fitted
}

/** Puts `order` in another order, by chance but the same for the same `seed` (Fisher–Yates, steps of xorshift32). */
function mix(order: Int32Array, seed: number): void {
  let state = seed
  for (let at = order.length - 1; at > 0; at--) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const other = (state >>> 0) % (at + 1)
    const kept = order[at]!
    order[at] = order[other]!
    order[other] = kept
  }
}

/** Σ value² over distinct buckets; a bucket that is there twice counts with twice its scale. */
function squaredLength({ buckets, words, wordScale, pieceScale }: LearnedPost): number {
  const values = new Map<number, number>()
  for (let i = 0; i < buckets.length; i++) {
    values.set(buckets[i]!, (values.get(buckets[i]!) ?? 0) + (i < words ? wordScale : pieceScale))
  }
  let sum = 0
  for (const value of values.values()) sum += value * value
  return sum
}

function marginsOf({ post, pulls }: FitRow, places: Int32Array, fitted: Fitted, into: Float64Array): void {
  const { weights, bias } = fitted
  const width = into.length
  for (let k = 0; k < width; k++) into[k] = bias[k]! + pulls[k]!
  for (let i = 0; i < places.length; i++) {
    const base = places[i]!
    const scale = i < post.words ? post.wordScale : post.pieceScale
    for (let k = 0; k < width; k++) into[k]! += scale * weights[base + k]!
  }
}

/** Turns margins into steps to make, in place, and books them; false when none is worth making. */
function stepsOf(row: FitRow, length: number, duals: Float64Array, from: number, steps: Float64Array): boolean {
  let any = false
  for (let k = 0; k < steps.length; k++) {
    const target = row.targets[k]!
    if (target === 0) {
      steps[k] = 0
      continue
    }
    const slack = 1 / (2 * row.weight * (target === 1 ? COST_OF_MISSING : COST))
    const dual = duals[from + k]!
    const slope = target * steps[k]! - 1 + slack * dual
    const next = Math.max(0, dual - slope / (length + slack))
    const step = (next - dual) * target
    if (Math.abs(step) < STANDS) steps[k] = 0
    else {
      duals[from + k] = next
      steps[k] = step
      any = true
    }
  }
  return any
}

function move({ post }: FitRow, places: Int32Array, { weights, bias }: Fitted, steps: Float64Array): void {
  const width = steps.length
  for (let k = 0; k < width; k++) bias[k]! += steps[k]! * CONSTANT ** 2
  for (let i = 0; i < places.length; i++) {
    const base = places[i]!
    const scale = i < post.words ? post.wordScale : post.pieceScale
    for (let k = 0; k < width; k++) weights[base + k]! += scale * steps[k]!
  }
}
