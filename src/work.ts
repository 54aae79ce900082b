import { newId } from './domain/id.ts'
import { faultsFrom, hastened } from './faults.ts'
import { noteJob } from './given-up.ts'
import { mailNotices } from './people/notices/mail.ts'
import { handlers } from './pipeline.ts'
import { startWorkers, WORKER_SETTINGS, type WorkerSettings } from './queue/queues.ts'
import { sweep } from './sweep.ts'
import { forgetWorker, noteWorker } from './system/queries.ts'
import { VERSION } from './version.ts'
import type { World } from './wire.ts'

/** How often the rows are looked through for what is due; also the longest a source waits past its time. */
const PULSE_MS = 2_000
/** How often a process that works says that it is there. */
const SEEN_EVERY_MS = 10_000

type Working = { close: () => Promise<void> }

/** Starts this process's workers and its pulse. */
export function startWork(world: World, options: { pulseMs?: number; workers?: WorkerSettings } = {}): Working {
  const { db, clock, queues, log, sweepSettings } = world
  const { haste, workConcurrency: concurrency } = world.config
  const { pulseMs = PULSE_MS / haste, workers = { ...hastened(WORKER_SETTINGS, haste), concurrency } } = options
  const fault = faultsFrom(world.config.fault)
  const given = noteJob({ db, clock, log })
  const running = startWorkers(world.queueServer, handlers(world, queues, fault), log, workers, undefined, given)
  const again = (what: string, work: () => Promise<unknown>, everyMs = pulseMs) =>
    startPulse(everyMs, async () => {
      try {
        await work()
      } catch (error) {
        log.error({ err: error }, `${what} failed; it comes again`)
      }
    })
  const here = { id: newId(), version: VERSION, startedAt: clock.now() }
  let sweptAt: Date | null = null
  const sweeping = again('the sweep', async () => {
    if (await sweep({ db, clock, wake: queues.wake, log, settings: sweepSettings, fault })) sweptAt = clock.now()
  })
  const note = () => noteWorker(db, { ...here, sweptAt, at: clock.now() })
  const seen = again('saying that this process works', note, SEEN_EVERY_MS / haste)
  // Beside the sweep, which waits for no letters. Without a mail server nobody is written to, and nothing waits for one.
  const { mailServer, vault } = world
  const mailing = mailServer
    ? again('mailing notices', () => mailNotices({ db, clock, vault, baseUrl: world.config.baseUrl, log }))
    : null
  return {
    async close() {
      await Promise.all([sweeping.close(), mailing?.close(), seen.close()])
      await forgetWorker(db, here.id).catch(() => {}) // a row that stays is taken for dead soon
      await running.close()
    },
  }
}

/** Runs `beat` again and again, `everyMs` after the last one ended. Not a queue's timer: a queue may be emptied. */
function startPulse(everyMs: number, beat: () => Promise<void>): { close: () => Promise<void> } {
  let closing = false
  let timer: NodeJS.Timeout
  let running = Promise.resolve()
  const again = () => {
    running = beat().then(() => {
      if (!closing) timer = setTimeout(again, everyMs)
    })
  }
  again()
  return {
    async close() {
      closing = true
      clearTimeout(timer)
      await running
    },
  }
}
