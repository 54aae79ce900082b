import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartError } from '../domain/errors.ts'

const PREFIX = 'starting.'

/**
 * Runs `work` while no other process on this machine runs its own for the same folder; the others wait.
 *
 * A turn is a file `starting.<n>` that names its holder. The holder removes it; the file of a holder that died
 * stays for ever and the next turn is `n + 1`, made by `link`, which succeeds for one process only. Removing a dead
 * holder's file instead would let two successors each remove and re-create it.
 * @throws StartError after `limitMs` of waiting, naming the file.
 */
export async function inTurn<T>(folder: string, work: () => Promise<T>, limitMs = 150_000): Promise<T> {
  const turn = await takeTurn(folder, Date.now() + limitMs)
  try {
    return await work()
  } finally {
    rmSync(turn, { force: true })
  }
}

async function takeTurn(folder: string, deadline: number): Promise<string> {
  const holder = `${process.pid} ${startOf(process.pid)} ${process.hrtime.bigint()}`
  const draft = join(folder, `draft.${process.pid}.${process.hrtime.bigint()}`)
  writeFileSync(draft, holder, { mode: 0o600 })
  try {
    for (;;) {
      const last = lastTurn(folder)
      if (last === 0 || isAbandoned(join(folder, PREFIX + last))) {
        const turn = join(folder, PREFIX + (last + 1))
        if (linkUnlessTaken(draft, turn)) return turn
      } else if (Date.now() > deadline) {
        const file = join(folder, PREFIX + last)
        throw new StartError(
          `Another process has been starting the database for too long; end it, or remove ${file} if there is none.`,
        )
      }
      await wait(10)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

function lastTurn(folder: string): number {
  const turns = readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => Number(name.slice(PREFIX.length)))
  return Math.max(0, ...turns)
}

/** Whether a turn's holder died without giving it back. Read twice: it may have been given back and taken anew. */
function isAbandoned(turn: string): boolean {
  const holder = read(turn)
  if (holder === null) return false
  const [pid = '', start = ''] = holder.split(' ')
  return startOf(Number(pid)) !== start && read(turn) === holder
}

/**
 * When a process began: Linux's clock ticks since boot (proc(5), field 22), which tells a process from a later one
 * of the same number; elsewhere only `alive`. Empty for no such process, and for a zombie.
 */
function startOf(pid: number): string {
  const stat = process.platform === 'linux' ? read(`/proc/${pid}/stat`) : null
  if (stat !== null) {
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? '' : (rest[18] ?? '')
  }
  if (process.platform === 'linux') return ''
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch (error) {
    return codeOf(error) === 'EPERM' ? 'alive' : ''
  }
}

function linkUnlessTaken(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
