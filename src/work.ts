import { faultsFrom, hastened } from './faults.ts'
import { mailNotices } from './people/notices/mail.ts'
import { handlers } from './pipeline.ts'
import { startWorkers, WORKER_SETTINGS, type WorkerSettings } from './queue/queues.ts'
import { sweep } from './sweep.ts'
import type { World } from './wire.ts'

/** How often the rows are looked through for what is due; also the longest a source waits past its time. */
const PULSE_MS = 2_000

type Working = { close: () => Promise<void> }

/** Starts this process's workers and its pulse. */
export function startWork(world: World, options: { pulseMs?: number; workers?: WorkerSettings } = {}): Working {
  const { db, clock, queues, log, sweepSettings } = world
  const { haste, workConcurrency: concurrency } = world.config
  const { pulseMs = PULSE_MS / haste, workers = { ...hastened(WORKER_SETTINGS, haste), concurrency } } = options
  const fault = faultsFrom(world.config.fault)
  const running = startWorkers(world.queueServer, handlers(world, queues, fault), log, workers)
  const again = (what: string, work: () => Promise<unknown>) =>
    startPulse(pulseMs, async () => {
      try {
        await work()
      } catch (error) {
        log.error({ err: error }, `${what} failed; it comes again`)
      }
    })
  const sweeping = again('the sweep', () =>
    sweep({ db, clock, wake: queues.wake, log, settings: sweepSettings, fault }),
  )
  // Beside the sweep, which waits for no letters. Without a mail server nobody is written to, and nothing waits for one.
  const { mailServer, vault } = world
  const mailing = mailServer
    ? again('mailing notices', () => mailNotices({ db, clock, vault, baseUrl: world.config.baseUrl, log }))
    : null
  return {
    async close() {
      await Promise.all([sweeping.close(), mailing?.close()])
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
