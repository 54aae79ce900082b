import type { BrandTx } from '../db/client.ts'
import { currentPolicy } from './queries.ts'
import { readStored } from './show.ts'

/** What the rules in force name: teams of staff, and every other word that stands in them. */
export type Named = { teams: ReadonlySet<string>; words: ReadonlySet<string> }

/** Rules that can no longer be read name nothing: nobody is judged by them. */
export async function namedInRules(tx: BrandTx): Promise<Named> {
  const policy = readStored((await currentPolicy(tx))?.text ?? '')
  if (!policy) return { teams: new Set(), words: new Set() }
  const actions = [...policy.rules.map(({ then }) => then), policy.otherwise]
  const teams = actions.flatMap(({ escalate, notify = [] }) => [...(escalate ? [escalate.team] : []), ...notify])
  return { teams: new Set(teams), words: new Set(wordsIn([policy.rules, policy.otherwise])) }
}

function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []
}
