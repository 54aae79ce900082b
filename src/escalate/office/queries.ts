import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import type { BrandSettings } from '../../db/schema/brand.ts'
import { versionOf } from '../../people/brand/part.ts'

/** Parts of the settings that are changed each for itself. */
export const TEAMS = sql`settings->'teams'`
export const CLOCKS = sql`jsonb_build_array(settings->'clocks', settings->'teams')`
export const CALENDAR = sql`jsonb_build_array(settings->'calendar', time_zone)`

export type OfficeRow = {
  settings: Pick<BrandSettings, 'teams' | 'calendar' | 'clocks'>
  timeZone: string
  teamsVersion: string
  clocksVersion: string
  calendarVersion: string
}

export async function officeRow(tx: BrandTx): Promise<OfficeRow> {
  const [row] = await tx.execute<OfficeRow>(sql`
    select settings, time_zone as "timeZone", ${versionOf(TEAMS)} as "teamsVersion", ${versionOf(CLOCKS)} as "clocksVersion",
      ${versionOf(CALENDAR)} as "calendarVersion" from brand`)
  return row! // no transaction without a brand
}

export type PersonRow = { id: string; userId: string; name: string; team: string | null }

/** Staff, by name. */
export const staffRows = (tx: BrandTx): Promise<PersonRow[]> =>
  tx.execute<PersonRow>(sql`
    select p.id, p.user_id as "userId", u.name, p.team from membership p join auth_user u on u.id = p.user_id
    where p.role = 'staff' and p.standing <> 'banned' order by u.name, p.id`)

/** Open cases by team. */
export const openByTeam = (tx: BrandTx): Promise<{ team: string; cases: number }[]> =>
  tx.execute<{ team: string; cases: number }>(sql`
    select team, count(*)::int as cases from escalation where state in ('open', 'assigned') group by team`)

/**
 * Gives whatever names a team its new name: people, invitations, cases. Two may change names with each other. The cases
 * are locked in the order in which everybody locks several, that of their mentions.
 */
export async function renameTeams(tx: BrandTx, renamed: readonly { was: string; name: string }[]): Promise<void> {
  if (renamed.length === 0) return
  const names = sql`jsonb_to_recordset(${asRows([...renamed])}) as n(was text, name text)`
  const was = textArray(renamed.map((team) => team.was))
  await tx.execute(sql`select 1 from escalation where team = any(${was}) order by mention_id for update`)
  await tx.execute(sql`update escalation set team = n.name from ${names} where team = n.was`)
  await tx.execute(sql`update membership set team = n.name from ${names} where team = n.was`)
  await tx.execute(sql`update invite set team = n.name from ${names} where team = n.was`)
}
