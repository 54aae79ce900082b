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
export function runStart(config: Config, log: Logger, say: Say): Promise<void> {
  return opening(log, async (opened) => {
    const [{ buildApp }, { openDemo }] = await Promise.all([import('./app.ts'), import('./demo/demo.ts')])
    const world = opened(await openWorld(config, log, { owner: true }))
    const demo = config.demo ? opened(await openDemo(world)) : null
    const app = opened(await buildApp(world, demo))
    await app.listen({ port: config.port, host: config.host })
    opened(startWork(world))
    say(welcome(world))
  })
}

export function runServe(config: Config, log: Logger, say: Say): Promise<void> {
  return opening(log, async (opened) => {
    const { buildApp } = await import('./app.ts')
    const world = opened(await openWorld(shared(config), log, { owner: false }))
    const app = opened(await buildApp(world, null))
    await app.listen({ port: config.port, host: config.host })
    say(`Serving at ${config.baseUrl}`)
  })
}

export function runWork(config: Config, log: Logger, say: Say): Promise<void> {
  return opening(log, async (opened) => {
    const world = opened(await openWorld(shared(config), log, { owner: false }))
    opened(startWork(world))
    say('Working. Press Ctrl-C to end.')
  })
}

type Opened = <T extends Closing>(thing: T) => T

/** Opens things one on another. Whatever ends it, a signal or one that will not open, the last opened is closed first. */
async function opening(log: Logger, open: (opened: Opened) => Promise<void>): Promise<void> {
  const things: Closing[] = []
  try {
    await open((thing) => {
      things.unshift(thing)
      return thing
    })
  } catch (error) {
    await closeAll(things)
    throw error
  }
  endOnSignal(things, log)
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
