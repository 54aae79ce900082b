import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { pushedDay, takesAll } from './push-chaos.ts'
import { discoursePusher, type Pusher, webhookPusher } from './pushers.ts'

/** The same day at each sender; `CHAOS_DAYS=50` is a longer look, `CHAOS_SEED` other days. A failure prints the seed it had. */
const days = Number(process.env.CHAOS_DAYS ?? 1)
const seed = Number(process.env.CHAOS_SEED ?? 63)

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())

const PUSHERS: [string, () => Promise<Pusher>][] = [
  ['a webhook', () => webhookPusher(test)],
  ['a forum', () => discoursePusher(test)],
]

describe('a day of 200 ticks of pushes (63, L3, L7, I1)', () => {
  it.each(PUSHERS)(
    'of %s leaves what stands there, whatever came late, twice, at once, or to a process that died',
    async (_name, open) => {
      await fc.assert(
        fc.asyncProperty(pushedDay, async (day) => takesAll(test, await open(), day)),
        { numRuns: days, endOnFailure: true, seed },
      )
    },
    days * 180_000,
  )
})
