import type { Command } from 'commander'
import type { Tools } from '../main.ts'

export function register(program: Command, tools: Tools): void {
  program
    .command('work')
    .description('The workers only: poll, triage, send. Run any number of these.')
    .action(async () => {
      const { runWork } = await import('../run.ts')
      await runWork(tools.config(), tools.log(), tools.err)
    })
}
