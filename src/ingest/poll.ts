import { ConnectorError, type PollResult } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type Clock, MINUTE, SECOND } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import type { Brand } from '../people/brands.ts'
import { type AskDeps, askNetwork } from './ask.ts'
import { afterReset, nameOf, openMeter, type Spent, type Taken, withRefusal } from './budget.ts'
import { settleBudget, takeBudget } from './budget-queries.ts'
import { entryOf } from './entry.ts'
import * as q from './queries.ts'
import { storePage } from './store.ts'

const ITEMS_A_POLL = 200
/** Then other sources have their turn. */
const PAGES_IN_A_ROW = 10
const LONGEST_WAIT = 15 * MINUTE

export type PollDeps = AskDeps & {
  db: Db
  clock: Clock
  /** In [0, 1); spreads retries so that sources do not come back all at once. */
  random: () => number
  brandOf: (brandId: string) => Promise<Brand>
  /** Wakes triage for what was stored. */
  wake: (brandId: string, mentionIds: string[]) => Promise<unknown>
  fault: FaultPoint
}

/**
 * Asks one source for what is new and stores it. Safe to run twice, at once, or to be killed anywhere: the cursor
 * moves in the transaction that stores its page, and a post that is stored already is not stored again (I1, L3).
 * A backlog is read on at once: one page each time the pulse beats would be a hundred posts a second.
 */
export function runPoll(deps: PollDeps) {
  return async ({ sourceId }: { sourceId: string }, signal: AbortSignal): Promise<void> => {
    for (let pages = 0; pages < PAGES_IN_A_ROW && !signal.aborted; pages++) {
      if (!(await pollPage(deps, sourceId, signal))) return
    }
  }
}

/** @returns whether more waits at the network */
async function pollPage(deps: PollDeps, sourceId: string, signal: AbortSignal): Promise<boolean> {
  const source = await q.sourceToPoll(deps.db, sourceId)
  if (!source) return false
  const brand = await deps.brandOf(source.brandId)
  const taken = await takeOrWait(deps, source)
  if (!taken) return false
  const { meter, spent } = openMeter()
  try {
    const asked = { cursor: source.cursor, maxItems: ITEMS_A_POLL, maxRequests: taken.ask, signal }
    const page = await askNetwork(deps, source, meter, asked)
    deps.fault('poll.fetched')
    const { used, until } = withRefusal(page.cut, spent(), source, deps.clock.now())
    const stored = await storePage(deps, brand, source, page.changes, {
      // Locked first. Another worker polled meanwhile: its cursor stands, and what we bring is new or known as ever.
      begin: async (tx) => ({ unmoved: (await q.lockCursor(tx, source.id)) === source.cursor }),
      end: async (tx, { unmoved }, mentions) => {
        if (unmoved) await moveCursor(deps, tx, source, page, mentions, used, until)
        await settleBudget(tx, source, taken, { ...used, mentions }, deps.clock.now())
      },
    })
    deps.fault('poll.stored')
    await deps.wake(brand.id, stored ?? [])
    return page.state === 'more' && !page.cut && stored !== null && stored.length > 0
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    await writeFailure(deps, source, taken, spent(), error)
    return false
  }
}

/** What the budget allows; null: it puts the source off, which is written down, and nobody is asked (L4). */
async function takeOrWait({ db, clock, random }: PollDeps, source: q.SourceRow): Promise<Taken | null> {
  return inBrand(db, source.brandId, async (tx) => {
    const allowed = await takeBudget(tx, source, entryOf(source)?.allows ?? [], clock.now())
    if ('windows' in allowed) return allowed
    await q.putOff(tx, source.id, { why: allowed.why, nextAt: afterReset(allowed.until, random()) })
    return null
  })
}

async function moveCursor(
  { clock, random }: PollDeps,
  tx: BrandTx,
  source: q.SourceRow,
  page: PollResult,
  mentions: number,
  { rates }: Spent,
  until: Date | null,
): Promise<void> {
  const now = clock.now()
  // A page with nothing new is in no hurry, or a network that gives the same again would be asked without a pause.
  const hurries = page.state === 'more' && mentions > 0 && !page.cut
  const refusedMs = until === null ? 0 : afterReset(until, random()).getTime() - now.getTime()
  const waitMs = hurries ? 0 : Math.max(source.pollEverySeconds * SECOND, refusedMs)
  await q.pollSucceeded(tx, source.id, now, {
    cursor: page.cursor,
    at: new Date(now.getTime() + waitMs),
    gaps: page.gaps.length,
    foundAny: page.changes.length > 0,
    drained: page.state === 'drained',
    windows: [...new Set([...(source.windows ?? []), ...rates.map(nameOf)])],
  })
}

/** A refusal is written into the budget as well, so that the other sources of the same app need not meet it too. */
async function writeFailure(
  deps: PollDeps,
  source: q.SourceRow,
  taken: Taken,
  spent: Spent,
  error: ConnectorError,
): Promise<void> {
  const now = deps.clock.now()
  const { used, until } = withRefusal(error, spent, source, now)
  await inBrand(deps.db, source.brandId, async (tx) => {
    const failure = { ...afterFailure(deps, source, error, until), windows: used.rates.map(nameOf) }
    const failed = await q.pollFailed(tx, source.id, now, failure)
    // Once each time: what needs new rights is not polled again, and the count passes this number once.
    if (failed && (failure.needsAuthorisation || failed.failures === FAILURES_TOLD)) {
      const data = { sourceId: source.id, name: failed.name, trouble: failure.trouble }
      await appendEvents(tx, [
        { kind: 'source.troubled', mentionId: null, memberIds: [], actor: 'system', data, at: now },
      ])
    }
    await settleBudget(tx, source, taken, { ...used, mentions: 0 }, now)
  })
}

/** Admins are told of a source that failed so often in a row; fewer are the network's hiccups. */
const FAILURES_TOLD = 5

function afterFailure(deps: PollDeps, source: q.SourceRow, error: ConnectorError, until: Date | null) {
  const now = deps.clock.now().getTime()
  const backOff = Math.min(LONGEST_WAIT, source.pollEverySeconds * SECOND * 2 ** Math.min(source.failures, 10))
  // Full jitter over the upper half: sources of one account do not return in step.
  const waitMs = Math.max(
    backOff * (0.5 + deps.random() / 2),
    until === null ? 0 : afterReset(until, deps.random()).getTime() - now,
  )
  const needsAuthorisation = error.kind === 'auth' || error.kind === 'scope'
  return {
    kind: error.kind,
    trouble: needsAuthorisation
      ? `${error.message} Re-authorise this source to go on from where it stopped.`
      : error.message,
    nextAt: new Date(now + waitMs),
    needsAuthorisation,
    forgetCursor: error.kind === 'cursor-expired',
  }
}
