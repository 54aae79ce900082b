import { z } from 'zod'
import { type Contract, pageOf, paging } from '../http/contract.ts'

const At = z.iso.datetime()

/** How the installation stands: of versions, counts and times, and of no host, address or secret. */
export const System = z
  .object({
    at: At,
    version: z.string(),
    /** Of a checkout; null: this was not started from one. */
    commit: z.string().nullable(),
    node: z.string(),
    database: z.object({
      version: z.string(),
      embedded: z.boolean(),
      bytes: z.number(),
      /** `ahead`: by how many we cannot know. */
      migrations: z.object({ applied: z.number().int(), waiting: z.number().int(), newest: z.string().nullable() }),
    }),
    queue: z.object({
      kind: z.enum(['redis', 'database']),
      /** Null: it does not answer. */
      queues: z
        .array(
          z.object({
            name: z.string(),
            waiting: z.number().int(),
            active: z.number().int(),
            delayed: z.number().int(),
            /** When the one that waits longest was put there; null: none waits. */
            oldestAt: At.nullable(),
            /** Given up, and neither retried nor discarded yet. */
            failed: z.number().int(),
          }),
        )
        .nullable(),
    }),
    workers: z.array(z.object({ id: z.uuid(), version: z.string(), startedAt: At, seenAt: At, alive: z.boolean() })),
    /** When the rows were last looked through for what is due; null: not within a day. */
    sweptAt: At.nullable(),
    /** Events that readers may not see yet, because a transaction that began earlier still runs. */
    log: z.object({ newestAt: At.nullable(), heldBack: z.number().int(), heldBackSince: At.nullable() }),
    mail: z.object({ server: z.boolean(), waiting: z.number().int(), failed: z.number().int() }),
  })
  .meta({ id: 'System' })
export type System = z.infer<typeof System>

export const SystemCheck = z
  .object({
    name: z.string(),
    status: z.enum(['ok', 'warn', 'fail']),
    says: z.string(),
    /** What to do about it; null: nothing. */
    todo: z.string().nullable(),
  })
  .meta({ id: 'SystemCheck' })
export type SystemCheck = z.infer<typeof SystemCheck>

export const FailedJob = z
  .object({
    id: z.uuid(),
    queue: z.string(),
    /** Ids only, by name. */
    payload: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    attempts: z.number().int(),
    times: z.number().int(),
    error: z.string(),
    firstAt: At,
    lastAt: At,
  })
  .meta({ id: 'FailedJob' })
export type FailedJob = z.infer<typeof FailedJob>

const Id = z.object({ id: z.uuid() })
const Settled = z.object({ id: z.uuid(), settled: z.enum(['retried', 'discarded']) })

export const systemApi = {
  'GET /system': {
    summary: 'How this installation stands: versions, database, queues, workers (O5)',
    access: ['admin'],
    reply: System,
  },
  'GET /system/checks': {
    summary: 'What deputize doctor says of this installation, looked at now',
    access: ['admin'],
    reply: z.object({ at: At, checks: z.array(SystemCheck) }),
    perMinute: 30,
  },
  'GET /system/failed-jobs': {
    summary: 'Jobs that were given up, the latest first',
    access: ['admin'],
    query: z.object(paging),
    reply: pageOf(FailedJob),
  },
  'POST /system/failed-jobs/:id/retry': {
    summary: 'Have a job that was given up done again; pressed twice it is done again once',
    access: ['admin'],
    params: Id,
    reply: Settled,
  },
  'POST /system/failed-jobs/:id/discard': {
    summary: 'Take a job that was given up off the list',
    access: ['admin'],
    params: Id,
    reply: Settled,
  },
} as const satisfies Contract
