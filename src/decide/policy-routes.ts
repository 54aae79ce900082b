import type { FastifyInstance } from 'fastify'
import { diffPolicies } from '../../rules/diff.ts'
import { type PlacedFault, readPolicy } from '../../rules/language.ts'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type Clock, DAY } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import type { Outlook } from './backtest.ts'
import * as b from './backtest-queries.ts'
import { type Backtest, type PolicyDetail, policyApi } from './contract.ts'
import { costsOf } from './costs/queries.ts'
import { placeIn } from './place.ts'
import { lookAt, saveDraft } from './publish.ts'
import { currentPolicy, policyVersion, versionWithText } from './queries.ts'
import { type Mask, readStored, showRules, showVersion } from './show.ts'
import { type Compared, showBacktest, showMoved, showResult } from './show-backtest.ts'
import { compileTried, underCosts } from './tried.ts'

/** So many backtests of a brand are kept, with the mentions that moved under them. */
const KEPT = 20

export type PolicyDeps = BindDeps & {
  db: Db
  clock: Clock
  mask: Mask
  /** Wakes a worker; told after the commit. */
  wakeBacktest: (brandId: string, backtestId: string) => Promise<unknown>
}

/** Versions of the rules, drafts among them, and what they would have changed. */
export function policyRoutes(app: FastifyInstance, deps: PolicyDeps): void {
  const { db, clock, mask } = deps
  bind(
    app,
    policyApi,
    {
      'GET /policy/:version': ({ params, query, brandId }) =>
        inBrand(db, brandId, (tx) => detailOf(tx, params.version, query.against ?? null, mask)),
      'POST /policy/drafts': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => ({ version: await saveDraft(tx, body, me, clock.now()) })),
      'POST /policy/:version/backtest': async ({ params, body, me, brandId }) => {
        const asked = await inBrand(db, brandId, (tx) => askBacktest(tx, { ...params, ...body }, me, clock.now()))
        await deps.wakeBacktest(brandId, asked.id)
        return asked
      },
      'GET /backtests/:id': ({ params, brandId }) => inBrand(db, brandId, (tx) => backtestOf(tx, params.id, mask)),
      'POST /backtests/:id/cancel': ({ params, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await cancelBacktest(tx, params.id, me, clock.now())
          return backtestOf(tx, params.id, mask)
        }),
      'GET /backtests/:id/moved': ({ params, query, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const { limit, cursor, went = null, goes = null } = query
          const row = await found(tx, params.id)
          const after = cursor === undefined ? null : fromTimeCursor(cursor)
          const rows = await b.movedPage(tx, row.id, { went, goes, limit, after })
          const { items, nextCursor } = toPage(rows, limit, ({ at, id }) => ({ key: at.toISOString(), id }))
          const [policies, costs] = [await bothOf(tx, row), await costsOf(tx)]
          return { items: items.map((one) => showMoved(underCosts(one, costs), policies, mask)), nextCursor }
        }),
    },
    deps,
  )
}

/**
 * Asks for a backtest of a version against the one in force over the last `days` days.
 * @throws DomainError `not-found`; `invalid` when no version is in force; `conflict` while another is under way
 */
export async function askBacktest(
  tx: BrandTx,
  { version, days }: { version: number; days: number },
  by: { userId: string },
  at: Date,
): Promise<Backtest> {
  const inForce = await currentPolicy(tx)
  if (!(await policyVersion(tx, version)))
    throw new DomainError('not-found', `There is no version ${version} of the rules.`)
  if (!inForce) throw new DomainError('invalid', 'No version is in force yet to compare with; publish one first.')
  const period = { since: new Date(at.getTime() - days * DAY), until: at }
  const ask = { version, against: inForce.version, days, ...period, by: by.userId, at }
  const id = await b.insertBacktest(tx, ask, await b.countPast(tx, period))
  if (id === null)
    throw new DomainError('conflict', 'A backtest is under way already; wait for it, or cancel it and ask again.')
  await b.forgetOld(tx, KEPT)
  const details = { version, against: inForce.version, days }
  await writeAudit(tx, { actor: by.userId, act: 'policy.backtest', target: id, details, at })
  return showBacktest(await found(tx, id), null)
}

/** Ends one that has not ended; whatever a worker has begun of it comes to nothing. */
export async function cancelBacktest(tx: BrandTx, id: string, by: { userId: string }, at: Date): Promise<void> {
  const ended = await b.endBacktest(tx, id, { state: 'cancelled', at })
  if (!ended) return
  const data = { backtestId: id, version: ended.version, state: 'cancelled' }
  await appendEvents(tx, [{ kind: 'policy.backtested', mentionId: null, memberIds: [], actor: by.userId, data, at }])
  await writeAudit(tx, { actor: by.userId, act: 'policy.backtest-cancelled', target: id, details: data, at })
}

async function found(tx: BrandTx, id: string): Promise<b.BacktestRow> {
  const row = await b.backtestById(tx, id)
  if (!row) throw new DomainError('not-found', 'There is no such backtest; only the newest are kept.')
  return row
}

async function backtestOf(tx: BrandTx, id: string, mask: Mask): Promise<Backtest> {
  return withResult(tx, await found(tx, id), mask)
}

async function withResult(tx: BrandTx, row: b.BacktestRow, mask: Mask): Promise<Backtest> {
  if (row.state !== 'done' || row.tally === null) return showBacktest(row, null)
  const costs = await costsOf(tx)
  const moved = await b.movedByIds(tx, Object.values(row.tally.sample).flat())
  const sample = moved.map((one) => underCosts(one, costs))
  const outlook = row.outlook as Outlook | null // written by whoever ended it
  return showBacktest(row, showResult(row.tally, outlook, await bothOf(tx, row), sample, mask))
}

async function bothOf(tx: BrandTx, { version, against }: { version: number; against: number }): Promise<Compared> {
  const open = async (number: number) => compileTried(tx, readPolicy((await policyVersion(tx, number))!.text)) // versions are never removed
  return { went: await open(against), goes: await open(version) }
}

const placed = ({ at, line, says }: PlacedFault) => ({ at: placeIn(at, line), says })

async function detailOf(tx: BrandTx, version: number, asked: number | null, mask: Mask): Promise<PolicyDetail> {
  const row = await versionWithText(tx, version)
  if (!row) throw new DomainError('not-found', `There is no version ${version} of the rules.`)
  const inForce = (await currentPolicy(tx))?.version ?? 0
  const against = asked ?? (row.state === 'draft' ? inForce : (row.based_on ?? version - 1))
  const other = against === version ? null : await policyVersion(tx, against)
  const policy = readStored(row.text)
  const before = other && readStored(other.text)
  const looked = await lookAt(tx, row.text)
  const newest = (await b.backtestsOf(tx, version)).find(({ state }) => state !== 'cancelled')
  return {
    version: showVersion(row),
    text: row.text,
    faults: looked.faults.map(placed),
    advice: looked.advice.map(placed),
    rules: policy ? showRules(policy) : [],
    against: other?.version ?? null,
    changes: before && policy ? diffPolicies(before, policy) : [],
    inForce,
    backtest: newest ? await withResult(tx, newest, mask) : null,
  }
}
