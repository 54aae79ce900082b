import type { Command } from 'commander'
import type { Tools } from '../main.ts'
import { brandNamed, withDatabase } from './database.ts'
import type { ImportOptions } from './policy-rows.ts'

/** `deputize policy …`: the rules as files, so that a team can keep them in git (R2, R5, O2). */
export function register(program: Command, tools: Tools): void {
  const policy = program.command('policy').description('check, compare, take out and bring in the rules of a brand')

  policy
    .command('check')
    .description('every fault of a policy with its place; no database')
    .argument('<file>', 'a policy in YAML or JSON, or a preset by its name')
    .option('--brand <file>', 'the brand, in YAML: its teams, skills and lists are what rules may name')
    .action(async (file: string, { brand }: { brand?: string }) => {
      const [{ checkFile }, { openBrand }] = await Promise.all([
        import('./policy-files.ts'),
        import('./pipe/settings.ts'),
      ])
      process.exitCode = checkFile(file, brand === undefined ? {} : openBrand(brand).known, tools)
    })

  policy
    .command('diff')
    .description('what differs between two policies, in words; no database')
    .argument('<before>', 'a policy file, or a preset by its name')
    .argument('<after>', 'another')
    .action(async (before: string, after: string) => {
      const { diffFiles } = await import('./policy-files.ts')
      diffFiles(before, after, tools)
    })

  policy
    .command('schema')
    .description('the JSON Schema of a policy, for editors; no database')
    .action(async () => {
      const { policySchema } = await import('../../rules/schema.ts')
      tools.out(JSON.stringify(policySchema(), null, 2))
    })

  policy
    .command('export')
    .description('the text of a version, as it was written')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--policy-version <n>', 'another than the one in force')
    .action(async ({ brand, policyVersion: version }: { brand: string; policyVersion?: string }) => {
      const { exportPolicy } = await import('./policy-rows.ts')
      await withDatabase(tools.config(), tools.log, async (db) =>
        exportPolicy(db, await brandNamed(db, brand), version ?? null, tools),
      )
    })

  policy
    .command('import')
    .description('save a policy as a new version: a draft, or in force at once')
    .argument('<file>', 'a policy in YAML or JSON, or a preset by its name')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .requiredOption('--note <words>', 'what changes, and why')
    .option('--publish', 'put it in force')
    .action(async (file: string, { brand, ...options }: ImportOptions & { brand: string }) => {
      const { importPolicy } = await import('./policy-rows.ts')
      await withDatabase(tools.config(), tools.log, async (db) =>
        importPolicy(db, await brandNamed(db, brand), file, options, new Date(), tools),
      )
    })
}
