import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { type Db, openDb } from '../db/client.ts'
import { startEmbedded } from '../db/embedded.ts'
import { assertSchema, migrate } from '../db/migrate.ts'
import { brand } from '../db/schema/brand.ts'
import { StartError } from '../domain/errors.ts'
import { type Brand, brandBySlug } from '../people/brands.ts'

/** Who acted, in the audit and the event log, when it was somebody at a terminal. */
export const COMMAND_LINE = 'command line'

export type DatabaseServer = { url: string; stop: () => Promise<void> }

/** The database's server: that of DATABASE_URL, or the embedded one, which is left running when it ran before. */
export async function findServer(config: Config, log: () => Logger): Promise<DatabaseServer> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, stop: async () => {} }
  const server = await startEmbedded({ dir: config.dataDir, onLog: (line) => log().info(line) })
  return { url: server.url, stop: async () => (server.adopted ? undefined : server.stop()) }
}

/** Runs a command's work on an up-to-date database and lets go of it, however the work ends. */
export async function withDatabase<T>(config: Config, log: () => Logger, work: (db: Db) => Promise<T>): Promise<T> {
  const server = await findServer(config, log)
  try {
    if (config.autoMigrate) await migrate(server.url)
    const { db, close } = openDb(server.url, { max: 4 })
    try {
      if (!config.autoMigrate) await assertSchema(db)
      return await work(db)
    } finally {
      await close()
    }
  } finally {
    await server.stop()
  }
}

/** @throws StartError that lists the brands there are */
export async function brandNamed(db: Db, slug: string): Promise<Brand> {
  const found = await brandBySlug(db, slug)
  if (found) return found
  const known = await db.select({ slug: brand.slug }).from(brand).orderBy(brand.slug).limit(50)
  throw new StartError(
    known.length > 0
      ? `There is no brand “${slug}”. Brands here: ${known.map((row) => row.slug).join(', ')}.`
      : `There is no brand “${slug}”, nor any other yet. Make one with its first person: deputize user create --brand ${slug} --new-brand "Its name" --role admin --email … --name …`,
  )
}
