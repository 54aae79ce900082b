import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { Applying } from '../../domain/applying.ts'
import type { BadgeSettings } from '../../domain/badges.ts'
import type { ClockSettings, Team } from '../../domain/case-clock.ts'
import type { SkillWords } from '../../domain/classification.ts'
import type { CostSettings } from '../../domain/costs.ts'
import type { Disclosure } from '../../domain/disclosure.ts'
import type { Calendar } from '../../domain/office-hours.ts'
import type { OwnTerms } from '../../domain/own-terms.ts'
import type { PointSettings } from '../../domain/points.ts'
import { id, instant } from './columns.ts'

/** What an admin tunes besides the policy; every field has its meaning and unit in its name. */
export type BrandSettings = {
  /** Accounts of the brand's own, without `@`; their posts are echo (L5), and naming one makes a post "addressed". */
  handles: string[]
  languages: string[]
  skills: SkillWords
  /** Business hours in the brand's time zone. */
  calendar: Calendar
  teams: Team[]
  /** Warnings and what stops the clocks of cases; absent: as `src/domain/case-clock.ts` has it. */
  clocks?: ClockSettings
  /** Clock of a mention: somebody must have answered by then (M4). */
  responseMinutes: number
  leaseMinutes: number
  offerMinutes: number
  /** A mention is offered to so many at once. */
  offerTo: number
  blockedAuthors: string[]
  /** What the posts of rewarded helpers say of that (F3). Absent: nothing is added. */
  disclosures?: Disclosure[]
  /** What the brand asks of itself on networks, by network; absent: what they ask. */
  terms?: Record<string, OwnTerms>
  /** Staff and admins need a second factor for everything they do here (O4); absent: they do not. */
  twoFactorRequired?: boolean
  /** So long a reply that nobody has to read waits to be undone by its author; 0: it leaves at once. Absent: as `src/reply/reply.ts` has it. */
  undoSeconds?: number
  /** Whether people may apply to help, and what they are asked (P9); absent: they may not. */
  applications?: Applying
  /** Limits that members begin with and may change (P8); absent: none. */
  welfare?: Record<string, number | null>
  /** Names of lists of words: those that no answer may hold, and advice that may do harm (F5). */
  checks?: { banned: string | null; risky: string | null }
  /** Which badges are given, and from which number on (P5); absent: none. */
  badges?: BadgeSettings
  points?: PointSettings
  /** What mistakes cost, and the thresholds that follow; absent: the rules alone decide (R6). */
  costs?: CostSettings
}

export const brand = pgTable('brand', {
  id: id(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  /** IANA name; business hours and weekly boards are reckoned in it. */
  timeZone: text().notNull(),
  settings: jsonb().$type<BrandSettings>().notNull(),
  /** The policy version in force; 0 until the first is published. */
  policyVersion: integer().notNull().default(0),
  /** Raised by each correction and each undoing, which are numbered by it: whoever knows this number knows what was learned. */
  learnedVersion: integer().notNull().default(0),
  /** Raised by each change of a named list: whoever knows this number knows what the lists hold. */
  listsVersion: integer().notNull().default(0),
  createdAt: instant().notNull(),
})

/** Facts about this installation, such as the version that wrote the database last. */
export const installation = pgTable('installation', {
  key: text().primaryKey(),
  value: text().notNull(),
})
