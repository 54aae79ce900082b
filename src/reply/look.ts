import { type Connector, ConnectorError } from '../../connectors/connector.ts'
import { inBrand } from '../db/client.ts'
import type * as q from './queries.ts'
import { comeBack, recordSent } from './record.ts'
import { afterLook, discloses } from './reply.ts'
import type { SendDeps } from './send.ts'
import { postOf, requestOf } from './speak.ts'
import { whosePost } from './whose-post-queries.ts'

type LookDeps = Pick<SendDeps, 'db' | 'clock' | 'onSent' | 'useAccount' | 'fault'>

/**
 * One look for a reply that the network's moderators hold (`pending`), or that its author posted by hand: found, it
 * counts as sent; refused, or not found in time, it comes back. The next look is set already, should this one fail.
 */
export async function lookAgain(
  deps: LookDeps,
  connector: Connector,
  reply: q.Outgoing,
  signal: AbortSignal,
): Promise<void> {
  const found = await look(deps, connector, reply, signal)
  deps.fault('look.answered')
  await inBrand(deps.db, reply.brandId, async (tx) => {
    const now = deps.clock.now()
    const isOurs = typeof found === 'object' && (await whosePost(tx, reply, found)) === 'ours'
    if (isOurs) {
      const undisclosed = reply.state === 'by-hand' && discloses(found.words, reply.disclosure) === false
      return recordSent(tx, deps.onSent, { ...reply, undisclosed }, found, now)
    }
    const since = reply.approvedAt ?? reply.requestedAt
    const end = afterLook(reply.state, found === 'absent' ? found : 'unknown', now.getTime() - since.getTime())
    if (end) await comeBack(tx, reply, 'looked for', end, now)
  })
}

/** A network in trouble cannot say. */
async function look(deps: LookDeps, connector: Connector, reply: q.Outgoing, signal: AbortSignal) {
  try {
    const since = reply.state === 'by-hand' ? { since: reply.to.postedAt } : {}
    return await deps.useAccount(reply.brandId, reply.accountId, (as) =>
      connector.findReply({ ...requestOf(postOf(reply), as, signal), ...since }),
    )
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return 'unknown'
  }
}
