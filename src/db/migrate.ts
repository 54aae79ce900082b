import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import { z } from 'zod'
import { StartError } from '../domain/errors.ts'
import { type Db, openDb } from './client.ts'

const FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url))
const LOCK = 4_600_001

const Journal = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) })

/** Migrations this version of the program knows, oldest first. */
const known = () => Journal.parse(JSON.parse(readFileSync(`${FOLDER}/meta/_journal.json`, 'utf8'))).entries

/** How the database stands to this program: `behind` needs `deputize migrate`, `ahead` needs a newer program. */
export async function schemaState(db: Db): Promise<'current' | 'behind' | 'ahead'> {
  const [table] = await db.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  )
  if (!table?.name) return 'behind'
  const [row] = await db.execute<{ newest: string | null }>(
    sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`,
  )
  const applied = Number(row?.newest ?? 0)
  const newest = known().at(-1)?.when ?? 0
  return applied > newest ? 'ahead' : applied < newest ? 'behind' : 'current'
}

/** How many migrations this database has had, how many of ours it waits for, and the newest it has, by name. */
export async function migrationsOf(db: Db): Promise<{ applied: number; waiting: number; newest: string | null }> {
  const rows = await db.execute<{ at: string }>(
    sql`select created_at::text as at from drizzle.__drizzle_migrations order by created_at`,
  )
  const newest = Number(rows.at(-1)?.at ?? 0)
  const ours = known()
  return {
    applied: rows.length,
    waiting: ours.filter(({ when }) => when > newest).length,
    newest: ours.find(({ when }) => when === newest)?.tag ?? null,
  }
}

/**
 * Brings the database up to this version. Several processes may start at once: one migrates, the others wait.
 * @throws StartError when the database was written by a newer version, or its server is too old.
 */
export async function migrate(url: string): Promise<void> {
  // One connection, so that the lock below is held by the session that migrates.
  const { db, close } = openDb(url, { max: 1 })
  try {
    await assertServer(db)
    await db.execute(sql`select pg_advisory_lock(${LOCK})`)
    if ((await schemaState(db)) === 'ahead') throw new StartError(AHEAD)
    await runMigrations(db, { migrationsFolder: FOLDER }).catch(inPlainWords)
  } finally {
    await close()
  }
}

/** For processes that may not migrate. @throws StartError naming the command to run. */
export async function assertSchema(db: Db): Promise<void> {
  const state = await schemaState(db)
  if (state === 'ahead') throw new StartError(AHEAD)
  if (state === 'behind') throw new StartError('The database is older than this program: run "deputize migrate" first.')
}

const AHEAD =
  'The database was written by a newer version of Deputize: start that version, or restore a backup made before the upgrade.'

/** What a person can mend themselves, said as such. */
function inPlainWords(error: unknown): never {
  const { code } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown }
  if (code !== '42501') throw error
  throw new StartError(
    'The user of DATABASE_URL may not make what brand isolation needs. Let an administrator of the server run, once: create role deputize_brand nologin; grant deputize_brand to <that user>;',
    { cause: error },
  )
}

async function assertServer(db: Db): Promise<void> {
  const [row] = await db.execute<{ version: string }>(sql`select current_setting('server_version_num') as version`)
  const version = Number(row?.version)
  if (version < 150_000)
    throw new StartError(
      `PostgreSQL 15 or newer is needed; the server of DATABASE_URL is ${Math.floor(version / 10_000)}.`,
    )
}
