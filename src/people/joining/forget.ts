import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { DAY } from '../../domain/clock.ts'

/** After its last day nobody joins by an invitation; so much later nobody asks any more whom it was for. */
const KEPT_MS = 30 * DAY

/** Of invitations that nobody took, and that ended a month ago, name, address and account go; that there was one stays. */
export const forgetInvited = (tx: BrandTx, now: Date) =>
  tx.execute(sql`
    update invite set name = null, email = null, handle = null, remote_id = null
    where accepted_at is null and expires_at < ${new Date(now.getTime() - KEPT_MS).toISOString()}
      and (name is not null or email is not null or handle is not null or remote_id is not null)`)
