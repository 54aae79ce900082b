import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../db/audit.ts'
import { type Db, inBrand } from '../db/client.ts'
import { migrationsOf } from '../db/migrate.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Person } from '../http/access.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { allBrandIds } from '../people/brands.ts'
import { type FailedJob, type System, type SystemCheck, systemApi } from './contract.ts'
import * as q from './queries.ts'
import { looksAfterAll } from './system.ts'

/** A worker says every ten seconds that it is there; one that said nothing for so long is taken for dead. */
const SILENT_MS = 45 * SECOND

type Deps = BindDeps & {
  db: Db
  clock: Clock
  version: string
  commit: string | null
  embedded: boolean
  mail: boolean
  queueKind: 'redis' | 'database'
  states: () => Promise<{ name: string; waiting: number; active: number; delayed: number; oldestAt: Date | null }[]>
  /** What `deputize doctor` says, without addresses. */
  examine: () => Promise<SystemCheck[]>
  /** Puts a job that was given up on its queue again, and says whether that took it. Null: it cannot be read. */
  wakerOf: (queue: string, payload: FailedJob['payload']) => (() => Promise<boolean>) | null
}

/** The page of the installation, for those who look after all brands on it. */
export function systemRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, examine, wakerOf } = deps
  /** @throws DomainError `forbidden` */
  const admitted = async (me: Person): Promise<string[]> => {
    const brands = await allBrandIds(db)
    if (looksAfterAll(me, brands)) return brands
    throw new DomainError(
      'forbidden',
      'Other brands share this installation, and this page is about all of it: it opens for whoever is an admin of each. Whoever runs it sees the same with “deputize doctor”.',
    )
  }
  const settle = async (settled: 'retried' | 'discarded', id: string, caller: { me: Person; brandId: string }) => {
    const brands = await admitted(caller.me)
    const at = clock.now()
    await db.transaction(async (tx) => {
      const job = await q.settleJob(tx, id, settled, at)
      if (!job) throw new DomainError('not-found', 'There is no such job on the list any more.')
      if (job.settled !== settled) throw new DomainError('conflict', `It was ${job.settled} already.`)
      // Also on the second press: the first may have ended before it woke anybody, and a job that comes twice does no harm.
      if (settled === 'retried') await wakeNow(wakerOf(job.queue, job.payload))
      if (!job.first) return
      const { brandId } = job.payload
      const audited = typeof brandId === 'string' && brands.includes(brandId) ? brandId : caller.brandId
      const details = { queue: job.queue }
      await inBrand(tx, audited, (own) =>
        writeAudit(own, { actor: caller.me.userId, act: `job.${settled}`, target: id, details, at }),
      )
    })
    return { id, settled }
  }
  bind(
    app,
    systemApi,
    {
      'GET /system': async ({ me }) => {
        await admitted(me)
        return system(deps)
      },
      'GET /system/checks': async ({ me }) => {
        await admitted(me)
        return { at: clock.now().toISOString(), checks: await examine() }
      },
      'GET /system/failed-jobs': async ({ me, query: { cursor, limit } }) => {
        await admitted(me)
        const after = cursor === undefined ? null : fromTimeCursor(cursor)
        const rows = await q.failedJobs(db, after, limit + 1)
        return toPage(rows, limit, ({ lastAt, id }) => ({ key: lastAt, id }))
      },
      'POST /system/failed-jobs/:id/retry': ({ params: { id }, me, brandId }) => settle('retried', id, { me, brandId }),
      'POST /system/failed-jobs/:id/discard': ({ params: { id }, me, brandId }) =>
        settle('discarded', id, { me, brandId }),
    },
    deps,
  )
}

/**
 * Within the transaction that settles the job, so that one nobody was woken for stays on the list.
 * @throws DomainError `conflict`, `unavailable`
 */
async function wakeNow(wake: ReturnType<Deps['wakerOf']>): Promise<void> {
  if (wake === null)
    throw new DomainError('conflict', 'This can only be discarded: what it was asked to do cannot be read.')
  if (!(await wake())) throw new DomainError('unavailable', 'The queue does not answer; press again.')
}

async function system(deps: Deps): Promise<System> {
  const { db, clock, version, commit, embedded, mail, queueKind } = deps
  const now = clock.now()
  const failed = await q.failedCounts(db)
  const workers = await q.workers(db)
  const sweeps = workers.flatMap(({ sweptAt }) => (sweptAt === null ? [] : [sweptAt])).sort()
  return {
    ...{ at: now.toISOString(), version, commit, node: process.version },
    database: { ...(await q.serverFacts(db)), embedded, migrations: await migrationsOf(db) },
    queue: { kind: queueKind, queues: await queuesNow(deps, failed) },
    workers: workers.map(({ sweptAt: _, ...worker }) => ({
      ...worker,
      alive: now.getTime() - Date.parse(worker.seenAt) < SILENT_MS,
    })),
    sweptAt: sweeps.at(-1) ?? null,
    log: await q.logFacts(db),
    mail: { server: mail, ...(await q.mailFacts(db)) },
  }
}

/** Null: the queue's server does not answer. */
async function queuesNow({ states }: Deps, failed: Map<string, number>): Promise<System['queue']['queues']> {
  try {
    return (await states()).map(({ oldestAt, ...state }) => ({
      ...state,
      oldestAt: oldestAt?.toISOString() ?? null,
      failed: failed.get(state.name) ?? 0,
    }))
  } catch {
    return null
  }
}
