/** What matching knows of a member (M1, M2); the row without its secrets. */
export type MemberProfile = {
  id: string
  name: string
  /** BCP-47 primary tags, best first. */
  languages: string[]
  /**
   * `level` in [0,1]: how well the skill is held, as declared. `alpha` and `beta`: the Beta posterior of answering such
   * a mention well, from the declared level, the rank and what became of answers (`src/people/fit-belief.ts`).
   * `accepted`: how many answers went out so far.
   */
  skills: { skill: string; level: number; alpha: number; beta: number; accepted?: number }[]
  /** Open offers and claims the member will hold at once, and holds now. */
  capacity: number
  load: number
  paused: boolean
  /** Local times `HH:MM`; may run over midnight. Null: always reachable. */
  quiet: { from: string; to: string; timeZone: string } | null
  /** Position of the rank in the brand's ladder, 0 the lowest. */
  rank: number
  /**
   * Accounts of the member's own, so that nobody is offered their own mention. `id`: the network's, null where it was
   * never asked and where each server counts its accounts for itself.
   */
  handles: { network: string; handle: string; id?: string | null }[]
  /** Until when limits of their own keep every offer away (P8); null or absent: they do not. */
  restingUntil?: Date | null
  /** No more angry mentions for now, by their own share of them (P8). */
  onlyCalm?: boolean
  /** When this member and the brand's others claim what they are offered; null: nothing has been seen yet. */
  response: Response | null
}

/** What `timely` needs of a member; hours of the week are UTC, 0 is Monday 00:00–01:00, 167 the last of Sunday. */
export type Response = {
  /** Claims an open offer meets with in an hour, by hour of the week (168), over all members: one array for them all. */
  community: Float32Array
  /** How much readier than the community the member is, in all: 1 as ready. */
  pace: number
  /** Only the hours with anything in them, three numbers each: hour of the week, claims, hours that offers stood open; decayed. */
  own: Float32Array
}
