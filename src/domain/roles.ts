/** What a person is to a brand. One person may have several brands, and several roles at one brand. */
export const ROLES = ['member', 'staff', 'admin', 'reader'] as const
export type Role = (typeof ROLES)[number]

/** How far a person is trusted; `suspended` may sign in and read, and do nothing; to whom is `banned` the brand is closed. */
export const STANDINGS = ['probation', 'trusted', 'suspended', 'banned'] as const
export type Standing = (typeof STANDINGS)[number]

export const DESTINATIONS = ['community', 'escalation', 'triage', 'ignore'] as const
export type Destination = (typeof DESTINATIONS)[number]

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

export const VOICES = ['own', 'cosigned', 'brand'] as const
export type Voice = (typeof VOICES)[number]
