import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/domain/id.ts'
import type { QueueServer } from '../../src/queue/backend.ts'
import type { Handlers } from '../../src/queue/jobs.ts'
import { type GivenUpJob, openQueues, startWorkers } from '../../src/queue/queues.ts'
import { freshDatabase } from '../database.ts'

/** The same suite on both servers: PostgreSQL here, Redis as well where TEST_REDIS_URL names one. */
const quiet = { warn: () => {}, error: () => {} }
const nothing = async () => {}
const idle: Handlers = {
  poll: nothing,
  triage: nothing,
  send: nothing,
  outcome: nothing,
  recheck: nothing,
  backfill: nothing,
  backtest: nothing,
  mail: nothing,
  webhook: nothing,
}

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const redis = process.env.TEST_REDIS_URL
const servers: [string, () => QueueServer][] = [
  ['PostgreSQL', () => ({ kind: 'postgres', url: database.url })],
  ...(redis ? [['Redis', () => ({ kind: 'redis', url: redis })] as [string, () => QueueServer]] : []),
]

/** Resolves once `done` says so; the workers call `look` after each job. */
function until(done: () => boolean) {
  let finish = () => {}
  const reached = new Promise<void>((resolve) => {
    finish = resolve
  })
  return { reached, look: () => void (done() && finish()) }
}

describe.each(servers)('the queues on %s', (_name, server) => {
  const prefix = `test-${newId()}`
  const brandId = newId()

  it('wake a worker once for one row woken many times before it ran', async () => {
    const queues = openQueues(server(), quiet, prefix)
    const [twice, once] = [newId(), newId()]
    for (const replyId of [twice, twice, twice, once])
      expect(await queues.wake('send', { brandId, replyId })).toBe(true)
    const seen: string[] = []
    const { reached, look } = until(() => seen.includes(once))
    const workers = startWorkers(
      server(),
      {
        ...idle,
        send: async ({ replyId }) => {
          seen.push(replyId)
          look()
        },
      },
      quiet,
      undefined,
      prefix,
    )
    await reached
    await workers.close()
    expect(seen.sort()).toEqual([twice, once].sort())
    await queues.close()
  })

  it('may wake the same row again once the job has ended, failed or not', async () => {
    const queues = openQueues(server(), quiet, prefix)
    const sourceId = newId()
    let runs = 0
    let target = until(() => runs >= 3)
    const workers = startWorkers(
      server(),
      {
        ...idle,
        poll: async () => {
          runs++
          target.look()
          if (runs <= 3) throw new Error('the network is away')
        },
      },
      quiet,
      undefined,
      prefix,
    )
    await queues.wake('poll', { brandId, sourceId })
    await target.reached // three attempts, all failed
    target = until(() => runs >= 4)
    // The failed job is removed a moment after its last attempt: woken until it is taken, as the sweep does.
    const again = setInterval(() => void queues.wake('poll', { brandId, sourceId }), 50)
    await target.reached
    clearInterval(again)
    await workers.close()
    await queues.close()
    expect(runs).toBeGreaterThanOrEqual(4)
  })

  it('carries pages of at most 100 mentions, and says which job a malformed payload was', async () => {
    const errors: string[] = []
    const queues = openQueues(server(), quiet, prefix)
    const { reached, look } = until(() => errors.length > 0)
    const log = {
      ...quiet,
      error: (about: object) => {
        errors.push(String((about as { err: Error }).err.message))
        look()
      },
    }
    const workers = startWorkers(server(), idle, log, undefined, prefix)
    await queues.wake('triage', { brandId, mentionIds: Array.from({ length: 101 }, () => newId()) })
    await reached
    await workers.close()
    await queues.close()
    expect(errors[0]).toBe('triage: what it holds cannot be read (mentionIds)')
    expect(errors).toHaveLength(1) // trying again could not mend it
  })

  it('answer how deep they are', async () => {
    const queues = openQueues(server(), quiet, `${prefix}-depth`)
    await queues.ping()
    await queues.wake('triage', { brandId, mentionIds: [newId()] })
    expect((await queues.depth()).triage).toMatchObject({ waiting: 1, active: 0 })
    await queues.close()
  })
})

it('a producer does not wait for a queue that is away: the sweep will wake again', async () => {
  const queues = openQueues({ kind: 'redis', url: 'redis://127.0.0.1:1' }, quiet)
  expect(await queues.wake('send', { brandId: newId(), replyId: newId() })).toBe(false)
  await queues.close()
})

describe.each(servers)('a job given up on %s', (_name, server) => {
  it('is told once, after its last attempt, with what it held; what waits is told with its age', async () => {
    const prefix = `test-${newId()}`
    const queues = openQueues(server(), quiet, prefix)
    const payload = { brandId: newId(), sourceId: newId() }
    const before = Date.now()
    await queues.wake('poll', payload)
    const waiting = (await queues.states()).find(({ name }) => name === 'poll')
    expect(waiting).toMatchObject({ waiting: 1, active: 0 })
    expect(waiting?.oldestAt?.getTime()).toBeGreaterThanOrEqual(before - 1_000)
    let runs = 0
    const told: GivenUpJob[] = []
    const { reached, look } = until(() => told.length > 0)
    const poll = async () => {
      runs++
      throw new Error('no luck')
    }
    const workers = startWorkers(server(), { ...idle, poll }, quiet, undefined, prefix, (job) => {
      told.push(job)
      look()
    })
    await reached
    await workers.close()
    expect([runs, told]).toMatchObject([3, [{ queue: 'poll', payload, attempts: 3, key: payload.sourceId }]])
    expect((await queues.states()).every(({ oldestAt }) => oldestAt === null)).toBe(true)
    await queues.close()
  })
})
