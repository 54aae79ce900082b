import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from '../domain/errors.ts'

/** Who runs the server: this process's own user, or (PostgreSQL refuses root) an unprivileged one. */
export type Account = 'self' | { uid: number; gid: number }

/** `nobody` on Debian, Alpine and Red Hat. */
const NOBODY = { uid: 65_534, gid: 65_534 }

/** Root hands the server to whoever owns the data already, else to `nobody`. */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return 'self'
  const owner = statSync(cluster, { throwIfNoEntry: false })
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : NOBODY
}

/** What `spawn` takes to run as the account. */
export function runAs(account: Account): { uid?: number; gid?: number } {
  return account === 'self' ? {} : account
}

/** Whether the account may enter a folder and every folder above it. */
export function canEnter(account: Account, folder: string): boolean {
  if (account === 'self') return true
  const { uid, gid, mode } = statSync(folder)
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
  const enters = ((mode >> shift) & 1) === 1
  return enters && (dirname(folder) === folder || canEnter(account, dirname(folder)))
}

/**
 * A folder of root's that every account may enter, for what cannot lie in the project: `/var/lib/deputize`.
 * `/var/tmp` comes second, since systems clear old files from it.
 * @throws StartError when neither can be had.
 */
export function systemFolder(bases = ['/var/lib', '/var/tmp']): string {
  for (const base of bases) {
    const folder = join(base, 'deputize')
    try {
      mkdirSync(folder, { recursive: false })
      chmodSync(folder, 0o755)
    } catch {
      // It is there already, or the next place may do: the look below decides.
    }
    const found = lstatSync(folder, { throwIfNoEntry: false })
    // Anybody may make a folder in /var/tmp: one that is not root's alone could hold somebody's own "postgres".
    if (found?.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return folder
  }
  throw new StartError(
    'PostgreSQL does not run as root, and the unprivileged user cannot enter this folder: run as an ordinary user, or set DATABASE_URL.',
  )
}

/** Lets every account read a tree of ours, whatever umask made it. */
export function openToAll(path: string): void {
  const found = lstatSync(path)
  if (found.isSymbolicLink()) return
  chmodSync(path, (found.mode & 0o7777) | (found.isDirectory() || found.mode & 0o100 ? 0o555 : 0o444))
  if (found.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name))
}
