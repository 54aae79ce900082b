import type { Db } from './db/client.ts'
import { wordsOf } from './doctor/check.ts'
import type { Clock } from './domain/clock.ts'
import type { GivenUpJob } from './queue/queues.ts'
import { noteGivenUp } from './system/queries.ts'
import { plainError } from './system/system.ts'

type Deps = { db: Db; clock: Clock; log: { error: (about: object, message: string) => void } }

/** Writes down a job that was given up, for admins to look at; a database that is away costs that line and nothing else. */
export const noteJob =
  ({ db, clock, log }: Deps) =>
  ({ queue, key, payload, attempts, error }: GivenUpJob): void => {
    const row = { queue, key, payload: idsOf(payload), attempts, error: plainError(wordsOf(error)), at: clock.now() }
    noteGivenUp(db, row).catch((err: unknown) =>
      log.error({ err, queue, key }, 'a job given up could not be written down'),
    )
  }

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)

/** Of what a job held, only what is ids. */
function idsOf(payload: unknown): Record<string, string | string[]> {
  if (typeof payload !== 'object' || payload === null) return {}
  return Object.fromEntries(
    Object.entries(payload).filter(([, value]) => isId(value) || (Array.isArray(value) && value.every(isId))),
  )
}
