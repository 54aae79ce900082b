import type { CostSettings, Costs, Thresholds } from '../../domain/costs.ts'

/**
 * Where each way is the cheapest in expectation, for a calibrated chance p that a post is angry: a fan costs
 * p · angryToFan, staff (1 − p) · easyToStaff, a person humanTriage. Staff before a fan from
 * p* = easyToStaff / (angryToFan + easyToStaff) on; a person before both between humanTriage / angryToFan and
 * 1 − humanTriage / easyToStaff, where that is a band (Elkan 2001, “The foundations of cost-sensitive learning”;
 * Chow 1970 for the band). Both thresholds are p* where there is none.
 */
export function cheapest({ angryToFan, easyToStaff, humanTriage }: Costs): Thresholds {
  const even = easyToStaff / (angryToFan + easyToStaff)
  const community = humanTriage / angryToFan
  const staff = 1 - humanTriage / easyToStaff
  return community < staff ? { community, staff } : { community: even, staff: even }
}

/** A post whose way people judged: `odds` the model's log odds of anger, `staff` whether it was theirs. */
export type Judged = { chance: number; staff: boolean }

/** Standard deviation, in log odds, of how far a language is thought to be off before anybody judged. */
const PRIOR = 0.5
const STEPS = 20
const EDGE = 0.005

/**
 * How far a language's chances of anger are off, in log odds: the shift with the largest posterior for what people
 * judged, Platt's sigmoid with its slope held at 1, under a normal prior around 0. Newton's method; 0 without judgements.
 */
export function shiftOf(judged: readonly Judged[]): number {
  let shift = 0
  for (let step = 0; step < STEPS; step++) {
    let slope = -shift / PRIOR ** 2
    let curve = 1 / PRIOR ** 2
    for (const { chance, staff } of judged) {
      const said = shifted(chance, shift)
      slope += (staff ? 1 : 0) - said
      curve += said * (1 - said)
    }
    shift += slope / curve
  }
  return Math.round(shift * 100) / 100
}

const oddsOf = (chance: number): number => {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, chance))
  return Math.log(inside / (1 - inside))
}

/** A chance moved by a shift in log odds. */
export const shifted = (chance: number, shift: number): number => 1 / (1 + Math.exp(-(oddsOf(chance) + shift)))

/** The same thresholds for the model's own scores of a language that is off by `shift`, in hundredths. */
export function forLanguage({ community, staff }: Thresholds, shift: number): Thresholds {
  const back = (chance: number): number => Math.round(shifted(chance, -shift) * 100) / 100
  return { community: back(community), staff: back(staff) }
}

/** How many posts had which score: index is the score in hundredths, 0–100. */
export type Histogram = readonly number[]

/** Expected cost of 1,000 posts sent by these thresholds. Null: there are none to reckon with. */
export function costOf(posts: Histogram, shift: number, { community, staff }: Thresholds, costs: Costs): number | null {
  let count = 0
  let sum = 0
  for (const [score, n] of posts.entries()) {
    if (n === 0) continue
    const chance = shifted(score / 100, shift)
    const [toFan, toStaff] = [chance * costs.angryToFan, (1 - chance) * costs.easyToStaff]
    count += n
    sum += n * (score / 100 >= staff ? toStaff : score / 100 >= community ? costs.humanTriage : toFan)
  }
  return count === 0 ? null : (1_000 * sum) / count
}

/** Where posts with these scores go. */
export function sentBy(
  posts: Histogram,
  { community, staff }: Thresholds,
): Record<'community' | 'triage' | 'staff', number> {
  const sent = { community: 0, triage: 0, staff: 0 }
  for (const [score, n] of posts.entries())
    sent[score / 100 >= staff ? 'staff' : score / 100 >= community ? 'triage' : 'community'] += n
  return sent
}

/** The curve: expected cost of 1,000 posts when staff begin at each hundredth, a person deciding just below as far as that is cheaper. */
export function curveOf(
  posts: Histogram,
  shift: number,
  thresholds: Thresholds,
  costs: Costs,
): { staff: number; cost: number }[] {
  return Array.from({ length: 101 }, (_, at) => {
    const staff = at / 100
    const cost = costOf(posts, shift, { staff, community: Math.min(staff, thresholds.community) }, costs)
    return cost === null ? [] : [{ staff, cost: Math.round(cost * 100) / 100 }]
  }).flat()
}

/** Language that nobody could say. */
export const UNSAID = 'und'

/** Null: no costs are set, and the rules alone decide. */
export function thresholdsFor(
  settings: Pick<CostSettings, 'thresholds'> | null | undefined,
  language: string | null,
): Thresholds | null {
  if (!settings) return null
  const { thresholds } = settings
  const name = language ?? UNSAID
  return (Object.hasOwn(thresholds, name) ? thresholds[name] : thresholds['*']) ?? null
}
