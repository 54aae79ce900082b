import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { inject } from 'vitest'
import { type Db, openDb } from '../src/db/client.ts'

export type TestDatabase = {
  url: string
  db: Db
  /** Closes `db`, cuts off whoever else is connected, and removes the database. */
  drop: () => Promise<void>
}

/** A migrated, empty database for one test file: a copy of the run's template, about 60 ms. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = inject('server')
  const name = `deputize_test_${randomBytes(8).toString('hex')}`
  await administer(server, `create database ${name} template ${inject('template')}`)
  const url = databaseUrl(server, name)
  const { db, close } = openDb(url, { max: 4 })
  return {
    url,
    db,
    drop: async () => {
      await close()
      await administer(server, `drop database ${name} with (force)`)
    },
  }
}

/** Runs one statement of a server's administration in a connection of its own. */
export async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The URL of another database on the same server. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Resolves as soon as somebody waits for a row that another holds. @throws Error when nobody does within seconds */
export async function untilSomebodyWaits(db: Db): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const [row] = await db.execute<{ n: number }>(sql`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    if (row!.n > 0) return // a count has one row
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('nobody waits')
}
