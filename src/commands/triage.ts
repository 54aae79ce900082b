import type { Command } from 'commander'
import { StartError } from '../domain/errors.ts'
import { type InputOptions, withInput } from './classify.ts'

type Options = InputOptions & { policy: string; members?: string; at?: string; holdMinutes: string }

/** `deputize triage`: posts in, what each is and where it goes out (R1, M1, O2). No server, no database. */
export function register(program: Command): void {
  withInput(program.command('triage'))
    .description('decide for each post where it goes, and to whom: NDJSON or CSV in, NDJSON out')
    .option('--policy <file>', 'a policy in YAML or JSON, or a preset: balanced, careful, community-first', 'balanced')
    .option('--members <file>', 'members in YAML, JSON or NDJSON; without them the community has no member')
    .option('--at <time>', 'ISO 8601; rules and quiet hours see this time instead of each post’s own')
    .option(
      '--hold-minutes <n>',
      'how long a post holds a place of its member, in the posts’ own time; 0: not at all',
      '20',
    )
    .action(async (file: string, options: Options) => {
      const at = options.at === undefined ? null : new Date(options.at)
      if (at !== null && Number.isNaN(at.getTime()))
        throw new StartError(`--at has to be a time such as 2026-11-21T09:00:00Z; this is ${options.at}.`)
      const holdMinutes = Number(options.holdMinutes)
      if (!(holdMinutes >= 0 && holdMinutes <= 10_080))
        throw new StartError(`--hold-minutes is a number from 0 to 10080; this is ${options.holdMinutes}.`)
      const [{ runPipe }, { triageJudge }, settings, { openTaxonomy }, { classify }, { openTaught }] =
        await Promise.all([
          import('./pipe/run.ts'),
          import('./pipe/judge.ts'),
          import('./pipe/settings.ts'),
          import('./pipe/taxonomy.ts'),
          import('../classify/classify.ts'),
          import('./pipe/corrections.ts'),
        ])
      const now = new Date()
      const brand = settings.openBrand(options.brand ?? null)
      const members = options.members === undefined ? [] : settings.openMembers(options.members)
      // Members may be asked for what they hold, whether the brand file names it or not.
      const held = members.flatMap(({ skills }) => skills.map(({ skill }) => skill))
      const known = { ...brand.known, skills: [...brand.known.skills, ...held] }
      const policy = settings.openPolicy(options.policy, options.brand === undefined ? {} : known)
      const { faults: _, ...taxonomy } = await openTaxonomy(brand, null)
      const kind = { languages: brand.languages, ...taxonomy, file: options.model }
      const { model, bad } = await openTaught(kind, options.corrections, process.stderr)
      const status = await runPipe({
        file,
        columns: { text: options.textColumn, id: options.idColumn },
        now,
        judge: triageJudge({
          classify: (post) => classify(post, model),
          ...{ policy, brand: brand.facts, members, holdMinutes, at, now },
        }),
        ...{ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
      })
      process.exitCode = bad > 0 ? 1 : status
    })
}
