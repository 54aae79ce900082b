import { type Command, Option } from 'commander'

export type InputOptions = {
  textColumn?: string
  idColumn?: string
  brand?: string
  model?: string
  corrections?: string
}

/** The options of both pipe commands. */
export const withInput = (command: Command): Command =>
  command
    .argument('[file]', 'NDJSON or CSV; - or nothing: standard input', '-')
    .option('--text-column <name>', 'the column or key of the text, when its name is not a usual one')
    .option('--id-column <name>', 'the column or key of the id')
    .addOption(new Option('--brand <file>', 'YAML with the brand’s handles, languages and skills'))
    .addOption(new Option('--model <file>', 'weights made by "npm run train"').env('DEPUTIZE_MODEL'))
    .option('--corrections <file>', 'NDJSON of {"text", "sentiment", "needsEmployee" …}, learned in order beforehand')

type Options = InputOptions & { skills?: string }

/** `deputize classify`: posts in, what we understand of each out (U1, O2). No server, no database. */
export function register(program: Command): void {
  withInput(program.command('classify'))
    .description('say of each post what it is about: NDJSON or CSV in, NDJSON out')
    .option('--skills <file>', 'NDJSON of texts with their skills: learns from it which skills there are')
    .action(async (file: string, options: Options) => {
      const [{ runPipe }, { classifyJudge }, { openBrand }, { openTaxonomy }, { classify }, { openTaught }] =
        await Promise.all([
          import('./pipe/run.ts'),
          import('./pipe/judge.ts'),
          import('./pipe/settings.ts'),
          import('./pipe/taxonomy.ts'),
          import('../classify/classify.ts'),
          import('./pipe/corrections.ts'),
        ])
      const brand = openBrand(options.brand ?? null)
      const { faults, ...taxonomy } = await openTaxonomy(brand, options.skills ?? null)
      for (const { number, fault } of faults) process.stderr.write(`${options.skills} line ${number}: ${fault}\n`)
      const kind = { languages: brand.languages, ...taxonomy, file: options.model }
      const { model, bad } = await openTaught(kind, options.corrections, process.stderr)
      const status = await runPipe({
        file,
        columns: { text: options.textColumn, id: options.idColumn },
        now: new Date(),
        judge: classifyJudge((post) => classify(post, model)),
        ...{ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
      })
      process.exitCode = faults.length + bad > 0 ? 1 : status
    })
}
