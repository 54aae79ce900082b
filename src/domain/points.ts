/** Why points are given or taken back. */
export const CAUSES = ['accepted', 'thanked', 'reach', 'complained', 'taken-back'] as const
export type Cause = (typeof CAUSES)[number]

/** What answers earn (P2). A brand may set its own; every table of them has a name, which each entry of the ledger keeps (P1). */
export type Weights = {
  /** For an answer that went out, and was approved where a reader stood before it. */
  accepted: number
  /** So many answers a member and day earn for going out, by the brand's clock; the others earn by thanks alone. Null: all do. */
  acceptedPerDay: number | null
  thanked: number
  /** `round(scale · log2(1 + likes + 2 · reposts))`, at most `most` an answer: ten times the reach is not ten times the points. */
  reach: { scale: number; most: number }
  /** A complaint takes back the thanks and this much more, and never more than its answer had earned. */
  complained: number
}

/** As a brand keeps them; `edition` counts up from 2: the first is the one it began with. */
export type PointSettings = { edition: number; weights: Weights }

const USUAL: PointSettings = {
  edition: 1,
  weights: { accepted: 10, acceptedPerDay: null, thanked: 15, reach: { scale: 4, most: 20 }, complained: 5 },
}

/** What a brand gives points for; one that has set nothing has what the product ships. */
export const pointSettings = (kept: PointSettings | null): PointSettings => kept ?? USUAL

/** The name of an edition, as entries of the ledger keep it. */
export const editionName = (edition: number): string => `points-${edition}`

/** The most any weight may be. */
export const MOST_POINTS = 1_000
/** The most answers a day that a brand may let earn for going out; more than anybody writes. */
export const MOST_PER_DAY = 500
