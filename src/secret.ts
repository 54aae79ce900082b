import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { StartError } from './domain/errors.ts'

/**
 * The installation's secret: from the environment, or kept in the data folder beside the embedded database, made on
 * first start. It signs sessions and seals tokens, so it is never stored in the database it protects.
 * @throws StartError in production without SECRET, where several processes must share one
 */
export async function secretOf(config: Config): Promise<string> {
  if (config.secret !== null) return config.secret
  if (config.databaseUrl !== null)
    throw new StartError(
      'SECRET is needed with DATABASE_URL, the same for every process; for example: SECRET=$(openssl rand -hex 32)',
    )
  const file = join(config.dataDir, 'secret')
  await mkdir(config.dataDir, { recursive: true })
  try {
    // 'wx': of two processes that start at once one writes, the other reads.
    await writeFile(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return (await readFile(file, 'utf8')).trim()
}
