import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { openWorld } from '../../src/wire.ts'
import { startWork } from '../../src/work.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aCast, type Cast, counts, environment } from '../world.ts'
import { assertInvariants, assertNetwork } from './invariants.ts'
import { answerSome } from './members.ts'
import { aNetwork, type TestNetwork } from './network.ts'
import { aText, draws, seed, withSeed } from './texts.ts'

const STOPS = 5

let test: TestDatabase
let network: TestNetwork
let cast: Cast
beforeAll(async () => {
  test = await freshDatabase()
  network = await aNetwork(systemClock)
  cast = await aCast(test.db, systemClock, network, { capacity: 1_000, pollEverySeconds: 1 })
})
afterAll(async () => {
  await network.close()
  await test.drop()
})

/** Everything that works, opened as `deputize work` opens it, with its queues in the database. */
async function start(): Promise<() => Promise<void>> {
  const config = readConfig({ ...environment(test.url), DEPUTIZE_HASTE: '20' })
  const world = await openWorld(config, pino({ level: 'silent' }), { owner: false })
  const working = startWork(world)
  return async () => {
    await working.close()
    await world.close()
  }
}

const until = async (there: () => Promise<boolean>) => {
  for (const from = Date.now(); !(await there()); ) {
    if (Date.now() - from > 60_000)
      throw new Error(`not there after a minute: ${JSON.stringify(await counts(test.db))}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('stopping and starting again', () => {
  it(`loses nothing and repeats nothing, ${STOPS} times with work in flight (I1, I3)`, async () => {
    const draw = draws(seed)
    for (let n = 0; n < STOPS; n++) {
      const stop = await start()
      for (let post = 0; post < 30; post++) await network.postAs(`author${draw(9)}`, aText(draw))
      const before = network.answers().size
      await answerSome(test.db, cast, 10, systemClock)
      // It is stopped while it works: as soon as some of this has begun, wherever the rest then is.
      await until(async () => {
        const { mentions } = await counts(test.db)
        return network.answers().size > before || (n === 0 && Object.keys(mentions).length > 0)
      })
      await stop()
    }
    const stop = await start()
    await answerSome(test.db, cast, 10, systemClock)
    await until(async () => {
      const { mentions, replies } = await counts(test.db)
      const stored = Object.values(mentions).reduce((sum, count) => sum + count, 0)
      const moving = (mentions.new ?? 0) + (mentions.triaged ?? 0) + (replies.queued ?? 0) + (replies.sending ?? 0)
      return stored === STOPS * 30 && moving === 0
    })
    await stop()
    expect((await counts(test.db)).replies.sent, withSeed).toBeGreaterThan(STOPS)
    await assertInvariants(test.db, undefined, withSeed)
    await assertNetwork(test.db, network, withSeed)
  }, 180_000)
})
