import { type Facts, WEEKDAYS } from '../../rules/fields.ts'
import { type ListIndex, NO_LISTS } from '../../rules/lists.ts'
import type { Classification } from '../domain/classification.ts'
import type { CostSettings } from '../domain/costs.ts'
import { localTime } from '../domain/local-time.ts'
import { type Calendar, isOpen } from '../domain/office-hours.ts'
import { thresholdsFor } from './costs/costs.ts'
import { influenceOf } from './influence.ts'

/** When somebody is at work, by the clock of the brand's own zone. */
export type BusinessCalendar = Calendar & { timeZone: string }

/** Office hours for a brand that has not said otherwise. */
export const OFFICE_HOURS: BusinessCalendar = {
  timeZone: 'UTC',
  weekdays: [1, 2, 3, 4, 5],
  opens: '09:00',
  closes: '17:00',
  holidays: [],
}

/** A mention as deciding sees it. Null: nobody knows. `at` is when it is decided, not when it was written. */
export type Asked = {
  text: string
  network: string | null
  kind: string | null
  author: { handle: string | null; followers: number | null }
  /** Writes the author again in a conversation that we have answered? */
  followUp: boolean | null
  /** How many posts of its cluster say the same, this one included. */
  clusterSize: number
  /** Is it of a storm that lasts? Left out: nobody looked. */
  storm?: boolean
  at: Date
}

/** What deciding needs of the brand: its handles on the networks, with or without the @, calendar, lists and costs. */
export type BrandFacts = {
  handles: readonly string[]
  calendar: BusinessCalendar
  lists?: ListIndex
  /** Left out: mistakes have no costs set. */
  costs?: CostSettings | undefined
}

/** The flat record that rules are asked about, and that is stored to run the decision again (I7). Plain JSON. */
export function factsOf(mention: Asked, understood: Classification, brand: BrandFacts): Facts {
  const local = localTime(mention.at, brand.calendar.timeZone)
  const language = primaryTag(understood.language.tag)
  const thresholds = thresholdsFor(brand.costs, language)
  return {
    text: mention.text,
    network: mention.network?.toLowerCase() ?? null,
    kind: mention.kind?.toLowerCase() ?? null,
    addressed: namesOneOf(mention.text, brand.handles),
    followUp: mention.followUp,
    'author.handle': mention.author.handle?.replace(/^@/, '').toLowerCase() ?? null,
    'author.followers': known(mention.author.followers),
    influence: influenceOf(known(mention.author.followers)),
    language,
    sentiment: understood.sentiment.label,
    'sentiment.score': known(understood.sentiment.score),
    anger: known(understood.anger),
    'threshold.community': thresholds?.community ?? null,
    'threshold.staff': thresholds?.staff ?? null,
    urgency: known(understood.urgency),
    intent: understood.intent.label,
    skills: understood.skills.map(({ skill }) => skill),
    needsExpert: known(understood.needsExpert),
    needsEmployee: known(understood.needsEmployee),
    flags: understood.flags,
    unsure: understood.unsure,
    'cluster.size': mention.clusterSize,
    storm: mention.storm ?? null,
    'clock.hour': Math.floor(local.minuteOfDay / 60),
    'clock.weekday': WEEKDAYS[local.weekday - 1] ?? null,
    'clock.businessHours': isOpen(local, brand.calendar),
    'clock.holiday': brand.calendar.holidays.includes(local.date),
    lists: (brand.lists ?? NO_LISTS)({ text: mention.text, handle: mention.author.handle }),
  }
}

/** The first subtag of a BCP-47 tag in lower case; null for `und`, when nobody can say. */
export function primaryTag(tag: string): string | null {
  const [primary = ''] = tag.toLowerCase().split('-')
  return primary === '' || primary === 'und' ? null : primary
}

/** JSON knows no NaN and no infinity: a number nobody could compute is unknown. */
const known = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null)

/** Is there an @ with one of the handles, ending where the handle ends? Null when the brand has named none. */
function namesOneOf(text: string, handles: readonly string[]): boolean | null {
  if (handles.length === 0) return null
  const folded = text.toLowerCase()
  return handles.some((handle) => {
    const wanted = `@${handle.replace(/^@/, '').toLowerCase()}`
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + 1))
      if (!/^[\p{L}\p{N}_]/u.test(folded.slice(at + wanted.length, at + wanted.length + 2))) return true
    return false
  })
}
