import { type Job, type Queue, UnrecoverableError, type Worker } from 'bullmq'
import { type Backend, openBackend, type QueueServer } from './backend.ts'
import { type Handlers, JOB_NAMES, JOBS, type JobName, type Payload } from './jobs.ts'

type Log = { warn: (about: object, message: string) => void; error: (about: object, message: string) => void }

export type Queues = {
  /**
   * Wakes a worker. Never throws: when the queue is away the rows still say what is due, and the sweep wakes again.
   * @returns whether the queue took it
   */
  wake: <N extends JobName>(name: N, payload: Payload<N>) => Promise<boolean>
  /** Jobs by queue and state, for metrics. */
  depth: () => Promise<Record<JobName, Record<string, number>>>
  /** The same for people, with when the job that waits longest was put there; null: none waits. */
  states: () => Promise<{ name: JobName; waiting: number; active: number; delayed: number; oldestAt: Date | null }[]>
  /** Resolves when the server answers; rejects otherwise. */
  ping: () => Promise<void>
  close: () => Promise<void>
}

/** A queue that has not answered in this time is away; it is not asked again for a while. */
const PATIENCE_MS = 2_000
const LEFT_ALONE_MS = 5_000

export function openQueues(server: QueueServer, log: Log, prefix = 'deputize'): Queues {
  const backend = openBackend(server)
  const queues = mapJobs((name) => openQueue(backend, name, prefix, log))
  let awayUntilMs = 0
  return {
    async wake(name, payload) {
      if (performance.now() < awayUntilMs) return false
      try {
        const jobId = JOBS[name].key(payload as never) // key and payload belong to one name
        await inTime(queues[name].add(name, payload, { jobId }))
        return true
      } catch (error) {
        awayUntilMs = performance.now() + LEFT_ALONE_MS
        log.warn({ err: error, queue: name }, 'could not wake a worker; the sweep will')
        return false
      }
    },
    async depth() {
      const counts = await Promise.all(
        JOB_NAMES.map((name) => inTime(queues[name].getJobCounts('waiting', 'active', 'delayed', 'failed'))),
      )
      return mapJobs((name) => counts[JOB_NAMES.indexOf(name)] ?? {})
    },
    states: () => Promise.all(JOB_NAMES.map((name) => inTime(stateOf(name, queues[name])))),
    async ping() {
      await inTime(queues.poll.getJobCounts('waiting'))
    },
    async close() {
      await Promise.allSettled(JOB_NAMES.map((name) => inTime(queues[name].close())))
      await backend.close()
    },
  }
}

async function stateOf(name: JobName, queue: Queue) {
  const [{ waiting = 0, active = 0, delayed = 0 }, [oldest]] = await Promise.all([
    queue.getJobCounts('waiting', 'active', 'delayed'),
    queue.getJobs(['waiting'], 0, 0, true),
  ])
  return { name, waiting, active, delayed, oldestAt: oldest ? new Date(oldest.timestamp) : null }
}

function openQueue(backend: Backend, name: JobName, prefix: string, log: Log): Queue {
  const queue = backend.queue(name, {
    prefix,
    // A job kept after its end would swallow every later one with its key; failures are written on the row.
    defaultJobOptions: {
      removeOnComplete: true,
      removeOnFail: true,
      attempts: 3,
      backoff: { type: 'exponential', delay: 500 },
    },
  })
  queue.on('error', (error) => log.warn({ err: error, queue: name }, 'queue error'))
  return queue
}

export type WorkerSettings = {
  /** A worker that says nothing for so long is taken for dead, and its job goes to another. */
  lockMs: number
  stalledCheckMs: number
  /** Jobs of each queue that this process works on at once. */
  concurrency: number
}

export const WORKER_SETTINGS: WorkerSettings = { lockMs: 30_000, stalledCheckMs: 10_000, concurrency: 4 }

/** A job that was given up after its last attempt. `payload` is what it held, which may be malformed. */
export type GivenUpJob = { queue: JobName; key: string; payload: unknown; attempts: number; error: Error }

/** Starts one worker a queue. `close` lets running jobs end, then lets go; after `graceMs` they are told to stop. */
export function startWorkers(
  server: QueueServer,
  handlers: Handlers,
  log: Log,
  settings: WorkerSettings = WORKER_SETTINGS,
  prefix = 'deputize',
  onGivenUp: (job: GivenUpJob) => void = () => {},
): { close: (graceMs?: number) => Promise<void> } {
  const backend = openBackend(server)
  const stop = new AbortController()
  const deps = { backend, log, settings, prefix, onGivenUp, signal: stop.signal }
  const workers = JOB_NAMES.map((name) => startWorker(name, handlers, deps))
  return {
    async close(graceMs = 10_000) {
      const timer = setTimeout(() => stop.abort(), graceMs)
      await Promise.allSettled(workers.map((worker) => worker.close()))
      clearTimeout(timer)
      await backend.close()
    },
  }
}

type WorkerDeps = {
  backend: Backend
  log: Log
  settings: WorkerSettings
  prefix: string
  onGivenUp: (job: GivenUpJob) => void
  signal: AbortSignal
}

function startWorker<N extends JobName>(name: N, handlers: Handlers, deps: WorkerDeps): Worker {
  const { backend, log, settings, prefix, onGivenUp, signal } = deps
  const run = async (job: Job) => {
    const parsed = JOBS[name].payload.safeParse(job.data)
    // Trying again cannot mend a malformed payload.
    if (!parsed.success) throw new UnrecoverableError(malformed(name, parsed.error.issues))
    await handlers[name](parsed.data as Payload<N>, signal) // parsed by the schema of the same name
  }
  const worker = backend.worker(name, run, {
    prefix,
    concurrency: settings.concurrency,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledCheckMs,
    // The default of 1 gave up on jobs of killed workers; what a poison row costs is counted on the row.
    maxStalledCount: 100,
  })
  worker.on('failed', (job, error) => {
    log.error({ err: error, queue: name, job: job?.id, attempt: job?.attemptsMade }, 'job failed')
    if (job?.id === undefined) return
    const isLast = error instanceof UnrecoverableError || job.attemptsMade >= (job.opts.attempts ?? 1)
    if (isLast) onGivenUp({ queue: name, key: job.id, payload: job.data, attempts: job.attemptsMade, error })
  })
  worker.on('error', (error) => log.warn({ err: error, queue: name }, 'worker error'))
  return worker
}

/** In a line, by the names of what is wrong and nothing of what stands there. */
const malformed = (name: JobName, issues: readonly { path: PropertyKey[] }[]): string =>
  `${name}: what it holds cannot be read (${issues.map(({ path }) => path.join('.') || 'all').join(', ')})`

/** BullMQ waits for its server for ever; nobody here does. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The queue did not answer in time.')), PATIENCE_MS)
  })
  work.catch(() => {}) // it may still fail once nobody waits for it
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const mapJobs = <T>(value: (name: JobName) => T) =>
  Object.fromEntries(JOB_NAMES.map((name) => [name, value(name)])) as Record<JobName, T> // one entry a name
