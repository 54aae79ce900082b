import { setImmediate as breathe } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { diffPolicies } from '../../../rules/diff.ts'
import { type Facts, FIELD_NAMES, fieldOf } from '../../../rules/fields.ts'
import { checkText, readPolicy } from '../../../rules/language.ts'
import { LIMITS } from '../../../rules/limits.ts'
import { indexLists } from '../../../rules/lists.ts'
import { operatorsOf } from '../../../rules/operators.ts'
import { traceRules } from '../../../rules/trace.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { type Clock, DAY, SECOND } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { PRIORITIES, VOICES } from '../../domain/roles.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { countPast } from '../backtest-queries.ts'
import { costsOf } from '../costs/queries.ts'
import { decide } from '../decide.ts'
import { knownOf } from '../known.ts'
import { allLists } from '../lists/queries.ts'
import { policyVersion } from '../queries.ts'
import { type Mask, readStored } from '../show.ts'
import { compileTried, underCosts } from '../tried.ts'
import { draftApi, type Matches, type RuleTrace, type RuleWords } from './contract.ts'
import { openMatches } from './matches.ts'
import * as q from './queries.ts'

/** A post nobody has heard: pasted by whoever asks. */
export type Pasted = { words: string; network?: string | undefined; handle?: string | undefined }

export type DraftDeps = BindDeps & {
  db: Db
  clock: Clock
  mask: Mask
  /** What a pasted post would be decided on, if it were heard now. */
  factsOfPasted: (brandId: string, post: Pasted) => Promise<Facts>
}

/** So many mentions are asked at a stretch: some 20 ms, in which nobody else of this process is served. */
const PAGE = 500
/** Whoever types does not wait longer: what was asked until then is a smaller draw. */
const LONGEST = 3 * SECOND
const LISTED = 20

/** What an unsaved policy would do: for whoever writes it. Nothing is written. */
export function draftRoutes(app: FastifyInstance, deps: DraftDeps): void {
  const { db, mask } = deps
  bind(
    app,
    draftApi,
    {
      'GET /policy/words': ({ brandId }) => inBrand(db, brandId, wordsOf),
      'POST /policy/matches': ({ body, brandId, request }) =>
        matchesOf(deps, brandId, body, () => request.raw.socket?.destroyed === true),
      'POST /policy/compare': ({ body: { text, against }, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const stored = await policyVersion(tx, against)
          if (!stored) throw new DomainError('not-found', `There is no version ${against} of the rules.`)
          const [before, after] = [readStored(stored.text), checkText(text).faults.length === 0 && readPolicy(text)]
          return { changes: before && after ? diffPolicies(before, after) : null }
        }),
      'GET /policy/traceable': ({ query, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const rows = await q.traceable(tx, query.words || null, { limit: LISTED, mask })
          const items = rows.map(({ mention_id, at, text, network, author_handle }) => ({
            ...{ mentionId: mention_id, at: iso(at), text, network, authorHandle: author_handle },
          }))
          return { items }
        }),
      'POST /policy/trace': async ({ body: { text, about }, brandId }) => {
        if ('words' in about) {
          const facts = await deps.factsOfPasted(brandId, about)
          return inBrand(db, brandId, (tx) => traceOf(tx, text, facts, mask(about.words)))
        }
        return inBrand(db, brandId, async (tx) => {
          const found = await q.pastOfMention(tx, about.mentionId)
          if (!found)
            throw new DomainError(
              'not-found',
              'The rules never decided this mention, or it is gone at its network or hidden.',
            )
          const { facts } = underCosts(found.past, await costsOf(tx))
          return traceOf(tx, text, facts, mask(found.text))
        })
      },
    },
    deps,
  )
}

async function wordsOf(tx: BrandTx): Promise<RuleWords> {
  const { values = {}, teams = [], skills = [], ranks = [], lists = [] } = await knownOf(tx)
  return {
    fields: FIELD_NAMES.map((name) => {
      const field = fieldOf(name)
      const closed = 'values' in field ? field.values : undefined
      const [least, most] = field.type === 'number' ? field.range : [null, null]
      return {
        ...{ name, type: field.type, words: field.words, operators: Object.keys(operatorsOf(name)) },
        values: [...(values[name] ?? closed ?? [])].length > 0 ? [...(values[name] ?? closed ?? [])] : null,
        ...{ least, most: most === Number.MAX_SAFE_INTEGER ? null : most },
      }
    }),
    ...{ teams: [...teams], skills: [...skills], ranks: [...ranks], lists: [...lists] },
    ...{ priorities: [...PRIORITIES], voices: [...VOICES] },
    ...{ depth: LIMITS.depth, comparisons: LIMITS.comparisonsPerRule },
  }
}

/** Asks page by page, each in a transaction of its own, until all are asked, time is up or nobody listens any more. */
async function matchesOf(
  { db, clock }: Pick<DraftDeps, 'db' | 'clock'>,
  brandId: string,
  { text, days, most }: { text: string; days: number; most: number },
  gone: () => boolean,
): Promise<Matches> {
  const until = clock.now()
  const period = { since: new Date(until.getTime() - days * DAY), until }
  const { policy, costs } = await inBrand(db, brandId, async (tx) => ({
    policy: await compileTried(tx, readPolicy(text, await knownOf(tx))),
    costs: await costsOf(tx),
  }))
  const { all, ids } = await inTime(() =>
    inBrand(db, brandId, async (tx) => {
      await q.giveUpAfter(tx, LONGEST)
      return { all: await countPast(tx, period), ids: await q.drawnIds(tx, period, most) }
    }),
  )
  const matches = openMatches(policy)
  for (let at = 0; at < ids.length && !gone(); at += PAGE) {
    if (at > 0 && clock.now().getTime() - until.getTime() > LONGEST) break
    const page = await inBrand(db, brandId, (tx) => q.pastByIds(tx, ids.slice(at, at + PAGE)))
    for (const past of page) matches.ask(underCosts(past, costs).facts)
    await breathe()
  }
  return { days, all, ...matches.counted() }
}

/** @throws DomainError `unavailable` when the database gave up, because it took too long */
async function inTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!q.gaveUp(error)) throw error
    const says = 'There is too much in these days to count it while you wait. Try the rules in a backtest instead.'
    throw new DomainError('unavailable', says, {}, { cause: error })
  }
}

async function traceOf(tx: BrandTx, text: string, facts: Facts, shown: string): Promise<RuleTrace> {
  const policy = readPolicy(text, await knownOf(tx))
  const { destination, team, priority, rule, reason } = decide(facts, await compileTried(tx, policy))
  const rules = traceRules(policy, facts, indexLists(await allLists(tx)))
  return {
    ...{ text: shown, destination, team, priority, rule, reason },
    rules: rules.map(({ clauses, ...one }) => ({
      ...one,
      clauses: clauses.map((clause) =>
        clause.kind === 'asks'
          ? { ...clause, operand: plain(clause.operand), value: clause.value === null ? null : plain(clause.value) }
          : clause,
      ),
    })),
  }
}

const plain = (value: string | number | boolean | readonly string[]): string | number | boolean | string[] =>
  typeof value === 'object' ? [...value] : value
