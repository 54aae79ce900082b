import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { keepTeamNames } from '../db/team-names.ts'
import { DomainError } from '../domain/errors.ts'

/**
 * The brand has a team of this name, and until the commit the team keeps it; null: no team is asked for. Call it before
 * any other lock is taken.
 * @throws DomainError `invalid`
 */
export async function mustBeTeam(tx: BrandTx, team: string | null): Promise<void> {
  if (team === null) return
  await keepTeamNames(tx)
  const named = JSON.stringify([{ name: team }])
  const found = await tx.execute(sql`select 1 from brand where settings->'teams' @> ${named}::text::jsonb`)
  if (found.length === 0) throw new DomainError('invalid', `There is no team “${team}”.`)
}
