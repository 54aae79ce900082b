import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { Redis } from 'ioredis'
import { type Db, openDb } from '../src/db/client.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { serverOf } from '../src/db/embedded-server.ts'
import { migrate } from '../src/db/migrate.ts'
import type { QueueServer } from '../src/queue/backend.ts'
import { isNewEnough, postgresVersion, redisAnswers } from '../test/services/servers.ts'
import { cpuMicros, treeCpuMicros } from './measure.ts'

/** Where the product runs during a bench: an empty, migrated database of its own, and what its queues stand on. */
export type Place = {
  name: string
  url: string
  queues: QueueServer
  /** Of everything the bench puts into a shared Redis. */
  prefix: string
  db: Db
  /** CPU the servers spent on this bench so far, in µs. */
  serverCpu: () => Promise<number>
  /** Removes the database and the keys, or the whole server where it is the bench's own. */
  close: () => Promise<void>
}

const POSTGRES = process.env.BENCH_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const REDIS = process.env.BENCH_REDIS_URL ?? 'redis://127.0.0.1:6379'

/** PostgreSQL and Redis as in production; null when one of them does not answer. */
export async function production(): Promise<Place | null> {
  const version = await postgresVersion(POSTGRES)
  if (!isNewEnough(version) || !(await redisAnswers(REDIS))) return null
  const name = `deputize_bench_${process.pid}`
  await administer(`create database ${name}`)
  const url = new URL(name, POSTGRES).href
  await migrate(url)
  const { db, close } = openDb(url)
  const redis = new Redis(REDIS)
  const prefix = `bench-${process.pid}`
  return {
    name: `PostgreSQL ${version} and Redis`,
    url,
    queues: { kind: 'redis', url: REDIS },
    prefix,
    db,
    // The servers may serve others too: the sessions of our database count, and all of Redis, which does little.
    serverCpu: async () => cpuMicros(await sessionsOf(db)) + (await redisCpuMicros(redis)),
    close: async () => {
      await close()
      for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 }))
        if (keys.length > 0) await redis.del(keys)
      redis.disconnect()
      await administer(`drop database ${name} with (force)`)
    },
  }
}

/** The embedded server alone, in a temporary folder. */
export async function embedded(): Promise<Place> {
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'deputize-bench-'))
  chmodSync(dir, 0o755) // As root, the server's own account passes through it.
  const server = await startEmbedded({ dir })
  await migrate(server.url)
  const { db, close } = openDb(server.url)
  const { pid } = serverOf(join(dir, 'postgres-18', 'cluster'))! // it was started above
  return {
    name: 'embedded PostgreSQL alone',
    url: server.url,
    queues: { kind: 'postgres', url: server.url },
    prefix: 'bench',
    db,
    serverCpu: async () => treeCpuMicros(pid),
    close: async () => {
      await close()
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function administer(statement: string): Promise<void> {
  const { db, close } = openDb(POSTGRES, { max: 1 })
  try {
    await db.execute(sql.raw(statement))
  } finally {
    await close()
  }
}

async function sessionsOf(db: Db): Promise<number[]> {
  const rows = await db.execute<{ pid: number }>(
    sql`select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`,
  )
  return rows.map(({ pid }) => pid)
}

async function redisCpuMicros(redis: Redis): Promise<number> {
  const said = await redis.info('cpu')
  const seconds = [...said.matchAll(/^used_cpu_(?:user|sys):([\d.]+)/gm)].map(([, value]) => Number(value))
  return seconds.reduce((sum, one) => sum + one, 0) * 1e6
}
