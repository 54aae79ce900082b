import { spawn, spawnSync } from 'node:child_process'
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Account, runAs } from './embedded-account.ts'
import { executable } from './embedded-binaries.ts'

/** What a server says of itself in `postmaster.pid`; `status` is starting, ready, stopping or standby; `silent` is ours. */
export type Server = { pid: number; port: number; status: string }

/** How a launch ended: ready, or over, with the last of what it wrote. */
export type Launch = { server: Server } | { said: string }

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '80',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and details quote people's posts: the log says what went wrong without them.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}
const LOG_LIMIT_BYTES = 4_000_000
const POLL_MS = 10
/** "Do you speak TLS?", which is answered by one letter before any sign-in (PostgreSQL's frontend/backend protocol). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** The server that runs on a cluster now, or null. A file left by a dead server, or by one whose number another process got, is null. */
export function serverOf(cluster: string): Server | null {
  const server = readPidFile(cluster)
  return server && isServer(server.pid, cluster) ? server : null
}

/**
 * Waits while a server is starting (it may be replaying its log after a crash), ending, or dying of a signal: null,
 * or the server, which is `ready` and answers unless the time ran out.
 */
export async function settledServer(cluster: string, limitMs: number): Promise<Server | null> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const server = serverOf(cluster)
    if (!server || (server.status === 'ready' && (await answers(server.port)))) return server
    if (Date.now() > deadline) return { ...server, status: server.status === 'ready' ? 'silent' : server.status }
    await wait(POLL_MS)
  }
}

/** Starts a server in a session of its own, so that a Ctrl-C in the terminal reaches us only, and waits until it is ready. */
export async function launch(native: string, cluster: string, account: Account, logFile: string): Promise<Launch> {
  const log = openSync(logFile, 'a', 0o600)
  if (fstatSync(log).size > LOG_LIMIT_BYTES) ftruncateSync(log)
  const before = fstatSync(log).size
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Not our environment: it may hold secrets, and the server's account may be less guarded than ours.
  const child = spawn(executable(native, 'postgres'), ['-D', cluster, '-p', String(await freePort()), ...settings], {
    ...runAs(account),
    cwd: cluster,
    env: { LC_ALL: 'C' },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  child.unref()
  let ended: string | null = null
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? code}`
  })
  for (;;) {
    const server = readPidFile(cluster)
    if (server?.pid === child.pid && server?.status === 'ready') return { server }
    if (ended !== null) return { said: readFileSync(logFile).subarray(before).toString().trim() || ended }
    await wait(POLL_MS)
  }
}

/** Ends a server and waits until it is gone: sessions are cut off, the log is closed; after `limitMs` at once, and the next start recovers. */
export async function stopServer(cluster: string, pid: number, limitMs = 30_000): Promise<void> {
  if (!isServer(pid, cluster)) return
  signal(pid, 'SIGINT')
  if (await isGone(pid, cluster, limitMs)) return
  signal(pid, 'SIGQUIT')
  if (await isGone(pid, cluster, limitMs)) return
  throw new Error(`The database server (process ${pid}) does not end.`)
}

async function isGone(pid: number, cluster: string, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs
  while (isServer(pid, cluster)) {
    if (Date.now() > deadline) return false
    await wait(POLL_MS)
  }
  return true
}

/**
 * Lets PostgreSQL start over the file of a server that is gone while its number is not (another process has it now,
 * or it is a zombie that nobody reaps): PostgreSQL takes its parent's number for a stale one, and still refuses while
 * orphans of the dead server hold its shared memory, which it would not if we removed the file.
 */
export function disownPidFile(cluster: string): void {
  const file = join(cluster, 'postmaster.pid')
  const [pid, ...rest] = readLines(file)
  if (pid === undefined) return
  writeFileSync(file, [process.pid, ...rest].join('\n'))
}

function readPidFile(cluster: string): Server | null {
  const lines = readLines(join(cluster, 'postmaster.pid'))
  const pid = Number(lines[0])
  return Number.isSafeInteger(pid) && pid > 1 ? { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() } : null
}

/** Whether a process is the server of this cluster: it works in the cluster's folder, as no stranger and no zombie does. */
function isServer(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') return workingFolder(pid) === cluster && commandOf(pid).startsWith('postgres')
  if (process.platform === 'win32') return signal(pid, 0)
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(`-D ${cluster} `)
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

function commandOf(pid: number): string {
  return readLines(`/proc/${pid}/comm`)[0] ?? ''
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** False when there is no such process. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** Whether a server takes up a conversation: it has to make a session to answer the first question, a dying one cannot. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 })
    const settle = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('connect', () => socket.write(SSL_REQUEST))
    socket.once('data', () => settle(true))
    for (const end of ['error', 'close', 'timeout']) socket.once(end, () => settle(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
