import { cpus, loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { Bench, Figure } from './measure.ts'

/** Runs the benches named on the command line, all by default, and prints one table. Exit status 1: one could not be run. */

const BENCHES: Record<string, () => Promise<{ bench: Bench }>> = {
  classify: () => import('./classify.ts'),
  rules: () => import('./rules.ts'),
  match: () => import('./match.ts'),
  start: () => import('./start.ts'),
  steps: () => import('./steps.ts'),
  storm: () => import('./storm.ts'),
  routing: () => import('./routing.ts'),
  rooms: () => import('./rooms.ts'),
  backtest: () => import('./backtest.ts'),
  feed: () => import('./feed.ts'),
  live: () => import('./live.ts'),
  polling: () => import('./polling.ts'),
  way: () => import('./way.ts'),
  memory: () => import('./memory.ts'),
}

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !(name in BENCHES))
  if (unknown.length > 0) {
    console.error(`There is no bench “${unknown.join('”, “')}”. There are: ${Object.keys(BENCHES).join(', ')}.`)
    return 2
  }
  const started = performance.now()
  const say = (line: string) =>
    console.error(`${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s  ${line}`)
  const figures: Figure[] = []
  let status = 0
  for (const [name, load] of Object.entries(BENCHES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    try {
      const { bench } = await load()
      figures.push(...(await bench(say)).map((figure) => ({ ...figure, what: `${name}: ${figure.what}` })))
    } catch (error) {
      console.error(`${name} could not be run:`, error)
      status = 1
    }
  }
  const load = loadavg().map((one) => one.toFixed(1))
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${load.join(' ')}\n`)
  console.log(tableOf(figures))
  return status
}

function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'figure', 'budget', ''],
    ...figures.map(({ what, value, budget, holds }) => [
      what,
      value,
      budget,
      holds === null ? '' : holds ? 'holds' : 'MISSED',
    ]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

process.exitCode = await main(process.argv.slice(2))
