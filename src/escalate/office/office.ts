import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { lockTeamNames } from '../../db/team-names.ts'
import { type ClockSettings, type Team, targetMinutes, USUAL_CLOCKS } from '../../domain/case-clock.ts'
import { isTimeZone } from '../../domain/local-time.ts'
import { type Calendar, type Hours, hoursOn } from '../../domain/office-hours.ts'
import { PRIORITIES, type Priority } from '../../domain/roles.ts'
import { type FieldFault, refuseFaults } from '../../domain/setting-faults.ts'
import type { OnTheServer } from '../../http/contract.ts'
import { changePart } from '../../people/brand/part.ts'
import type { Office, officeApi } from './contract.ts'
import * as q from './queries.ts'

type Body<K extends keyof typeof officeApi> = OnTheServer<(typeof officeApi)[K]>['body']
type By = { userId: string; at: Date }
/** Teams that the rules in force name: the room that keeps rules, handed in. */
export type TeamsInRules = (tx: BrandTx) => Promise<ReadonlySet<string>>

const names = ({ name, formerly = [] }: Team): string[] => [name, ...formerly]

/** The office as its pages show it. */
export async function showOffice(tx: BrandTx, teamsInRules: TeamsInRules): Promise<Office> {
  const { settings, timeZone, ...versions } = await q.officeRow(tx)
  const people = await q.staffRows(tx)
  const cases = new Map((await q.openByTeam(tx)).map((row) => [row.team, row.cases]))
  const inRules = await teamsInRules(tx)
  const clocks = settings.clocks ?? USUAL_CLOCKS
  const inTeam = (team: string | null) =>
    people.filter((one) => one.team === team).map(({ id, userId, name }) => ({ id, userId, name }))
  return {
    ...{ timeZone, ...versions, ...clocks, unplaced: inTeam(null) },
    teams: settings.teams.map((team) => ({
      ...{ name: team.name, priority: team.priority ?? null, formerly: team.formerly ?? [] },
      ...{ targets: targetsOf(team), people: inTeam(team.name), openCases: cases.get(team.name) ?? 0 },
      inRules: names(team).some((name) => inRules.has(name)),
    })),
    week: [1, 2, 3, 4, 5, 6, 7].map((day) => {
      const hours = hoursOn(settings.calendar, day)
      return hours && { opens: padded(hours.opens), closes: padded(hours.closes) }
    }),
    holidays: [...settings.calendar.holidays].sort(),
  }
}

const padded = (time: string): string => time.padStart(5, '0')

const targetsOf = (team: Team): Record<Priority, number> => ({
  low: targetMinutes(team, 'low'),
  normal: targetMinutes(team, 'normal'),
  high: targetMinutes(team, 'high'),
  urgent: targetMinutes(team, 'urgent'),
})

/** Sets the teams. @throws DomainError `invalid` beside the field, `conflict` when somebody was first */
export async function setTeams(
  tx: BrandTx,
  { version, teams: wanted }: Body<'PUT /office/teams'>,
  by: By,
  teamsInRules: TeamsInRules,
): Promise<void> {
  await lockTeamNames(tx)
  const { settings } = await q.officeRow(tx)
  const known = new Map(settings.teams.map((team) => [team.name, team]))
  refuseFaults(twins(wanted))
  const kept = new Set(wanted.flatMap(({ was }) => was ?? []))
  const gone = settings.teams.filter(({ name }) => !kept.has(name))
  const teams = wanted.map((one) => become(one, (one.was !== null && known.get(one.was)) || null, wanted))
  const change = { part: q.TEAMS, version, act: 'settings.teams', by: by.userId, at: by.at }
  const set = sql`settings = jsonb_set(settings, '{teams}', ${JSON.stringify(teams)}::text::jsonb)`
  await changePart(tx, { ...change, set, before: settings.teams.map(brief), after: teams.map(brief) })
  await refuseNeeded(tx, gone, teamsInRules)
  await q.renameTeams(
    tx,
    wanted.flatMap(({ was, name }) => (was !== null && was !== name ? [{ was, name }] : [])),
  )
}

const brief = ({ name, priority }: Team) => ({ name, ...(priority && { priority }) })

/** A name that two teams would have, and a team that would become two. */
function twins(wanted: Body<'PUT /office/teams'>['teams']): FieldFault[] {
  const [seen, begun] = [new Set<string>(), new Set<string>()]
  return wanted.flatMap(({ name, was }, nth) => {
    const twin = seen.has(name.toLowerCase()) || (was !== null && begun.has(was))
    seen.add(name.toLowerCase())
    if (was !== null) begun.add(was)
    return twin ? [{ at: ['teams', nth, 'name'], says: `There is a team “${name}” already.` }] : []
  })
}

/** The team as it will be; a name that a team of today has is nobody's former one. */
function become(
  { name, priority }: { name: string; priority: Priority | null },
  was: Team | null,
  all: readonly { name: string }[],
): Team {
  const before = was ? [...(was.formerly ?? []), ...(was.name === name ? [] : [was.name])] : []
  const formerly = [...new Set(before)].filter((one) => !all.some((team) => team.name === one))
  const { priority: _priority, formerly: _formerly, ...rest } = was ?? { name, responseMinutes: 240 }
  return { ...rest, name, ...(priority && { priority }), ...(formerly.length > 0 && { formerly }) }
}

/** A team goes only when nobody and nothing needs it. @throws DomainError `invalid` */
async function refuseNeeded(tx: BrandTx, gone: readonly Team[], teamsInRules: TeamsInRules): Promise<void> {
  if (gone.length === 0) return
  const people = await q.staffRows(tx)
  const cases = await q.openByTeam(tx)
  const inRules = await teamsInRules(tx)
  const says = (team: Team): string | null => {
    const [there, open] = [
      people.filter((one) => one.team === team.name).length,
      cases.find((one) => one.team === team.name)?.cases ?? 0,
    ]
    if (there > 0) return `“${team.name}” has people; move them to another team first.`
    if (open > 0) return `“${team.name}” has open cases; end them first, or rename the team.`
    return names(team).some((name) => inRules.has(name))
      ? `The rules in force send cases to “${team.name}”; publish rules without it first, or rename the team.`
      : null
  }
  refuseFaults(gone.flatMap((team) => (says(team) === null ? [] : [{ at: ['teams'], says: says(team)! }]))) // not null
}

/** Sets the clocks. @throws DomainError `invalid` beside the field, `conflict` when somebody was first */
export async function setClocks(
  tx: BrandTx,
  { version, warnAt, officeHours, teams: wanted }: Body<'PUT /office/clocks'>,
  by: By,
): Promise<void> {
  const { settings } = await q.officeRow(tx)
  const clocks: ClockSettings = { warnAt, officeHours }
  refuseFaults(
    wanted.flatMap(({ name, targets }, nth) => [
      ...(settings.teams.some((team) => team.name === name)
        ? []
        : [{ at: ['teams', nth, 'name'], says: `There is no team “${name}”.` }]),
      ...slower(targets).map((priority) => ({
        at: ['teams', nth, 'targets', priority],
        says: 'What is more urgent cannot have more time.',
      })),
    ]),
  )
  const teams = settings.teams.map((team): Team => {
    const found = wanted.find(({ name }) => name === team.name)
    return found ? { ...team, responseMinutes: found.targets.normal, targets: found.targets } : team
  })
  const set = sql`settings = settings || ${JSON.stringify({ clocks, teams })}::text::jsonb`
  const change = { part: q.CLOCKS, version, act: 'settings.clocks', by: by.userId, at: by.at, set }
  const told = (of: readonly Team[]) => Object.fromEntries(of.map((team) => [team.name, targetsOf(team)]))
  await changePart(tx, {
    ...change,
    before: { ...(settings.clocks ?? USUAL_CLOCKS), targets: told(settings.teams) },
    after: { ...clocks, targets: told(teams) },
  })
}

/** Priorities that would wait longer than the one below them. */
const slower = (targets: Record<Priority, number>): Priority[] =>
  PRIORITIES.filter((priority, nth) => {
    const below = PRIORITIES[nth - 1]
    return below !== undefined && targets[priority] > targets[below]
  })

/** Sets the calendar. @throws DomainError `invalid` beside the field, `conflict` when somebody was first */
export async function setCalendar(
  tx: BrandTx,
  { version, timeZone, week, holidays }: Body<'PUT /office/calendar'>,
  by: By,
): Promise<void> {
  if (!isTimeZone(timeZone))
    refuseFaults([{ at: ['timeZone'], says: `“${timeZone}” is no time zone; choose one such as Europe/Berlin.` }])
  const { settings, timeZone: before } = await q.officeRow(tx)
  const calendar = calendarOf(week, holidays)
  const set = sql`time_zone = ${timeZone}, settings = jsonb_set(settings, '{calendar}', ${JSON.stringify(calendar)}::text::jsonb)`
  const change = { part: q.CALENDAR, version, act: 'settings.calendar', by: by.userId, at: by.at, set }
  await changePart(tx, {
    ...change,
    before: { ...settings.calendar, timeZone: before },
    after: { ...calendar, timeZone },
  })
}

/** A week as it is stored: the usual hours, and those of the days that differ. */
export function calendarOf(week: readonly (Hours | null)[], holidays: readonly string[]): Calendar {
  const open = week.flatMap((hours, nth) => (hours ? [{ day: nth + 1, ...hours }] : []))
  const like = (one: Hours) => open.filter(({ opens, closes }) => opens === one.opens && closes === one.closes).length
  const usual = [...open].sort((a, b) => like(b) - like(a) || a.day - b.day)[0] ?? { opens: '09:00', closes: '17:00' }
  const days = open.filter(({ opens, closes }) => opens !== usual.opens || closes !== usual.closes)
  return {
    ...{ weekdays: open.map(({ day }) => day), opens: usual.opens, closes: usual.closes },
    holidays: [...new Set(holidays)].sort(),
    ...(days.length > 0 && {
      days: Object.fromEntries(days.map(({ day, opens, closes }) => [day, { opens, closes }])),
    }),
  }
}
