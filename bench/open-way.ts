import { randomUUID } from 'node:crypto'
import { systemClock } from '../src/domain/clock.ts'
import { noFaults } from '../src/domain/fault.ts'
import { runPoll } from '../src/ingest/poll.ts'
import { openKits } from '../src/kit.ts'
import { openRoster } from '../src/match/roster.ts'
import { wakeTriage } from '../src/pipeline.ts'
import { PAGE } from '../src/queue/jobs.ts'
import { openQueues, startWorkers } from '../src/queue/queues.ts'
import { runTriage } from '../src/triage.ts'
import type { Place } from './places.ts'
import type { manyPosts } from './posts.ts'
import { pagesOf } from './stage.ts'

const log = { warn: () => {}, error: (about: object, message: string) => console.error(message, about) }

/** The way of a mention in this process: the poll that stores, the queue that wakes, the worker that triages. */
export function openWay({ db, queues: server, prefix }: Place) {
  const kits = openKits(db)
  const queues = openQueues(server, log, prefix)
  const triage = runTriage({ db, clock: systemClock, kits, roster: openRoster(systemClock), fault: noFaults })
  const nothing = async () => {}
  let work: (page: { brandId: string; mentionIds: string[] }) => Promise<void> = triage
  let left = 0
  let done = () => {}
  const workers = startWorkers(
    server,
    {
      ...{ poll: nothing, send: nothing, outcome: nothing, recheck: nothing, backfill: nothing, backtest: nothing },
      mail: nothing,
      webhook: nothing,
      triage: async (page) => {
        await work(page)
        left -= page.mentionIds.length
        if (left === 0) done()
      },
    },
    log,
    undefined,
    prefix,
  )
  const until = (mentions: number) =>
    new Promise<void>((resolve) => {
      left = mentions
      done = resolve
    })
  return {
    /** Resolves once every post was stored, judged, matched and offered or sent to staff. */
    async take(sourceId: string, posts: ReturnType<typeof manyPosts>) {
      work = triage
      const all = until(posts.length)
      const page = pagesOf(posts)
      let drained = false
      const poll = async (input: { cursor: string | null }) => {
        const next = await page(input)
        drained = next.state === 'drained'
        return next
      }
      const readOn = runPoll({
        ...{ db, clock: systemClock, random: Math.random, fault: noFaults, wake: wakeTriage(queues), log: console },
        connectorOf: () => ({ poll }) as never, // a poll asks nothing else of a connector
        brandOf: async (id) => (await kits.of(id)).brand,
      })
      const unending = new AbortController().signal
      while (!drained) await readOn({ sourceId }, unending)
      await all
    },
    /** As many ids through the same queue to a worker that does nothing with them. */
    async idle(mentions: number) {
      work = nothing
      const all = until(mentions)
      const brandId = randomUUID()
      for (let n = 0; n < mentions; n += PAGE)
        await queues.wake('triage', { brandId, mentionIds: Array.from({ length: PAGE }, () => randomUUID()) })
      await all
    },
    async close() {
      await workers.close()
      await queues.close()
    },
  }
}
