/**
 * What a wrong turn costs a brand, in any one unit: an angry post given to a fan, an easy one given to staff, and
 * having a person decide.
 */
export type Costs = { angryToFan: number; easyToStaff: number; humanTriage: number }

/** From `staff` on a post goes to staff, from `community` on a person decides, below a fan answers. Scores of anger. */
export type Thresholds = { community: number; staff: number }

/** What an admin set, with the thresholds that followed from it then, by language; `*` for languages not named. */
export type CostSettings = Costs & { thresholds: Record<string, Thresholds>; at: string }
