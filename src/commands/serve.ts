import type { Command } from 'commander'
import type { Tools } from '../main.ts'

export function register(program: Command, tools: Tools): void {
  program
    .command('serve')
    .description('The web page and the API only; run any number of these beside any number of "deputize work".')
    .action(async () => {
      const { runServe } = await import('../run.ts')
      await runServe(tools.config(), tools.log(), tools.err)
    })
}
