import type { Capabilities } from '../../connectors/connector.ts'
import { type BackfillRow, lookbackOf, shareOf } from './backfill.ts'
import type { Backfill, Source } from './contract.ts'
import type { SourceRow } from './queries.ts'

/** What can be asked of a source's past; null: nothing. @param usualMicroUsd a day, undefined when nobody knows */
export function lookbackInWords(
  source: SourceRow,
  can: Capabilities | null,
  usualMicroUsd: number | undefined,
): Source['lookback'] {
  const days = lookbackOf(source, can)
  if (days === 'never' || can === null) return null
  return { days, paid: can.costTier === 'paid', usdADay: usualMicroUsd === undefined ? null : usualMicroUsd / 1e6 }
}

/** A backfill as its page and the terminal show it. */
export function showBackfill(row: BackfillRow | undefined, source: SourceRow): Backfill | null {
  if (!row) return null
  const { found, stored, known, requests } = row
  return {
    state: row.state,
    since: row.since.toISOString().slice(0, 10),
    until: row.until.toISOString(),
    share: shareOf(row),
    oldestAt: row.oldestAt?.toISOString() ?? null,
    ...{ found, stored, known, refused: Math.max(0, found - stored - known), requests },
    usd: row.microUsd / 1e6,
    capUsd: row.capMicroUsd === null ? null : row.capMicroUsd / 1e6,
    waits: waitsOf(row, source),
    trouble: row.state === 'running' ? null : row.trouble,
    askedAt: row.askedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

/** Listening goes first, so it waits with a source that cannot listen. */
function waitsOf({ state, putOff, trouble, nextAt }: BackfillRow, source: SourceRow): Backfill['waits'] {
  if (state !== 'running') return null
  if (source.state !== 'on') return { why: 'It waits until its source listens again.', until: null }
  if (source.trouble !== null || source.putOff !== null)
    return { why: 'It waits until what is new can be heard again.', until: null }
  const why = putOff ?? trouble
  return why === null ? null : { why, until: nextAt.toISOString() }
}
