import { basename } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../domain/clock.ts'
import { StartError } from '../domain/errors.ts'
import { openKits } from '../kit.ts'
import type { Tools } from '../main.ts'
import { brandNamed, withDatabase } from './database.ts'
import { openFileSource } from './file-posts.ts'
import { runImport } from './import-run.ts'
import { stopSignal } from './stop-signal.ts'

type Options = { brand: string; source: string; textColumn?: string; idColumn?: string; dryRun?: boolean }

/** `deputize import`: posts of a file as history (O2); see `runImport`. */
export function register(program: Command, tools: Tools): void {
  program
    .command('import')
    .description('take in posts of a file as history: understood, decided and closed, never offered to anybody')
    .argument('<file>', 'NDJSON or CSV; - for standard input')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--source <name>', 'the source they are kept under; of one source the same id is the same post', 'History')
    .option('--text-column <name>', 'the column or key of the text, when its name is not a usual one')
    .option('--id-column <name>', 'the column or key of the id')
    .option('--dry-run', 'only say what would be stored')
    .action(async (file: string, options: Options) => {
      const stop = stopSignal()
      try {
        const config = tools.config()
        process.exitCode = await withDatabase(config, tools.log, async (db) => {
          const brand = await brandNamed(db, options.brand)
          if (brand.policyVersion === 0)
            throw new StartError(`${brand.name} has no policy in force: publish one first, history is decided by it.`)
          return runImport(
            {
              ...{ db, brand, clock: systemClock, kit: await openKits(db, config.model).of(brand.id) },
              openSource: (at) =>
                openFileSource(db, brand, { name: options.source, act: 'history.imported', file: basename(file), at }),
              ...{ signal: stop.signal, stdin: process.stdin, stderr: process.stderr },
            },
            {
              file,
              source: options.source,
              columns: { text: options.textColumn, id: options.idColumn },
              dryRun: options.dryRun === true,
            },
          )
        })
      } finally {
        stop.release()
      }
    })
}
