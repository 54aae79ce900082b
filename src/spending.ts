import type { Connector, Meter } from '../connectors/connector.ts'
import { type Db, inBrand } from './db/client.ts'
import type { Clock } from './domain/clock.ts'
import { openMeter } from './ingest/budget.ts'
import { settleBudget } from './ingest/budget-queries.ts'
import type { SourceRow } from './ingest/queries.ts'

type Deps = { db: Db; clock: Clock; log: { error: (about: object, message: string) => void } }

/**
 * A connector whose requests beside polls (replies, looking for them, counters) are written into its source's bill, whatever
 * came of them (L4). That they could not be written is logged and told to nobody: a reply that stands must not pass for
 * one that failed.
 */
export function counted({ db, clock, log }: Deps, source: SourceRow, open: (meter: Meter) => Connector): Connector {
  const { meter, drain } = openMeter()
  const connector = open(meter)
  const settle = async () => {
    const { rates, ...spent } = drain()
    // Of an account's window nobody knows here whose: replies go out with the accounts of many.
    const shared = rates.filter(({ scope }) => scope !== 'account')
    const none = { ask: 0, windows: [], halfOpen: false }
    try {
      await inBrand(db, source.brandId, (tx) =>
        settleBudget(tx, source, none, { ...spent, rates: shared, mentions: 0 }, clock.now()),
      )
    } catch (error) {
      log.error({ err: error, sourceId: source.id }, 'what a request cost could not be written down')
    }
  }
  const after =
    <Given extends unknown[], Answer>(ask: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      try {
        return await ask(...given)
      } finally {
        await settle()
      }
    }
  const { remove } = connector
  return {
    ...connector,
    reply: after(connector.reply),
    findReply: after(connector.findReply),
    standing: after(connector.standing),
    ...(remove && { remove: after(remove) }),
  }
}
