import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { type Check, fail, ok, warn } from './check.ts'

const WEB = fileURLToPath(new URL('../../web/dist/index.html', import.meta.url))

/** The oldest Node the product is tested on; the same as `engines` in package.json. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
    ? ok('node', version)
    : fail('node', `${version} is too old`, 'Install Node 20.19 or newer.')
}

export function checkDataFolder({ dataDir, databaseUrl }: Config): Check {
  const name = 'data folder'
  if (databaseUrl !== null) return ok(name, 'not used: the database is that of DATABASE_URL')
  let nearest = dataDir
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest)
  const todo = `Set DATA_DIR to a folder this user may write, or make ${dataDir} writable.`
  if (!statSync(nearest).isDirectory()) return fail(name, `${nearest} is not a folder`, todo)
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK)
  } catch {
    return fail(name, `${nearest} cannot be written`, todo)
  }
  return ok(name, nearest === dataDir ? `${dataDir} can be written` : `${dataDir} will be made on first start`)
}

/** The secret signs sessions and seals tokens; without the one that sealed them, linked accounts are lost. */
export function checkSecret({ secret, databaseUrl, dataDir }: Config): Check {
  const name = 'secret'
  if (secret !== null) return ok(name, 'SECRET is set')
  if (databaseUrl !== null)
    return fail(
      name,
      'SECRET is not set, and DATABASE_URL is',
      'Set SECRET, the same for every process: SECRET=$(openssl rand -hex 32)',
    )
  const file = join(dataDir, 'secret')
  return existsSync(file) ? ok(name, `kept in ${file}`) : warn(name, 'none yet; made on first start', null)
}

export const checkWeb = (index = WEB): Check =>
  existsSync(index)
    ? ok('web pages', 'built')
    : warn('web pages', 'not built; the API works without', 'Run: npm run build:web')
