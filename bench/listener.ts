import type { Connector, Meter, PollResult } from '../connectors/connector.ts'
import type { Clock } from '../src/domain/clock.ts'
import { noFaults } from '../src/domain/fault.ts'
import { runPoll } from '../src/ingest/poll.ts'
import { sourceToPoll } from '../src/ingest/queries.ts'
import { openKits } from '../src/kit.ts'
import type { Place } from './places.ts'

const MOST_TURNS = 100

/** The poll that stores, over one connector and the clock of its network; nobody is woken to judge what came. */
export function openListener({ db }: Place, clock: Clock, open: (meter: Meter) => Connector) {
  const kits = openKits(db)
  let last: PollResult | null = null
  let seen: (page: PollResult) => void = () => {}
  const connectorOf = (_source: unknown, meter: Meter): Connector => {
    const connector = open(meter)
    return {
      ...connector,
      poll: async (input) => {
        last = await connector.poll(input)
        seen(last)
        return last
      },
    }
  }
  const readOn = runPoll({
    ...{ db, clock, random: () => 0.5, fault: noFaults, wake: async () => {}, log: console, connectorOf },
    brandOf: async (id) => (await kits.of(id)).brand,
  })
  const unending = new AbortController().signal
  return {
    /** Opens what the first page would wait for. */
    ready: (brandId: string) => kits.of(brandId),
    /**
     * Polls until the network has no more. `each` is told of every page a connector gave.
     * @throws Error when a poll failed, was put off, or the network never ends
     */
    async drain(sourceId: string, each: (page: PollResult) => void = () => {}): Promise<void> {
      seen = each
      for (let turn = 0; turn < MOST_TURNS; turn++) {
        last = null
        await readOn({ sourceId }, unending)
        const source = await sourceToPoll(db, sourceId)
        const trouble = source ? (source.trouble ?? source.putOff) : 'The source does not listen any more.'
        if (trouble !== null) throw new Error(trouble)
        if ((last as PollResult | null)?.state === 'drained') return
      }
      throw new Error(`A network still had more after ${MOST_TURNS} polls.`)
    },
  }
}
