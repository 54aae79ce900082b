import { describe, expect, it } from 'vitest'
import { BURSTY, type Poller, race } from '../../bench/bursts.ts'
import type { Connector } from '../../connectors/connector.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { drain, ids } from './stage.ts'

/** One connector, its cursor kept as the core keeps it. */
function listening(connector: Connector): Poller {
  const heard = new Set<string>()
  let cursor: string | null = null
  return {
    poll: async () => {
      const found = await drain(connector, cursor, 200)
      cursor = found.cursor
      for (const id of ids(found.changes)) heard.add(id)
    },
    heard: async () => heard,
  }
}

const LATE = 3 * MINUTE
/** How late each post of a minute is found: two quiet ones, a burst of more than a page of X at any moment, quiet again. */
const SCHEDULE = [[0, LATE, 0], [0], Array.from({ length: 230 }, () => 0), [0, 0], [0], []]

describe('a burst longer than a page, and a post that is found late (L3)', () => {
  it.each(Object.entries(BURSTY))(
    'lose nothing on %s, where keeping the newest id does',
    async (_, open) => {
      const network = await open()
      try {
        const { made, lostByPlain, lostByOurs } = await race(network, SCHEDULE, listening(network.connector()))
        expect(lostByOurs).toEqual([])
        expect(lostByPlain).toContain(made[1])
        expect(lostByPlain.filter((id) => id !== made[1])).not.toEqual([])
      } finally {
        await network.close()
      }
    },
    60_000,
  )
})
