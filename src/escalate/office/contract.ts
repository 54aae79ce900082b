import { z } from 'zod'
import { PRIORITIES } from '../../domain/roles.ts'
import type { Contract } from '../../http/contract.ts'

const Priority = z.enum(PRIORITIES)
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write it as HH:MM, such as 09:00.')
const Hours = z.object({ opens: Time, closes: Time })
/** Up to four weeks, in minutes of the team's clock. */
const Minutes = z.number().int().min(1).max(40_320)
const Targets = z.object({ low: Minutes, normal: Minutes, high: Minutes, urgent: Minutes })
const OfficeHours = z.object({ low: z.boolean(), normal: z.boolean(), high: z.boolean(), urgent: z.boolean() })
const Version = z.string().max(64)

export const Office = z
  .object({
    timeZone: z.string(),
    /** The first one is where a case goes that names no team. */
    teams: z.array(
      z.object({
        name: z.string(),
        /** Its cases begin with this priority at least; null: any. */
        priority: Priority.nullable(),
        /** Names it had; rules may still use them. */
        formerly: z.array(z.string()),
        targets: Targets,
        people: z.array(z.object({ id: z.string(), userId: z.string(), name: z.string() })),
        openCases: z.number().int(),
        /** The rules in force name it. */
        inRules: z.boolean(),
      }),
    ),
    /** Staff who are in no team. */
    unplaced: z.array(z.object({ id: z.string(), userId: z.string(), name: z.string() })),
    teamsVersion: z.string(),
    warnAt: z.number(),
    officeHours: OfficeHours,
    clocksVersion: z.string(),
    /** Monday first; null: nobody works then. */
    week: z.array(Hours.nullable()),
    holidays: z.array(z.string()),
    calendarVersion: z.string(),
  })
  .meta({ id: 'Office' })
export type Office = z.infer<typeof Office>

export const officeApi = {
  'GET /office': {
    summary: 'Teams of staff, their clocks, and when they are at work (E1)',
    access: ['staff', 'admin'],
    reply: Office,
  },
  'PUT /office/teams': {
    summary: 'Set the teams, in their order; one that is renamed says what it was, one that is left out goes',
    access: ['admin'],
    body: z.object({
      version: Version,
      teams: z
        .array(
          z.object({
            was: z.string().max(60).nullable(),
            name: z.string().trim().min(1, 'A team needs a name.').max(60),
            priority: Priority.nullable(),
          }),
        )
        .min(1, 'There has to be one team at least.')
        .max(50),
    }),
    reply: Office,
  },
  'PUT /office/clocks': {
    summary: 'Set within how long each team answers, and when it is warned; counts for cases opened from now on',
    access: ['admin'],
    body: z.object({
      version: Version,
      warnAt: z.number().min(0.25).max(0.95),
      officeHours: OfficeHours,
      teams: z.array(z.object({ name: z.string().max(60), targets: Targets })).max(50),
    }),
    reply: Office,
  },
  'PUT /office/calendar': {
    summary: 'Set the time zone, the hours of each weekday and the days off',
    access: ['admin'],
    body: z.object({
      version: Version,
      timeZone: z.string().max(60),
      week: z.array(Hours.nullable()).length(7),
      holidays: z.array(z.iso.date()).max(400),
    }),
    reply: Office,
  },
} as const satisfies Contract
