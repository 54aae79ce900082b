import { type Command, InvalidArgumentError } from 'commander'
import { sql } from 'drizzle-orm'
import { type CompiledPolicy, compile } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import { PolicyError, readPolicy } from '../../rules/language.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import type { MatchRound } from '../db/kept-rounds.ts'
import { textArray } from '../db/move.ts'
import { decide } from '../decide/decide.ts'
import { policyText } from '../decide/queries.ts'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import { again, differences } from '../match/round.ts'
import { roundsOf } from '../match/round-queries.ts'
import { FILTER_WORDS } from '../match/why.ts'
import { withDatabase } from './database.ts'

type Options = { json?: boolean }

/** `deputize why`: why a mention went where it went, and whether deciding it again gives the same (R7, I7). */
export function register(program: Command, tools: Tools): void {
  program
    .command('why')
    .description('why a mention went where it went; exit status 1 when deciding it again gives something else')
    .argument('<mention>', 'its id', uuid)
    .option('--json', 'one JSON object for each decision and each look for takers')
    .action((mention: string, { json = false }: Options) =>
      withDatabase(tools.config(), tools.log, async (db) => {
        process.exitCode = await explainMention(db, mention, json, tools)
      }),
    )
}

function uuid(given: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given))
    throw new InvalidArgumentError('The id of a mention looks like 019cb813-5280-7503-b06b-fd55891194cf.')
  return given
}

type Stored = {
  at: string
  by: string
  policy_version: number | null
  facts: Facts
  destination: string
  rule: string | null
  reason: string
  action: Record<string, unknown>
  blanked: boolean
}

/**
 * One thing that was judged; `differs` empty: judged again it is the same. Null: nothing to run again, a person decided, or
 * the version cannot be, for the reason in `unread`.
 */
type Line = {
  kind: 'decision' | 'matching'
  at: string
  says: string[]
  differs: string[] | null
  unread: string | null
}

/** @returns the exit status: 0 identical, 1 not. @throws StartError for a mention nobody knows */
export async function explainMention(
  db: Db,
  mention: string,
  json: boolean,
  { out }: Pick<Tools, 'out'>,
): Promise<0 | 1> {
  const [row] = await db.execute<{ brand_id: string }>(sql`select brand_id from mention where id = ${mention}`)
  if (!row) throw new StartError(`There is no mention ${mention}.`)
  const lines = await inBrand(db, row.brand_id, async (tx) => {
    const policies = policiesOf(tx, row.brand_id)
    return [...(await decisionLines(tx, mention, policies)), ...(await matchingLines(tx, mention, policies))]
  })
  lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  if (lines.length === 0) out('Nobody has decided on it yet.')
  for (const line of lines) for (const words of json ? [JSON.stringify(line)] : inWords(line)) out(words)
  return lines.some(({ differs }) => differs !== null && differs.length > 0) ? 1 : 0
}

/** A version compiled; the fault where its text can no longer be read, as that of an old one may be. */
type Policies = (version: number) => Promise<CompiledPolicy | PolicyError>

/** Each version is compiled once. */
function policiesOf(tx: BrandTx, brandId: string): Policies {
  const compiled = new Map<number, CompiledPolicy | PolicyError>()
  return async (version) => {
    const known = compiled.get(version) ?? compiledOrFault(await policyText(tx, brandId, version))
    compiled.set(version, known)
    return known
  }
}

function compiledOrFault(text: string): CompiledPolicy | PolicyError {
  try {
    return compile(readPolicy(text))
  } catch (error) {
    if (error instanceof PolicyError) return error
    throw error
  }
}

/** Judged again under a version, as far as that can be read. */
async function judgedAgain(
  policies: Policies,
  version: number,
  differs: (policy: CompiledPolicy) => string[],
): Promise<Pick<Line, 'differs' | 'unread'>> {
  const policy = await policies(version)
  if (policy instanceof PolicyError)
    return { differs: null, unread: `policy ${version} can no longer be read: ${policy.message}` }
  return { differs: differs(policy), unread: null }
}

async function decisionLines(tx: BrandTx, mention: string, policies: Policies): Promise<Line[]> {
  const rows = await tx.execute<Stored>(sql`
    select at, by, policy_version, facts, destination, rule, reason, action, blanked_at is not null as blanked from decision
    where mention_id = ${mention} order by at, id`)
  const lines: Line[] = []
  for (const { at, policy_version: version, facts, destination, rule, reason, action, blanked } of rows) {
    const who = version === null ? 'a person' : `policy ${version}, rule “${rule}”`
    const again =
      version === null || blanked
        ? { differs: null, unread: null }
        : await judgedAgain(policies, version, (policy) =>
            differences({ destination, rule, reason, ...action }, decide(facts, policy)),
          )
    const gone = blanked ? ['  the post is gone at its network, and its words are gone from here'] : []
    lines.push({ kind: 'decision', at: iso(at), says: [`${destination}, by ${who}: ${reason}`, ...gone], ...again })
  }
  return lines
}

async function matchingLines(tx: BrandTx, mention: string, policies: Policies): Promise<Line[]> {
  const lines: Line[] = []
  const looks = await roundsOf(tx, mention)
  const compared = looks.flatMap(({ rounds }) => rounds.flatMap(({ candidates }) => candidates.map(({ id }) => id)))
  const names = await namesOf(tx, compared)
  for (const { at, rounds } of looks)
    for (const round of rounds) {
      const { offered, next } = round
      const judged = await judgedAgain(policies, round.policyVersion, ({ matching }) =>
        differences({ offered, next }, again(round, mention, at, matching)),
      )
      lines.push({ kind: 'matching', at: at.toISOString(), says: roundWords(round, names), ...judged })
    }
  return lines
}

async function namesOf(tx: BrandTx, ids: readonly string[]): Promise<(id: string) => string> {
  const rows = await tx.execute<{ id: string; name: string }>(
    sql`select id, name from member where id = any(${textArray(ids)}::uuid[])`,
  )
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

const LOOKED = ['for all the skills', 'for any of the skills', 'for anybody who speaks the language']

function roundWords(
  { wider, members, leftOut, offered, next, ...under }: MatchRound,
  nameOf: (id: string) => string,
): string[] {
  const left = Object.entries(leftOut).map(([filter, count]) => `${count} ${PLURAL[filter] ?? filter}`)
  const found = wider === null ? 'found nobody' : `looked ${LOOKED[wider]}`
  return [
    `${found} among ${members} members${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`,
    ...(under.unread === undefined
      ? []
      : [
          `  policy ${under.unread}, which decided it, can no longer be read; policy ${under.policyVersion} counted instead`,
        ]),
    ...offered.map((one) => {
      const chance = one.chance?.explored ? `, drawn for a newcomer (${one.chance.draw.toFixed(3)})` : ''
      return `  offered to ${nameOf(one.member)}: ${scoreWords(one)}${chance}`
    }),
    ...next.map((one) => `  not to ${nameOf(one.member)}: ${scoreWords(one)}`),
  ]
}

/** The filters as one says them of several. */
const PLURAL: Record<string, string> = Object.fromEntries(
  Object.entries(FILTER_WORDS).map(([filter, words]) => [
    filter,
    words
      .replace(/^is /, 'are ')
      .replace(/^does /, 'do ')
      .replace(/^has /, 'have ')
      .replace(/^was /, 'were '),
  ]),
)

function scoreWords({ score, terms }: { score: number; terms: Record<string, number> }): string {
  const parts = Object.entries(terms).filter(([, value]) => value !== 0)
  return `${score.toFixed(3)} = ${parts.map(([term, value]) => `${term} ${value.toFixed(3)}`).join(' + ')}`
}

function inWords({ at, says: [first, ...rest], differs, unread }: Line): string[] {
  const same =
    differs === null
      ? unread === null
        ? []
        : [`  again: not possible, ${unread}`]
      : differs.length === 0
        ? ['  again: the same']
        : differs.map((one) => `  again: ${one}`)
  return [`${at}  ${first}`, ...rest, ...same]
}

const iso = (at: string): string => new Date(at).toISOString()
