import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { sql } from 'drizzle-orm'
import { openDb } from '../db/client.ts'
import { migrate, schemaState } from '../db/migrate.ts'
import type { Tools } from '../main.ts'
import { findServer } from './database.ts'

/** `deputize migrate`: brings the database up to date, or with `--check` only says how it stands (O2, O3). */
export function register(program: Command, tools: Tools): void {
  program
    .command('migrate')
    .description('bring the database up to date with this version, and say what was done')
    .option('--check', 'only say how it stands; exit status 1 when it is not up to date')
    .action(async ({ check = false }: { check?: boolean }) => {
      const config = tools.config()
      if (check && config.databaseUrl === null && !existsSync(config.dataDir)) {
        tools.out('There is no database yet: it is made, up to date, on first start.')
        process.exitCode = 1
        return
      }
      const server = await findServer(config, tools.log)
      try {
        process.exitCode = await runMigrate(server.url, check, tools)
      } finally {
        await server.stop()
      }
    })
}

/** @returns the exit status. @throws StartError for a database of a newer version, or too old a server */
export async function runMigrate(url: string, check: boolean, { out }: Pick<Tools, 'out'>): Promise<0 | 1> {
  const { db, close } = openDb(url, { max: 1 })
  try {
    const before = await schemaState(db)
    if (check) {
      out(STANDS[before])
      return before === 'current' ? 0 : 1
    }
    const had = await applied()
    await migrate(url)
    const made = (await applied()) - had
    out(made === 0 ? STANDS.current : `Applied ${made} ${made === 1 ? 'migration' : 'migrations'}. ${STANDS.current}`)
    return 0
  } finally {
    await close()
  }

  async function applied(): Promise<number> {
    const [table] = await db.execute<{ there: boolean }>(
      sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
    )
    if (table?.there !== true) return 0
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
    )
    return row?.count ?? 0
  }
}

const STANDS = {
  current: 'The database is up to date.',
  behind: 'The database is older than this program: run "deputize migrate".',
  ahead: 'The database was written by a newer version of Deputize: update the program, or restore a backup.',
} as const
