import { DAY } from './clock.ts'

/** People are warned so long before what an account allowed us ends for good. */
export const WARN_BEFORE_DAYS = 14

/** Is it time to link the account anew? `endsAt` null: no end of it is known. */
export const endsSoon = (endsAt: Date | null, now: Date): boolean =>
  endsAt !== null && endsAt.getTime() - now.getTime() <= WARN_BEFORE_DAYS * DAY
