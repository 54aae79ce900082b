import type { RANKS } from '../db/schema/people.ts'

export type Rank = (typeof RANKS)[number]

/** What a rank may do (P3, F3, F4). */
export type Privileges = {
  /** Replies go out without a reader first. */
  skipApproval: boolean
  /** May add pictures to answers, on networks that take them. */
  media: boolean
  /** May speak through the brand's account, with or without a signature. */
  brandVoice: boolean
  /** May read and write in the lounge, where members talk with staff. */
  lounge: boolean
}

export const PRIVILEGES: Record<Rank, Privileges> = {
  newcomer: { skipApproval: false, media: false, brandVoice: false, lounge: false },
  helper: { skipApproval: true, media: true, brandVoice: false, lounge: true },
  champion: { skipApproval: true, media: true, brandVoice: true, lounge: true },
}
