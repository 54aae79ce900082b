import { Command, CommanderError } from 'commander'
import { type Config, readConfig } from './config.ts'
import { DomainError, StartError } from './domain/errors.ts'
import { createLogger } from './http/logging.ts'
import { VERSION } from './version.ts'

/** What every command is handed. */
export type Tools = {
  /** Read when first asked for, so that a command without configuration needs none. */
  config: () => Config
  log: () => ReturnType<typeof createLogger>
  out: (line: string) => void
  err: (line: string) => void
}

type CommandModule = { register: (program: Command, tools: Tools) => void }

/** Loaded only when its command is run: `classify` needs no server, and must not wait for one to load. */
const COMMANDS: Record<string, { summary: string; load: () => Promise<CommandModule> }> = {
  start: {
    summary: 'Everything in one process, on the embedded database unless told otherwise',
    load: () => import('./commands/start.ts'),
  },
  serve: { summary: 'The web page and the API only', load: () => import('./commands/serve.ts') },
  work: { summary: 'The workers only', load: () => import('./commands/work.ts') },
  migrate: { summary: 'Bring the database up to date', load: () => import('./commands/migrate.ts') },
  classify: {
    summary: 'Understand posts of a file or pipe, without any server',
    load: () => import('./commands/classify.ts'),
  },
  triage: {
    summary: 'Understand and route posts of a file or pipe, without any server',
    load: () => import('./commands/triage.ts'),
  },
  import: { summary: 'Take in posts of a file as history', load: () => import('./commands/import.ts') },
  replay: { summary: 'Play posts of a file as if they were written now', load: () => import('./commands/replay.ts') },
  backfill: { summary: 'Ask a source for its older posts, as history', load: () => import('./commands/backfill.ts') },
  policy: {
    summary: 'Check, compare, take out and bring in the rules',
    load: () => import('./commands/policy.ts'),
  },
  backtest: {
    summary: 'Try rules on what was decided before',
    load: () => import('./commands/backtest.ts'),
  },
  user: { summary: 'Create people, reset passwords, suspend', load: () => import('./commands/user.ts') },
  secrets: {
    summary: 'Seal what is stored anew, after SECRET has changed',
    load: () => import('./commands/secrets.ts'),
  },
  webhook: { summary: 'Send a test to a webhook or an address', load: () => import('./commands/webhook.ts') },
  beliefs: {
    summary: 'How well members are believed to answer, by skill',
    load: () => import('./commands/beliefs.ts'),
  },
  why: {
    summary: 'Why a mention went where it went, decided again',
    load: () => import('./commands/why.ts'),
  },
  doctor: { summary: 'Check this installation and say what to do', load: () => import('./commands/doctor.ts') },
}

/**
 * The command line. Exit status: 0 done, 1 done but something was bad (a line, a check), 2 nothing could run.
 * @param argv as `process.argv`
 */
export async function main(argv: string[]): Promise<number> {
  const program = new Command('deputize')
    .description('Hands each mention of a brand to the person best placed to answer it.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError()
  const tools = openTools()
  process.stdout.on('error', endQuietly)
  try {
    await register(program, argv[2], tools)
    await program.parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    return statusOf(error, tools)
  }
}

/** The command asked for with all its options; the others by name, for the help. */
async function register(program: Command, wanted: string | undefined, tools: Tools): Promise<void> {
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    if (name === wanted) (await load()).register(program, tools)
    else program.command(name).summary(summary).description(summary)
  }
}

function openTools(): Tools {
  let config: Config | null = null
  let log: ReturnType<typeof createLogger> | null = null
  const readOnce = () => {
    config ??= readConfig()
    return config
  }
  return {
    config: readOnce,
    log: () => {
      log ??= createLogger(readOnce().logLevel)
      return log
    },
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
  }
}

/** Whoever read our answer has seen enough (`| head`); anything else is an error like any other. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}

function statusOf(error: unknown, tools: Tools): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2 // its own words are printed already
  if (error instanceof StartError || error instanceof DomainError) {
    tools.err(`deputize: ${error.message}`)
    return 2
  }
  const known = plainWords(error)
  tools.err(
    known
      ? `deputize: ${known}`
      : `deputize: something went wrong that is our fault.\n${error instanceof Error ? error.stack : String(error)}`,
  )
  return 2
}

/** Failures of the surroundings that come as errors of a library, or wrapped in one. */
function plainWords(error: unknown): string | null {
  const { code, port, address, cause } = error as { code?: string; port?: number; address?: string; cause?: unknown }
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop what listens there, or set PORT to another, for example PORT=8080.`
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${address}:${port}. Is the server of DATABASE_URL or REDIS_URL running?`
  if (code === 'ENOTFOUND') return 'The host of DATABASE_URL or REDIS_URL is not known; is its name right?'
  if (code === '28P01' || code === '28000') return 'The database refused the user or password of DATABASE_URL.'
  if (code === '3D000') return 'There is no database of the name that DATABASE_URL gives; create it first.'
  return cause === undefined || cause === null ? null : plainWords(cause)
}
