import { readdirSync, readFileSync } from 'node:fs'

/** One line of the table. `holds` null: a figure without a budget. */
export type Figure = { what: string; value: string; budget: string; holds: boolean | null }

/** What every file of `bench/` that can be run exports. `say` tells how far it is; at most a line a minute. */
export type Bench = (say: (line: string) => void) => Promise<Figure[]>

type Budget = { atLeast: number } | { atMost: number }

export const plain = (what: string, value: string): Figure => ({ what, value, budget: '', holds: null })

export function held(what: string, value: number, budget: Budget, unit = ''): Figure {
  const [sign, limit] = 'atLeast' in budget ? ['≥', budget.atLeast] : ['≤', budget.atMost]
  const holds = sign === '≥' ? value >= limit : value <= limit
  return { what, value: `${short(value)}${unit}`, budget: `${sign} ${limit}${unit}`, holds }
}

/** Three significant digits, thousands set apart. */
export function short(value: number): string {
  if (value >= 1_000) return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
  return String(Number(value.toPrecision(3)))
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Smallest and largest beside the median: how far to trust it. */
export const spread = (values: readonly number[]): string =>
  `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})`

/** CPU of this process so far, all its threads, in µs. */
export function ownCpuMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Linux counts in hundredths of a second, whatever its kernel's own tick. */
const MICROS_A_TICK = 10_000

/** CPU so far of processes that live, in µs. Those that are gone count nothing. */
export const cpuMicros = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + (statOf(pid)?.ownTicks ?? 0), 0) * MICROS_A_TICK

/** CPU so far of a process and all that it ever started and waited for, in µs. */
export function treeCpuMicros(root: number): number {
  const ended = statOf(root)?.endedTicks ?? 0
  return cpuMicros(treeOf(root)) + ended * MICROS_A_TICK
}

/** A process and its descendants that live. */
export function treeOf(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), statOf(Number(name))?.parent] as const),
  )
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  return tree
}

/** Memory of processes in MB by proportional set size: what they share is counted once. Needs their owner's rights. */
export function memoryMegabytes(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => {
    const found = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')
    return Number(found?.[1] ?? 0)
  })
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1_024
}

/** Resident memory of one process in MB, shared pages included. */
export const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) / 1_024

function statOf(pid: number): { parent: number; ownTicks: number; endedTicks: number } | null {
  const line = read(`/proc/${pid}/stat`)
  if (line === null) return null
  // The name in brackets may hold anything; the fields after it are those of proc(5) from the third on.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const field = (nth: number) => Number(fields[nth - 3] ?? 0)
  return { parent: field(4), ownTicks: field(14) + field(15), endedTicks: field(16) + field(17) }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // it ended meanwhile
  }
}
