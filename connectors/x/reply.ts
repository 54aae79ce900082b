import type { ConnectorDeps } from '../catalogue.ts'
import { type Access, ConnectorError, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { lengthOf } from '../length.ts'
import { unpublished } from '../unpublished.ts'
import { xClient } from './client.ts'
import { refTo } from './mentions.ts'
import { priceOfReply } from './prices.ts'
import { sessionOf } from './session.ts'
import type { XSettings } from './settings.ts'
import { Created } from './shapes.ts'
import { madeAt } from './snowflake.ts'

export const LONGEST_POST = 280

/** X knows no keys: the same words sent twice are refused as a duplicate, and `findReply` settles what is unclear. */
export async function reply(settings: XSettings, deps: ConnectorDeps, input: ReplyInput): Promise<ReplyResult> {
  const { to, text, as, signal } = input
  if (lengthOf(text, 'weighted') > LONGEST_POST)
    return {
      outcome: 'rejected',
      error: new ConnectorError('refused', `A post on X has at most ${LONGEST_POST} characters, as X counts them.`),
    }
  try {
    const client = await xClient(deps, settings.baseUrl, { account: sessionOf(as).token }, signal)
    const created = Created.safeParse(await client.v2.reply(text, to.id))
    deps.meter?.charge(priceOfReply(text, settings.access))
    if (!created.success)
      return {
        outcome: 'unknown',
        error: new ConnectorError('bad-response', 'X took the reply but did not say where it stands.'),
      }
    const { id } = created.data.data
    return { outcome: 'published', ref: refTo(id, as.handle), at: madeAt(id) ?? deps.clock.now() }
  } catch (error) {
    const failed = unpublished(error)
    // It may stand, and then it is billed.
    if (failed.outcome === 'unknown') deps.meter?.charge(priceOfReply(text, settings.access))
    return failed
  }
}

/** One that is gone already is no fault. */
export async function remove(
  settings: XSettings,
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: Access; signal: AbortSignal },
): Promise<void> {
  try {
    const client = await xClient(deps, settings.baseUrl, { account: sessionOf(as).token }, signal)
    await client.v2.deleteTweet(ref.id)
  } catch (error) {
    if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
  }
}
