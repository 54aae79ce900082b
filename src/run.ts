import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { DEMO_PASSWORD, demoAccounts } from './demo/content.ts'
import { StartError } from './domain/errors.ts'
import { openWorld, type World } from './wire.ts'
import { startWork } from './work.ts'

// What serves people is loaded by those who serve: a worker starts in half the time without it.

type Say = (line: string) => void
type Closing = { close: () => Promise<unknown> }

/** Everything in one process: the demo, the web, the workers. Resolves once it serves; ends on a signal. */
export async function runStart(config: Config, log: Logger, say: Say): Promise<void> {
  const [{ buildApp }, { openDemo }] = await Promise.all([import('./app.ts'), import('./demo/demo.ts')])
  const world = await openWorld(config, log, { owner: true })
  const opened: Closing[] = [world]
  try {
    const demo = config.demo ? await openDemo(world) : null
    if (demo) opened.unshift(demo)
    const app = await buildApp(world, demo)
    opened.unshift(app)
    await app.listen({ port: config.port, host: config.host })
    opened.unshift(startWork(world))
  } catch (error) {
    await closeAll(opened)
    throw error
  }
  endOnSignal(opened, log)
  say(welcome(world))
}

export async function runServe(config: Config, log: Logger, say: Say): Promise<void> {
  const { buildApp } = await import('./app.ts')
  const world = await openWorld(shared(config), log, { owner: false })
  const app = await buildApp(world, null)
  await app.listen({ port: config.port, host: config.host })
  endOnSignal([app, world], log)
  say(`Serving at ${config.baseUrl}`)
}

export async function runWork(config: Config, log: Logger, say: Say): Promise<void> {
  const world = await openWorld(shared(config), log, { owner: false })
  endOnSignal([startWork(world), world], log)
  say('Working. Press Ctrl-C to end.')
}

/** @throws StartError without a database that several processes can share */
function shared(config: Config): Config {
  if (config.databaseUrl !== null) return config
  throw new StartError(
    '"serve" and "work" are for several processes on one PostgreSQL: set DATABASE_URL (for example postgres://deputize:secret@db:5432/deputize), or use "deputize start".',
  )
}

/** On a signal what was opened last is closed first; a second signal, or 15 s, ends it without more ado. */
function endOnSignal(opened: readonly Closing[], log: Logger): void {
  closeWithGrace({ delay: 15_000, logger: false }, async ({ signal, err }) => {
    if (err) log.fatal({ err }, 'ending because of an error nobody caught')
    else log.info({ signal }, 'ending')
    await closeAll(opened)
  })
}

async function closeAll(opened: readonly Closing[]): Promise<void> {
  for (const each of opened) await each.close()
}

function welcome({ config }: World): string {
  const accounts = config.demo
    ? [
        '',
        'Sign in to the demo as',
        ...demoAccounts().map(({ role, email }) => `  ${role.padEnd(7)} ${email.padEnd(24)} ${DEMO_PASSWORD}`),
      ]
    : []
  return ['', `Deputize is ready at ${config.baseUrl}`, ...accounts, ''].join('\n')
}
