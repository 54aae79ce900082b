import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'

/** A server for tests: its own process on a free loopback port, its data in a folder of its own that goes with it. */
export type Server = { url: string; stop: () => Promise<void> }

const OLDEST_POSTGRES = 15
const POSTGRES = '/usr/lib/postgresql'

/** Folder of the newest PostgreSQL that will do, or null. */
export function postgresBinaries(): string | null {
  const packaged = existsSync(POSTGRES)
    ? readdirSync(POSTGRES)
        .filter((version) => Number(version) >= OLDEST_POSTGRES)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(POSTGRES, version, 'bin'))
    : []
  return [...packaged, ...onPath()].find((dir) => existsSync(join(dir, 'initdb'))) ?? null
}

/** Path of redis-server, or null. */
export const redisBinary = (): string | null =>
  onPath()
    .map((dir) => join(dir, 'redis-server'))
    .find((file) => existsSync(file)) ?? null

const onPath = () => (process.env.PATH ?? '').split(delimiter).filter(Boolean)

export async function startPostgres(bin: string): Promise<Server> {
  const account = unprivileged()
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'deputize-postgres-'))
  if (account) chownSync(dir, account.uid, account.gid)
  const cluster = join(dir, 'cluster')
  const options = { ...account, cwd: dir, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } }
  const initdb = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']
  await ended(spawn(join(bin, 'initdb'), initdb, { ...options, stdio: ['ignore', 'ignore', 'inherit'] }), 'initdb')
  const port = await freePort()
  const settings = [`listen_addresses=127.0.0.1`, `unix_socket_directories=${dir}`, 'fsync=off', 'max_connections=200']
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  return running(child, dir, url, 'SIGINT', () => postgresVersion(url).then((version) => version !== null))
}

/** A Redis that keeps nothing, with the eviction policy the queues need. */
export async function startRedis(binary: string): Promise<Server> {
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'deputize-redis-'))
  const port = await freePort()
  const settings = { port, bind: '127.0.0.1', dir, save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' }
  const child = spawn(
    binary,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const url = `redis://127.0.0.1:${port}`
  return running(child, dir, url, 'SIGTERM', () => redisAnswers(url))
}

/** Major version of the server that answers at a URL; null when none does. */
export async function postgresVersion(url: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {}) // A connection that breaks is no server.
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
    return Math.floor(Number(rows[0]?.version) / 10_000)
  } catch {
    return null
  } finally {
    await client.end().catch(() => {})
  }
}

export const isNewEnough = (version: number | null): boolean => version !== null && version >= OLDEST_POSTGRES

export async function redisAnswers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

/** Waits until the server answers; ends it, and removes its folder, when it is stopped or does not come up. */
async function running(
  child: ChildProcess,
  dir: string,
  url: string,
  farewell: NodeJS.Signals,
  answers: () => Promise<boolean>,
): Promise<Server> {
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000)
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      said += error.message
      resolve()
    })
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill(farewell)
    await gone
    rmSync(dir, { recursive: true, force: true })
  }
  const until = Date.now() + 30_000
  while (!(await answers())) {
    if (child.exitCode === null && child.pid !== undefined && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    await stop()
    throw new Error(`${child.spawnfile} did not come up: ${said}`)
  }
  return { url, stop }
}

function ended(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${name} ended with status ${code}`))))
  })
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = ['postgres', 'nobody'].map((name) => accounts.find(([known]) => known === name)).find(Boolean)
  return account ? { uid: Number(account[2]), gid: Number(account[3]) } : { uid: 65_534, gid: 65_534 }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
