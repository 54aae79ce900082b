import { MINUTE } from './clock.ts'
import { type Calendar, dueAt } from './office-hours.ts'
import { PRIORITIES, type Priority } from './roles.ts'

/** A team of staff and its clocks. */
export type Team = {
  name: string
  /** Within so many minutes a case of normal priority should be answered. */
  responseMinutes: number
  /** The same for single priorities; what is left out follows from `responseMinutes`. */
  targets?: Partial<Record<Priority, number>> | undefined
  /** Its cases begin with this priority at least; left out: any. */
  priority?: Priority | undefined
  /** Names it had before, which older rules may still use. */
  formerly?: string[] | undefined
}

/** What holds for the clocks of all teams. */
export type ClockSettings = {
  /** When this share of the time is gone, the team is warned, in (0,1). */
  warnAt: number
  /** Whether the clock stops while the office is shut. */
  officeHours: Record<Priority, boolean>
}

export const USUAL_CLOCKS: ClockSettings = {
  warnAt: 0.75,
  officeHours: { urgent: false, high: false, normal: true, low: true },
}

/** What a priority makes of its team's response time, unless the team says otherwise. */
const SHARES: Record<Priority, number> = { urgent: 1 / 4, high: 1 / 2, normal: 1, low: 2 }

/** For a team that the settings do not name (any more). */
const USUAL_MINUTES = 240

/** The team of this name, or that had it before; null: there is none. */
export const teamCalled = <T extends Team>(teams: readonly T[], name: string): T | null =>
  teams.find((team) => team.name === name) ?? teams.find(({ formerly }) => formerly?.includes(name)) ?? null

/** Where a case begins: the team under its name of today, and no priority below the team's own. */
export function placeCase<Case extends { team: string; priority: Priority }>(
  asked: Case,
  teams: readonly Team[],
): Case {
  const team = teamCalled(teams, asked.team)
  if (!team) return asked
  const rank = (priority: Priority) => PRIORITIES.indexOf(priority)
  const raised = team.priority !== undefined && rank(team.priority) > rank(asked.priority)
  return { ...asked, team: team.name, ...(raised && { priority: team.priority }) }
}

/** Minutes within which a case of this team and priority should be answered. */
export function targetMinutes(team: Team | null, priority: Priority): number {
  return (
    team?.targets?.[priority] ?? Math.max(1, Math.round((team?.responseMinutes ?? USUAL_MINUTES) * SHARES[priority]))
  )
}

/** What the clock of a case is reckoned by. */
export type Office = {
  teams: readonly Team[]
  calendar: Calendar
  timeZone: string
  clocks?: ClockSettings | undefined
}

type Of = { team: string; priority: Priority }

/** The instant by which somebody should have answered a case of this team and priority. */
export const caseDueAt = (openedAt: Date, of: Of, office: Office): Date => after(openedAt, of, office, 1)

/** The instant at which its team is warned that little time is left. */
export const caseWarnAt = (openedAt: Date, of: Of, office: Office): Date =>
  after(openedAt, of, office, (office.clocks ?? USUAL_CLOCKS).warnAt)

function after(openedAt: Date, { team, priority }: Of, office: Office, share: number): Date {
  const minutes = targetMinutes(teamCalled(office.teams, team), priority) * share
  return (office.clocks ?? USUAL_CLOCKS).officeHours[priority]
    ? dueAt(openedAt, minutes, office.calendar, office.timeZone)
    : new Date(openedAt.getTime() + minutes * MINUTE)
}
