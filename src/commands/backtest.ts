import type { Command } from 'commander'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import { brandNamed, withDatabase } from './database.ts'

type Options = { brand: string; policy?: string; policyVersion?: string; days: string; json?: boolean }

/** `deputize backtest`: a policy tried on what was decided before (R4, O2). Nothing is written. */
export function register(program: Command, tools: Tools): void {
  program
    .command('backtest')
    .description('decide once more, under another policy, what was decided in the last days; nothing is written')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--policy <file>', 'the policy to try, in YAML or JSON, or a preset by its name')
    .option('--policy-version <n>', 'or a stored version, such as a draft')
    .option('--days <n>', 'how far back', '28')
    .option('--json', 'the result, and the mentions that move, as one JSON document')
    .action(async ({ brand, policy, policyVersion: version, days, json = false }: Options) => {
      if ((policy === undefined) === (version === undefined))
        throw new StartError('Say what to try: a file with --policy, or a stored version with --policy-version.')
      const back = Number(days)
      if (!(Number.isInteger(back) && back >= 1 && back <= 366))
        throw new StartError(`--days is a whole number from 1 to 366; this is “${days}”.`)
      const { runBacktestOn } = await import('./backtest-run.ts')
      await withDatabase(tools.config(), tools.log, async (db) =>
        runBacktestOn(
          { db, brand: await brandNamed(db, brand), now: new Date(), stderr: process.stderr, ...tools },
          { policy: policy ?? null, version: version ?? null, days: back, json },
        ),
      )
    })
}
