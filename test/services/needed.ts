import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  isNewEnough,
  postgresBinaries,
  postgresVersion,
  redisAnswers,
  redisBinary,
  type Server,
  startPostgres,
  startRedis,
} from './servers.ts'

const LOCAL_POSTGRES = 'postgres://postgres@127.0.0.1:5432/postgres'
const LOCAL_REDIS = 'redis://127.0.0.1:6379'
const started: Server[] = []

export const say = (line: string) => process.stderr.write(`${line}\n`)

/** The PostgreSQL that TEST_DATABASE_URL names, else the usual local one, else one that is started. */
export async function somePostgres(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return given
  if (isNewEnough(await postgresVersion(LOCAL_POSTGRES))) return LOCAL_POSTGRES
  await installed(() => postgresBinaries() !== null, 'PostgreSQL 15 or newer', 'postgresql', 'TEST_DATABASE_URL')
  const server = await startPostgres(postgresBinaries()!) // installed, or the line above threw
  started.push(server)
  return server.url
}

/** The Redis that TEST_REDIS_URL names, else the usual local one, else one that is started. */
export async function someRedis(): Promise<string> {
  const given = process.env.TEST_REDIS_URL
  if (given) return given
  // Some tests empty a Redis, and for that they start one of their own, whichever this is.
  await installed(() => redisBinary() !== null, 'Redis', 'redis-server', 'TEST_REDIS_URL')
  if (await redisAnswers(LOCAL_REDIS)) return LOCAL_REDIS
  const server = await startRedis(redisBinary()!) // installed, or the line above threw
  started.push(server)
  return server.url
}

/** A Redis that nobody else uses. */
export async function ownRedis(): Promise<string> {
  await installed(() => redisBinary() !== null, 'Redis', 'redis-server', 'PATH')
  const server = await startRedis(redisBinary()!) // installed, or the line above threw
  started.push(server)
  return server.url
}

/** Ends the servers that were started. */
export async function stopServers(): Promise<void> {
  for (const server of started) await server.stop()
}

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))

/** One project's tests, with what else was given on the command line. @returns the exit status */
export const runTests = (project: string, env: NodeJS.ProcessEnv): Promise<number> =>
  command(process.execPath, [vitest, 'run', '--project', project, ...process.argv.slice(2)], env)

/** Sees to it that a server can be started: on a bare machine where we may, by the system's own packages. */
async function installed(isThere: () => boolean, what: string, apt: string, variable: string): Promise<void> {
  if (isThere()) return
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) throw new Error(`${what} is not on this machine: install it, or set ${variable} to a server.`)
  say(`${what} is not on this machine; installing it by apt-get.`)
  // The runlevel of a machine being repaired: nothing installed now is also started now.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  await command('apt-get', ['update', '-qq'], env)
  await command('apt-get', ['install', '-y', '-qq', '--no-install-recommends', apt], env)
  if (!isThere()) throw new Error(`${what} could not be installed: set ${variable} to a server.`)
}

/** Runs a command on our terminal. @returns its exit status, 1 when it was killed */
function command(name: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    // The head of a group of its own, so that whatever its tests started ends with it, however it ends.
    const child = spawn(name, args, { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
    const tell = (signal: NodeJS.Signals) => void tellGroup(child.pid, signal)
    process.on('SIGINT', tell).on('SIGTERM', tell)
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('SIGINT', tell).off('SIGTERM', tell)
      tell('SIGKILL')
      resolve(code ?? 1)
    })
  })
}

function tellGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (leader !== undefined) process.kill(-leader, signal)
  } catch {
    // Nobody of it is left.
  }
}
