import { basename } from 'node:path'
import type { Command } from 'commander'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import { brandNamed } from './database.ts'
import { openFileSource } from './file-posts.ts'
import { runReplay } from './replay-run.ts'
import { stopSignal } from './stop-signal.ts'

type Options = {
  brand: string
  source: string
  speed?: string
  perMinute?: string
  textColumn?: string
  idColumn?: string
}

/** `deputize replay`: posts of a file as if they were written now (O2); see `runReplay`. */
export function register(program: Command, tools: Tools): void {
  program
    .command('replay')
    .description('play posts of a file as if they were written now; they go the whole way, so people are offered them')
    .argument('<file>', 'NDJSON or CSV; - for standard input')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--speed <n>', 'how many times faster than the dates in the file (default: 1)')
    .option('--per-minute <n>', 'so many a minute, whatever the dates say')
    .option('--source <name>', 'the source they come in by; of one source the same id is the same post', 'Replay')
    .option('--text-column <name>', 'the column or key of the text, when its name is not a usual one')
    .option('--id-column <name>', 'the column or key of the id')
    .action(async (file: string, options: Options) => {
      const pace = paceOf(options)
      const [{ openWorld }, { wakeTriage }] = await Promise.all([import('../wire.ts'), import('../pipeline.ts')])
      const world = await openWorld(tools.config(), tools.log(), { owner: false })
      const stop = stopSignal()
      try {
        const { db, clock, queues } = world
        const brand = await brandNamed(db, options.brand)
        const name = options.source
        process.exitCode = await runReplay(
          {
            ...{ db, brand, clock, signal: stop.signal, stdin: process.stdin, stderr: process.stderr },
            openSource: (at) => openFileSource(db, brand, { name, act: 'posts.replayed', file: basename(file), at }),
            wake: wakeTriage(queues),
          },
          { file, source: name, columns: { text: options.textColumn, id: options.idColumn }, pace },
        )
      } finally {
        stop.release()
        await world.close()
      }
    })
}

/** @throws StartError for a pace that is none, or two */
function paceOf({ speed, perMinute }: Options): { speed: number } | { perMinute: number } {
  if (speed !== undefined && perMinute !== undefined) throw new StartError('Give --speed or --per-minute, not both.')
  if (perMinute === undefined) return { speed: positive('--speed', speed ?? '1', 1_000_000) }
  return { perMinute: positive('--per-minute', perMinute, 6_000) }
}

function positive(name: string, text: string, most: number): number {
  const value = Number(text)
  if (!(value > 0 && value <= most))
    throw new StartError(`${name} is a number above 0, at most ${most}; this is “${text}”.`)
  return value
}
