/** What a badge is given for. All of it counts answers that were thanked for and still stand, so that volume alone earns none (P2). */
export const BADGES = ['thanked', 'specialist', 'versatile', 'polyglot', 'reliable'] as const
export type Badge = (typeof BADGES)[number]

/** Whether a brand gives a badge, and from which number on. */
export type BadgeRule = { on: boolean; needs: number }
export type BadgeSettings = Partial<Record<Badge, BadgeRule>>

/** The number each begins with, and the least it may be set to: a second skill or language is the first that shows breadth. */
export const BADGE_NUMBERS: Record<Badge, { usual: number; least: number }> = {
  thanked: { usual: 1, least: 1 },
  specialist: { usual: 5, least: 1 },
  versatile: { usual: 3, least: 2 },
  polyglot: { usual: 3, least: 2 },
  reliable: { usual: 5, least: 1 },
}

/** The most any may ask for. */
export const MOST_NEEDED = 1_000

/** Every badge with its rule; one that nobody has switched on is off (P3). */
export const badgeRules = (settings: BadgeSettings = {}): (BadgeRule & { badge: Badge })[] =>
  BADGES.map((badge) => ({ badge, on: false, needs: BADGE_NUMBERS[badge].usual, ...settings[badge] }))
