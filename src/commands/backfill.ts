import type { Command } from 'commander'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import { brandNamed } from './database.ts'
import { stopSignal } from './stop-signal.ts'

type Options = { brand: string; since?: string; cap?: string; cancel?: boolean }

/** `deputize backfill`: older posts of a source, as history (L3); see `runBackfillCommand`. */
export function register(program: Command, tools: Tools): void {
  program
    .command('backfill')
    .description('ask a source for its older posts, back to a day; kept as history, never offered to anybody')
    .argument('<source>', 'the name of the source, or its id')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--since <day>', 'back to this day (UTC), such as 2026-10-01; without it, the one under way is watched')
    .option('--cap <usd>', 'the most it may cost, in US dollars; needed where the network charges')
    .option('--cancel', 'end the one under way; what came stays')
    .action(async (source: string, options: Options) => {
      const capUsd = options.cap === undefined ? null : dollarsOf(options.cap)
      if (options.since !== undefined && options.cancel) throw new StartError('Give --since or --cancel, not both.')
      if (options.since !== undefined && !isDay(options.since))
        throw new StartError(`--since is a day such as 2026-10-01; this is “${options.since}”.`)
      const [{ openWorld }, { handlers }, { faultsFrom }, run] = await Promise.all([
        import('../wire.ts'),
        import('../pipeline.ts'),
        import('../faults.ts'),
        import('./backfill-run.ts'),
      ])
      const config = tools.config()
      const world = await openWorld(config, tools.log(), { owner: false })
      const stop = stopSignal()
      try {
        const brand = await brandNamed(world.db, options.brand)
        const work = handlers(world, world.queues, faultsFrom(config.fault)).backfill
        process.exitCode = await run.runBackfillCommand(
          { db: world.db, clock: world.clock, brand, work, signal: stop.signal, stderr: process.stderr },
          { source, since: options.since ?? null, capUsd, cancel: options.cancel === true },
        )
      } finally {
        stop.release()
        await world.close()
      }
    })
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

function dollarsOf(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 1_000_000))
    throw new StartError(`--cap is a number of US dollars above 0, at most 1000000; this is “${text}”.`)
  return value
}
