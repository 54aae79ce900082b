import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { SkillWords } from '../../domain/classification.ts'
import type { CostSettings } from '../../domain/costs.ts'
import { id, instant } from './columns.ts'

/** What an admin tunes besides the policy; every field has its meaning and unit in its name. */
export type BrandSettings = {
  /** Accounts of the brand's own, without `@`; their posts are echo (L5), and naming one makes a post "addressed". */
  handles: string[]
  languages: string[]
  skills: SkillWords
  /** Business hours in the brand's time zone; `weekdays` 1–7 from Monday, times `HH:MM`, holidays `YYYY-MM-DD`. */
  calendar: { weekdays: number[]; opens: string; closes: string; holidays: string[] }
  teams: { name: string; responseMinutes: number }[]
  /** Clock of a mention: somebody must have answered by then (M4). */
  responseMinutes: number
  leaseMinutes: number
  offerMinutes: number
  /** A mention is offered to so many at once. */
  offerTo: number
  blockedAuthors: string[]
  /** By language: what the posts of rewarded helpers say of that, such as `#ambassador` (F3). Absent: nothing is added. */
  disclosure?: Record<string, string>
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
