import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { type Check, fail, ok, warn, wordsOf } from '../doctor/check.ts'
import { checkDatabase, type Found, lookForServer } from '../doctor/database.ts'
import { type BrandTerms, limitLines, networkRows, networks, networksUnder } from '../doctor/networks.ts'
import { checkDataFolder, checkNode, checkSecret, checkWeb } from '../doctor/place.ts'
import { checkQueue } from '../doctor/queue.ts'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import { columns } from './columns.ts'

type Options = { json?: boolean; start?: boolean }

/** `deputize doctor`: looks at everything an installation rests on, and says what to do (O2). */
export function register(program: Command, tools: Tools): void {
  program
    .command('doctor')
    .description('check this installation and say what to do; exit status 1 when something failed')
    .option('--json', 'one JSON object, for programs')
    .option('--start', 'start the embedded database when it does not run, to look at it as well')
    .action(async (options: Options) => {
      process.exitCode = await runDoctor(options, tools)
    })
}

/** Changes nothing. @returns the exit status: 1 when something failed, else 0 */
export async function runDoctor(
  { json = false, start = false }: Options,
  { config, out }: Pick<Tools, 'config' | 'out'>,
  now: () => Date = () => new Date(),
): Promise<0 | 1> {
  const { checks, brands } = await examine(config, start, now)
  const own = brands.map((one) => ({ brand: one.brand, networks: networksUnder(one) }))
  if (json) out(JSON.stringify({ checks, networks: networks(), brands: own }))
  else {
    for (const line of columns(checks.map(({ status, name, says }) => [MARKS[status], name, says]))) out(line)
    for (const { name, todo } of checks) if (todo !== null) out(`\n${name}: ${todo}`)
    out('')
    for (const line of columns(networkRows(brands))) out(line)
    out('')
    for (const line of limitLines()) out(line)
  }
  return checks.some(({ status }) => status === 'fail') ? 1 : 0
}

const MARKS = { ok: 'ok', warn: 'WARN', fail: 'FAIL' } as const

/** `brands`: those with terms of their own, as far as a database says. */
type Examined = { checks: Check[]; brands: BrandTerms[] }

async function examine(readConfig: () => Config, start: boolean, now: () => Date): Promise<Examined> {
  const checks = [checkNode(process.version)]
  let config: Config
  try {
    config = readConfig()
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    const todo = 'Mend what is named; .env.example lists every variable.'
    return {
      checks: [...checks, fail('configuration', error.message.replaceAll('\n', ' '), todo), checkWeb()],
      brands: [],
    }
  }
  checks.push(ok('configuration', 'can be used'), checkDataFolder(config), checkSecret(config), checkWeb())
  const database = await examineDatabase(config, start, now)
  return { ...database, checks: [...checks, ...database.checks, await checkQueue(config.redisUrl)] }
}

async function examineDatabase(config: Config, start: boolean, now: () => Date): Promise<Examined> {
  let server: Found | null
  try {
    server = await lookForServer(config, start)
  } catch (error) {
    return { checks: [fail('database', wordsOf(error))], brands: [] }
  }
  if (!server) {
    const todo = 'deputize start runs it; deputize doctor --start looks at it now.'
    return {
      checks: [warn('database', 'the embedded database does not run, so it was not looked at', todo)],
      brands: [],
    }
  }
  try {
    return await checkDatabase(server.url, now)
  } finally {
    await server.stop()
  }
}
