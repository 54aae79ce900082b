import { type Capabilities, type Change, looksBack, type PollResult } from '../../connectors/connector.ts'
import type { backfill } from '../db/schema/backfill.ts'
import { DAY, MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Step } from './backfill-queries.ts'
import { type Allowance, allowance, dollars, type Money, type Window } from './budget.ts'
import type { SourceRow } from './queries.ts'

export type BackfillRow = typeof backfill.$inferSelect

/** What listening brings by itself: a first poll, and one for other words, looks back so far. */
const LISTENED_MS = 1 * DAY
/** Requests of one page: others of the same network have their turn. */
const REQUESTS = 10

/** How far a source can be asked to look back, in days; null: as far as its network keeps posts. `never`: not at all. */
export function lookbackOf(source: Pick<SourceRow, 'settings'>, can: Capabilities | null): number | null | 'never' {
  if (source.settings === null || can === null || !looksBack(can)) return 'never'
  return can.listen.lookbackDays
}

/**
 * The stretch that a backfill back to a day (UTC) takes in: it ends where listening begins, or has come to, because what
 * is younger is no history: people are waiting for answers to it.
 * @throws DomainError `invalid` when there is no such stretch, with what to do
 */
export function stretchOf(
  day: string,
  source: Pick<SourceRow, 'settings' | 'state' | 'drainedAt'>,
  can: Capabilities | null,
  now: Date,
): { since: Date; until: Date } {
  const days = lookbackOf(source, can)
  if (days === 'never') throw new DomainError('invalid', 'Its network cannot be asked for older posts.')
  if (source.state !== 'on') throw new DomainError('invalid', 'It does not listen now; resume it first.')
  if (source.drainedAt === null)
    throw new DomainError('invalid', 'It has not yet read all that is new; ask again once it has.')
  const since = new Date(`${day}T00:00:00Z`)
  const until = new Date(Math.min(now.getTime() - LISTENED_MS, source.drainedAt.getTime()))
  if (since >= until)
    throw new DomainError('invalid', 'Listening brings the last day by itself; choose an earlier one.', { at: 'since' })
  if (days !== null && now.getTime() - since.getTime() > days * DAY)
    throw new DomainError('invalid', `Its network lets us look back ${days} days; choose a later day.`, { at: 'since' })
  return { since, until }
}

/** How much of the way back is read, 0–1. All of it only once it is done. */
export function shareOf({ state, since, askedAt, reachedAt }: BackfillRow): number {
  if (state === 'done') return 1
  const way = askedAt.getTime() - since.getTime()
  const read = reachedAt === null ? 0 : askedAt.getTime() - reachedAt.getTime()
  return Math.min(0.99, Math.max(0, read / way))
}

/**
 * What a page brings of the stretch; what is younger or older stays away. What was deleted is told whatever its age, and
 * a post without a date is refused: nobody can say whether it is of these days.
 */
export const inStretch = (changes: readonly Change[], { since, until }: Pick<BackfillRow, 'since' | 'until'>) =>
  changes.flatMap((change): Change[] => {
    if (change.type !== 'upsert') return [change]
    const at: unknown = change.mention?.createdAt
    if (!(at instanceof Date) || Number.isNaN(at.getTime()))
      return [{ type: 'unreadable', reason: 'it tells no date', raw: change.mention }]
    return at >= since && at < until ? [change] : []
  })

/** Money the same source listens with, and what that usually takes until the month (UTC) ends. Millionths of a dollar. */
export type Means = { month: Money; usualMicroUsd: number }

/**
 * How much a backfill may take at `now`: what is left once listening has what it needs. Half of each window stays for
 * what is new, and of the month's money as much as that usually costs; a network that refused is tried by listening
 * first. Its own cap is another matter: see `spentSentence`.
 */
export function spareAllowance(
  windows: readonly Window[],
  { month, usualMicroUsd }: Means,
  own: Money,
  now: Date,
): Allowance {
  const { capMicroUsd } = month
  const spared = capMicroUsd === null ? null : capMicroUsd - usualMicroUsd
  const allowed = allowance(windows, { ...month, capMicroUsd: spared }, now)
  if (!('windows' in allowed))
    return month.capMicroUsd !== null && month.microUsd < month.capMicroUsd && month.microUsd >= (spared ?? 0)
      ? { ...allowed, why: 'What may still be spent this month is kept for listening.' }
      : allowed
  const later = new Date(now.getTime() + MINUTE)
  if (allowed.halfOpen)
    return { ask: 0, until: later, why: 'Its allowance was used up; listening tries first whether there is more.' }
  const [tightest] = allowed.windows.toSorted((a, b) => spareOf(a) - spareOf(b))
  if (tightest && spareOf(tightest) <= 0)
    return { ask: 0, until: tightest.resetAt, why: 'The other half of what the network allows is kept for listening.' }
  const most = Math.min(allowed.ask, REQUESTS, tightest ? spareOf(tightest) : REQUESTS, affordable(own, now))
  return { ...allowed, ask: most }
}

const spareOf = ({ limit, remaining }: Window): number =>
  limit === null ? Math.floor(remaining / 2) : remaining - Math.ceil(limit / 2)

const affordable = (own: Money, now: Date): number => allowance([], own, now).ask

/** Whether nothing more can be asked for the money it was given, and how that is said; null: there is some left. */
export function spentSentence(own: Money, now: Date): string | null {
  if (own.capMicroUsd === null || affordable(own, now) > 0) return null
  return `The ${dollars(own.capMicroUsd)} it may cost are spent.`
}

/** So many failures in a row, and it is given up. */
export const MOST_FAILURES = 8
const LONGEST_WAIT = 15 * MINUTE

/** How long to wait after the nth failure in a row, from a minute on, twice as long each time. */
export const waitAfter = (failures: number): number => Math.min(LONGEST_WAIT, MINUTE * 2 ** Math.max(0, failures - 1))

type Standing = Pick<BackfillRow, 'cursor' | 'since' | 'gap' | 'failures'>

/** Where it stands after a page. A network that gives the same again and again is taken for one that fails. */
export function stepOf(
  row: Standing,
  page: Pick<PollResult, 'cursor' | 'state' | 'gaps' | 'reached'>,
  now: Date,
): Omit<Step, 'requests' | 'microUsd'> {
  const { cursor, reached = null } = page
  const isAll = page.state === 'drained' || (reached !== null && reached <= row.since)
  // Networks tell of a gap where they meet it, which may be long before the end.
  const gap = joinGaps(row.gap, page.gaps)
  const onward = { cursor, reachedAt: reached, gap, failures: 0, trouble: null, nextAt: now }
  if (isAll && gap === null) return { ...onward, ends: 'done' as const }
  if (isAll) return { ...onward, ends: 'stopped' as const, trouble: atEnd(null, gap) }
  if (cursor !== row.cursor) return onward
  return { ...onward, ...afterFailure({ ...row, gap }, 'The network gives nothing further.', null, now) }
}

const MOST_GAPS = 5
const MORE_GAPS = 'More is missing than is told here.'

/** What is missing, a line each and each once; of very much the first, and that there is more. Null: nothing. */
export function joinGaps(known: string | null, fresh: readonly string[]): string | null {
  const all = new Set([...(known?.split('\n') ?? []), ...fresh].filter((one) => one !== MORE_GAPS))
  const isMore = all.size > MOST_GAPS || (known?.endsWith(MORE_GAPS) ?? false)
  return [...[...all].slice(0, MOST_GAPS), ...(isMore ? [MORE_GAPS] : [])].join('\n') || null
}

/** Why it ended before it was all read, and what is missing of what it had read by then; null: neither. */
export const atEnd = (trouble: string | null, gap: string | null): string | null =>
  [trouble, gap?.replaceAll('\n', ' ')].filter(Boolean).join(' ') || null

/** Where it stands after one more failure, and whether it is given up. @param isOver asking again would be no use */
export function afterFailure(
  { failures, gap }: Pick<BackfillRow, 'failures' | 'gap'>,
  trouble: string,
  until: Date | null,
  now: Date,
  isOver = false,
) {
  const nth = failures + 1
  const nextAt = new Date(Math.max(now.getTime() + waitAfter(nth), until?.getTime() ?? 0))
  const step = { failures: nth, trouble, nextAt }
  return isOver || nth >= MOST_FAILURES ? { ...step, trouble: atEnd(trouble, gap), ends: 'stopped' as const } : step
}
