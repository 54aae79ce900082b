import type { Config } from './config.ts'
import type { Check } from './doctor/check.ts'
import { checkDatabase } from './doctor/database.ts'
import { checkDataFolder, checkNode, checkSecret, checkWeb } from './doctor/place.ts'
import { checkQueue } from './doctor/queue.ts'
import { plainError } from './system/system.ts'

/** What `deputize doctor` looks at, asked by a process that serves, and told without paths, hosts and addresses. */
export async function examineHere(config: Config, databaseUrl: string): Promise<Check[]> {
  const [{ checks }, queue] = await Promise.all([
    checkDatabase(databaseUrl, () => new Date()),
    checkQueue(config.redisUrl),
  ])
  const place = [checkNode(process.version), checkDataFolder(config), checkSecret(config), checkWeb()]
  return [...place, ...checks, queue].map((check) => shown(check, config))
}

const WHERE = new Set(['data folder', 'secret'])

function shown(check: Check, { dataDir }: Config): Check {
  const hidden = (words: string) => words.replaceAll(dataDir, 'DATA_DIR')
  const says = WHERE.has(check.name) ? hidden(check.says) : check.status === 'ok' ? check.says : plainError(check.says)
  return { ...check, says, todo: check.todo === null ? null : hidden(check.todo) }
}
