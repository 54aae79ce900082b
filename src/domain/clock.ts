/** Passed in wherever "now" matters, so that tests can stand still. */
export type Clock = { now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
