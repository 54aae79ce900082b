import type { Exploration } from '../../rules/matching.ts'
import type { MemberProfile } from '../domain/member.ts'
import { hoursAsked } from '../people/hours.ts'
import { draw } from './fit.ts'
import type { Need } from './need.ts'

/** What of a mention says whether one may learn on it; numbers in [0,1]. Null: nobody knows. */
export type Stakes = {
  anger: number | null
  needsExpert: number | null
  flags: readonly string[]
  followers: number | null
}

/** Matters on which nobody learns, however calm they sound. */
const GRAVE = ['legal', 'safety', 'self-harm', 'press']

/** May a newcomer get their chance on it (M3)? What nobody could judge is left to those who are known. */
export function mayLearnOn({ anger, needsExpert, flags, followers }: Stakes, limits: Exploration): boolean {
  if (anger === null || anger >= limits.anger) return false
  if (needsExpert === null || needsExpert >= limits.needsExpert) return false
  return !flags.some((flag) => GRAVE.includes(flag)) && (followers ?? 0) < limits.followers
}

/** How it came about that a place went to a newcomer, or did not: enough to draw it again and to weigh what came of it. */
export type Chance = {
  /** Seeds every draw for the mention in this round. */
  seed: number
  /** Below `share`, a newcomer is looked for. */
  draw: number
  share: number
  explored: boolean
  /** How likely it was that this place went this way, and to this member. */
  propensity: number
}

type Contender = Pick<MemberProfile, 'id' | 'skills' | 'response'>

/** So often a drawn place goes by who was asked least; else Thompson chooses, who would keep asking the same few. */
const BY_TURNS = 2 / 3

/**
 * Who of the contending newcomers gets a drawn place: by the first draw somebody who was seldom asked, or Thompson's
 * choice. `propensity`: how likely it was that this one did by either way, ⅔ · their turn + ⅓ · Thompson's chance.
 * @returns null when nobody contends
 */
export function newcomerFor(
  contenders: readonly Contender[],
  need: Need,
  random: () => number,
): { member: string; propensity: number } | null {
  if (contenders.length === 0) return null
  const asked = need.skills.toSorted((a, b) => b.weight - a.weight)
  const beliefs = contenders.map((member) => beliefOf(member, asked))
  const turns = turnsOf(contenders)
  const at = random() < BY_TURNS ? placeOf(turns, random()) : greatestOf(beliefs, random)
  const propensity = BY_TURNS * turns[at]! + (1 - BY_TURNS) * winningChances(beliefs)[at]!
  return { member: contenders[at]!.id, propensity } // a place in the list, which is not empty
}

/**
 * How likely each gets it by turns: 1 ÷ (1 + hours that offers stood open with them lately)², so that nobody who may
 * have it is left out for long, and nobody is certain to have it. Sums to one.
 */
export function turnsOf(contenders: readonly Pick<Contender, 'response'>[]): number[] {
  const weights = contenders.map(({ response }) => (1 + hoursAsked(response)) ** -2)
  const all = weights.reduce((sum, one) => sum + one, 0)
  return weights.map((one) => one / all)
}

/** Where a draw in [0,1) falls among chances that sum to one. */
function placeOf(chances: readonly number[], drawn: number): number {
  let below = 0
  const at = chances.findIndex((chance) => {
    below += chance
    return drawn < below
  })
  return at === -1 ? chances.length - 1 : at // a sum a rounding short of one
}

/**
 * Thompson's choice: each contender's fit is drawn from what is believed of it, and the best draw wins, so that who may
 * well be good is tried as often as they are likely to be the best (Thompson, Biometrika 25, 1933).
 * @returns its place in the list, which is not empty
 */
export function greatestOf(beliefs: readonly { alpha: number; beta: number }[], random: () => number): number {
  const drawn = beliefs.map(({ alpha, beta }) => draw(alpha, beta, random))
  return drawn.indexOf(Math.max(...drawn))
}

/** Of the skill asked for that counts most (the first) and is held; nothing is known of whoever holds none. */
function beliefOf({ skills }: Contender, asked: Need['skills']): { alpha: number; beta: number } {
  for (const { skill } of asked) {
    const held = skills.find((one) => one.skill === skill && one.level > 0)
    if (held) return held
  }
  return { alpha: 1, beta: 1 }
}

const CELLS = 64
const MIDDLES = Float64Array.from({ length: CELLS }, (_, cell) => (cell + 0.5) / CELLS)
const LOGS = MIDDLES.map(Math.log)
const LOGS_OF_REST = MIDDLES.map((x) => Math.log(1 - x))

/**
 * How likely each Beta draw is the greatest: the integral of its density times the others' distributions, over
 * 64 cells. Sums to one. 32 contenders take 46 µs.
 */
export function winningChances(beliefs: readonly { alpha: number; beta: number }[]): number[] {
  const densities = new Float64Array(beliefs.length * CELLS)
  const upTo = new Float64Array(beliefs.length * CELLS)
  const everybody = new Float64Array(CELLS).fill(1)
  for (const [at, belief] of beliefs.entries()) {
    const [from, to] = [at * CELLS, (at + 1) * CELLS]
    const density = densities.subarray(from, to)
    spread(belief, density)
    addUp(density, upTo.subarray(from, to))
    for (let x = 0; x < CELLS; x++) everybody[x]! *= upTo[from + x]!
  }
  const chances = beliefs.map((_, at) => {
    let sum = 0
    for (let x = 0, place = at * CELLS; x < CELLS; x++, place++) {
      const own = upTo[place]!
      if (own > 0) sum += (densities[place]! * everybody[x]!) / own
    }
    return sum
  })
  const all = chances.reduce((sum, one) => sum + one, 0)
  return chances.map((one) => one / all)
}

/** Writes the density of a belief to `into`, a cell each; it sums to one. */
function spread({ alpha, beta }: { alpha: number; beta: number }, into: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY
  for (let cell = 0; cell < CELLS; cell++) {
    into[cell] = (alpha - 1) * LOGS[cell]! + (beta - 1) * LOGS_OF_REST[cell]!
    top = Math.max(top, into[cell]!)
  }
  let all = 0
  for (let cell = 0; cell < CELLS; cell++) {
    into[cell] = Math.exp(into[cell]! - top)
    all += into[cell]!
  }
  for (let cell = 0; cell < CELLS; cell++) into[cell]! /= all
}

/** Writes how much lies below the middle of each cell. */
function addUp(density: Float64Array, into: Float64Array): void {
  let below = 0
  for (let cell = 0; cell < CELLS; cell++) {
    below += density[cell]!
    into[cell] = below - density[cell]! / 2
  }
}
