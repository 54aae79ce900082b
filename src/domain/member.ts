/** What matching knows of a member (M1, M2); the row without its secrets. */
export type MemberProfile = {
  id: string
  name: string
  /** BCP-47 primary tags, best first. */
  languages: string[]
  /** `level` in [0,1]: how well the skill is held. */
  skills: { skill: string; level: number }[]
  /** Open offers and claims the member will hold at once, and holds now. */
  capacity: number
  load: number
  paused: boolean
  /** Local times `HH:MM`; may run over midnight. Null: always reachable. */
  quiet: { from: string; to: string; timeZone: string } | null
  /** Position of the rank in the brand's ladder, 0 the lowest. */
  rank: number
  /** Accounts of the member's own, so that nobody is offered their own mention. */
  handles: { network: string; handle: string }[]
}
