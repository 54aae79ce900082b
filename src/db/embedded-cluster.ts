import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from '../domain/errors.ts'
import { type Account, accountFor, canEnter, runAs, systemFolder } from './embedded-account.ts'
import { executable } from './embedded-binaries.ts'

/** One folder per major version: PostgreSQL does not open the files of another. */
const HOME = 'postgres-18'
const ROLE = 'deputize'
const PASSWORD = 'deputize.password'
const DRAFT = 'new-'

/**
 * The real path of `dir/postgres-18`, made if absent: what the launcher keeps beside the cluster.
 * @throws StartError naming the folder when it cannot be written.
 */
export function openHome(dir: string): string {
  const home = join(dir, HOME)
  try {
    mkdirSync(home, { recursive: true })
    if (process.getuid?.() === 0) chmodSync(home, 0o755) // The server's account passes through it to the cluster.
    accessSync(home, constants.W_OK | constants.X_OK)
    return realpathSync(home)
  } catch (cause) {
    throw new StartError(`The data folder ${dir} cannot be written: ${messageOf(cause)}.`, { cause })
  }
}

/**
 * Where the cluster lies: `cluster` in the home, unless root runs us in a folder that the server's account cannot
 * enter; then a folder of the system's, named by the file `elsewhere` in the home.
 * @throws StartError when that file names a folder that is gone: starting empty would look like lost data.
 */
export function clusterOf(home: string, onLog: (line: string) => void): string {
  const inside = join(home, 'cluster')
  const pointer = join(home, 'elsewhere')
  if (existsSync(pointer)) {
    const outside = readFileSync(pointer, 'utf8').trim()
    if (existsSync(outside)) return join(outside, 'cluster')
    throw new StartError(`The data lay in ${outside}, which is gone: put it back, or remove ${pointer} to start empty.`)
  }
  if (existsSync(inside) || canEnter(accountFor(inside), home)) return inside

  const outside = mkdtempSync(join(systemFolder(), 'data-'))
  chmodSync(outside, 0o711)
  writeFileSync(`${pointer}.new`, `${outside}\n`)
  renameSync(`${pointer}.new`, pointer)
  onLog(`The database's files go to ${outside}, because PostgreSQL does not run as root and ${home} is root's alone.`)
  return join(outside, 'cluster')
}

export function isInitialised(cluster: string): boolean {
  return existsSync(join(cluster, 'PG_VERSION'))
}

/**
 * Makes an empty cluster with one role and a generated password. It appears under its name only when it is complete,
 * so that a start cut short leaves nothing half made.
 *
 * Text sorts by code point and folds case by Unicode, the same on every machine (PostgreSQL's own C.UTF-8).
 */
export function initialise(native: string, cluster: string, account: Account): void {
  const parent = dirname(cluster)
  for (const name of readdirSync(parent).filter((name) => name.startsWith(DRAFT))) {
    rmSync(join(parent, name), { recursive: true, force: true, maxRetries: 5 })
  }
  // A name of its own each time: the initdb of a killed start may still be writing to the last one.
  const draft = mkdtempSync(join(parent, DRAFT))
  try {
    const secret = join(draft, 'password')
    writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (account !== 'self') for (const path of [draft, secret]) chownSync(path, account.uid, account.gid)
    runInitdb(native, join(draft, 'cluster'), secret, account)
    renameSync(secret, join(draft, 'cluster', PASSWORD))
    renameSync(join(draft, 'cluster'), cluster)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function runInitdb(native: string, cluster: string, secret: string, account: Account): void {
  const args = ['-D', cluster, '-U', ROLE, '-A', 'scram-sha-256', '--pwfile', secret, '-E', 'UTF8', '--locale=C']
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (process.platform === 'linux') args.push('--sync-method=syncfs') // One call for a thousand files.
  const made = spawnSync(executable(native, 'initdb'), args, {
    ...runAs(account),
    cwd: dirname(cluster),
    env: { LC_ALL: 'C' },
    encoding: 'utf8',
  })
  if (!made.error && made.status === 0) return
  const reason = made.error ? messageOf(made.error) : made.stderr.trim()
  throw new StartError(`The embedded PostgreSQL cannot run here; set DATABASE_URL to another one. ${reason}`)
}

export function urlOf(cluster: string, port: number): string {
  const password = readFileSync(join(cluster, PASSWORD), 'utf8')
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/postgres`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
