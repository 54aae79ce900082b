import { sql } from 'drizzle-orm'
import type { BrandTx } from './client.ts'
import { KEPT } from './kept-statements.ts'

// A lock beside the brand's row, which others change for reasons of their own while they hold mentions.
const TEAM_NAMES = sql`hashtext('team names'), hashtext(current_setting('deputize.brand'))`

/** Until the commit no team gets another name: what is read of the settings after this stays true. */
export const keepTeamNames = (tx: BrandTx) =>
  tx.execute(sql`${KEPT} select pg_advisory_xact_lock_shared(${TEAM_NAMES})`)

/** Waits for whoever gives something to a team at this moment; nobody does it again until the commit. Before any other lock. */
export const lockTeamNames = (tx: BrandTx) => tx.execute(sql`select pg_advisory_xact_lock(${TEAM_NAMES})`)
