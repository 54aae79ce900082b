import type { Command } from 'commander'
import type { Tools } from '../main.ts'

export function register(program: Command, tools: Tools): void {
  program
    .command('start')
    .description('Web page, API and workers in one process. Without DATABASE_URL on an embedded database in DATA_DIR.')
    .action(async () => {
      const { runStart } = await import('../run.ts')
      await runStart(tools.config(), tools.log(), tools.err)
    })
}
