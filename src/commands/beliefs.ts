import type { Command } from 'commander'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import type { Tools } from '../main.ts'
import type { Brand } from '../people/brands.ts'
import { rebuildEvidence } from '../people/evidence.ts'
import { memberProfiles } from '../people/members.ts'
import { rebuildHours } from '../people/offer-log.ts'
import { columns } from './columns.ts'
import { brandNamed, withDatabase } from './database.ts'

type Options = { brand: string; rebuild?: boolean; json?: boolean }

/** `deputize beliefs`: what is believed of members' skills (M2), and counting it anew from the event log. */
export function register(program: Command, tools: Tools): void {
  program
    .command('beliefs')
    .description('how well members are believed to answer, by skill')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--rebuild', 'first count anew from the event log what is believed, and when members claim')
    .option('--json', 'one JSON object a line')
    .action((options: Options) =>
      withDatabase(tools.config(), tools.log, async (db) => {
        const brand = await brandNamed(db, options.brand)
        if (options.rebuild) {
          const counted = await inBrand(db, brand.id, rebuild)
          tools.err(
            `Counted ${plural(counted.outcomes, 'outcome')} and ${plural(counted.offers, 'offer')} of the event log.`,
          )
        }
        await listBeliefs(db, brand, options.json ?? false, new Date(), tools)
      }),
    )
}

/** Everything that is believed of members, counted anew. */
const rebuild = async (tx: BrandTx) => ({ outcomes: await rebuildEvidence(tx), offers: await rebuildHours(tx) })

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** A line for each skill a member declares, best believed first. */
export async function listBeliefs(
  db: Db,
  brand: Brand,
  json: boolean,
  at: Date,
  { out }: Pick<Tools, 'out'>,
): Promise<void> {
  const members = await inBrand(db, brand.id, (tx) => memberProfiles(tx, at))
  const rows = members
    .flatMap(({ name, skills }) =>
      skills.map(({ skill, level, alpha, beta }) => ({
        skill,
        name,
        level,
        mean: alpha / (alpha + beta),
        alpha,
        beta,
      })),
    )
    .sort((a, b) => (a.skill < b.skill ? -1 : a.skill > b.skill ? 1 : b.mean - a.mean))
  if (json) for (const row of rows) out(JSON.stringify(row))
  else {
    const lines = rows.map(({ skill, name, level, mean, alpha, beta }) => [
      ...[skill, name, level.toFixed(2), mean.toFixed(2)],
      (alpha + beta - 2).toFixed(1),
    ])
    for (const line of columns([['SKILL', 'MEMBER', 'DECLARED', 'BELIEVED', 'ANSWERS IT RESTS ON'], ...lines]))
      out(line)
  }
}
