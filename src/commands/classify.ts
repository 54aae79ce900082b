import { type Command, Option } from 'commander'

export type InputOptions = { textColumn?: string; idColumn?: string; brand?: string }

/** The options of both pipe commands. */
export const withInput = (command: Command): Command =>
  command
    .argument('[file]', 'NDJSON or CSV; - or nothing: standard input', '-')
    .option('--text-column <name>', 'the column or key of the text, when its name is not a usual one')
    .option('--id-column <name>', 'the column or key of the id')
    .addOption(new Option('--brand <file>', 'YAML with the brand’s handles, languages and skills'))

/** `deputize classify`: posts in, what we understand of each out (U1, O2). No server, no database. */
export function register(program: Command): void {
  withInput(program.command('classify'))
    .description('say of each post what it is about: NDJSON or CSV in, NDJSON out')
    .action(async (file: string, options: InputOptions) => {
      const [{ runPipe }, { classifyJudge }, { openBrand }, { classify }, { openModel }] = await Promise.all([
        import('./pipe/run.ts'),
        import('./pipe/judge.ts'),
        import('./pipe/settings.ts'),
        import('../classify/classify.ts'),
        import('../classify/model.ts'),
      ])
      const brand = openBrand(options.brand ?? null)
      const model = openModel({ languages: brand.languages, skills: brand.skills })
      process.exitCode = await runPipe({
        file,
        columns: { text: options.textColumn, id: options.idColumn },
        now: new Date(),
        judge: classifyJudge((post) => classify(post, model)),
        ...{ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
      })
    })
}
