import type { Connector, Meter } from '../../connectors/connector.ts'
import { ConnectorError, type PollResult } from '../../connectors/connector.ts'
import { type Db, inBrand } from '../db/client.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { openMeter, type Spent, windowOfRefusal } from './budget.ts'
import { settleBudget, takeBudget } from './budget-queries.ts'
import { cleanMention } from './clean.ts'
import type { Found } from './contract.ts'
import { entryOf } from './entry.ts'
import type { SourceRow } from './queries.ts'
import { adviceFor } from './silence.ts'

const ITEMS = 20
const REQUESTS = 3
const SHOWN = 10
const WITHIN_MS = 20 * SECOND

/** Kinds of failure after which a poll comes again by itself, and a trial does not. */
const AWAY = new Set<string>(['network-down', 'bad-response', 'timeout'])
const LOOK = 'Look whether the address is right, then try again.'

export type TrialDeps = {
  db: Db
  clock: Clock
  connectorOf: (source: SourceRow, meter: Meter) => Connector | Promise<Connector>
}

/**
 * Asks a source once, bounded, before it is stored or changed. It counts in the budget like any poll; nothing it brings
 * is kept.
 * @throws DomainError `invalid` when its settings are wrong or the network refuses it, `too-many` when the budget does
 */
export async function tryOut(
  { db, clock, connectorOf }: TrialDeps,
  draft: SourceRow,
): Promise<{ result: PollResult; spent: Spent }> {
  const here = { ...draft, windows: null }
  const allowed = await inBrand(db, draft.brandId, (tx) =>
    takeBudget(tx, here, entryOf(draft)?.allows ?? [], clock.now()),
  )
  if (!('windows' in allowed))
    throw new DomainError('too-many', `${allowed.why} Try again after ${allowed.until.toISOString()}.`)
  const { meter, spent } = openMeter()
  let rates: Spent['rates'] = []
  try {
    const connector = await connectorOf(draft, meter)
    const maxRequests = Math.min(REQUESTS, allowed.ask)
    const signal = AbortSignal.timeout(WITHIN_MS)
    const result = await connector.poll({ listen: draft.listen, cursor: null, maxItems: ITEMS, maxRequests, signal })
    return { result, spent: spent() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const refusal = windowOfRefusal(error, spent(), draft.accountId === null ? 'app' : 'account', clock.now())
    if (refusal) rates = [refusal]
    throw new DomainError(
      'invalid',
      `${error.message} ${AWAY.has(error.kind) ? LOOK : adviceFor(error.kind)}`,
      { kind: error.kind },
      { cause: error },
    )
  } finally {
    const all = { ...spent(), rates: [...spent().rates, ...rates], mentions: 0 }
    await inBrand(db, draft.brandId, (tx) => settleBudget(tx, here, allowed, all, clock.now()))
  }
}

/** What a trial brought, cleaned as it would be stored, newest first. */
export function shown({ result: { changes, state, gaps }, spent }: { result: PollResult; spent: Spent }, now: Date) {
  const posts = changes.flatMap((change): Found[] => {
    if (change.type !== 'upsert') return []
    const cleaned = cleanMention(change.mention, now)
    if ('refused' in cleaned) return []
    const { authorHandle: author, text, url, postedAt } = cleaned
    return [{ author, text, url, postedAt: postedAt.toISOString() }]
  })
  const found = posts.sort((a, b) => (a.postedAt < b.postedAt ? 1 : -1)).slice(0, SHOWN)
  const { requests, microUsd } = spent
  return { found, count: posts.length, more: state === 'more', gaps, requests, usd: microUsd / 1e6 }
}
