import { DAY, HOUR } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Report, SCOPES, Share } from './contract.ts'

export type Scope = (typeof SCOPES)[number]

/** What brands usually do (about one mention in seven is answered) and what people expect; drawn beside every figure. */
export const REFERENCE = { rate: 0.14, hours: 2 } as const

/** Under so many mentions a share or a median says more about chance than about us. */
export const ENOUGH = 30

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959964

/** `answered` of `total` with its interval, or no rate at all where there are too few to say. */
export function shareOf(answered: number, total: number): Share {
  if (total < ENOUGH) return { answered, total, rate: null, low: null, high: null }
  return { answered, total, rate: answered / total, ...wilson(answered, total) }
}

/**
 * The 95 % score interval of a share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927): within [0,1] and sensible also near
 * 0 and 1, where the usual ± is not.
 */
export function wilson(answered: number, total: number): { low: number; high: number } {
  const share = answered / total
  const z2 = Z * Z
  const middle = share + z2 / (2 * total)
  const half = Z * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total))
  const scale = 1 + z2 / total
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) }
}

/** A figure over `count` answers, or null where there are too few to say. */
export const sayable = (figure: number | null, count: number): number | null => (count < ENOUGH ? null : figure)

/** The denominator in words; it stands beside the rate. */
export const DEFINITIONS: Record<Scope, string> = {
  addressable:
    'Every mention received in this time, with or without the brand’s handle, that was not a follow-up to an answer of ours, was not ignored with a reason (such as spam), and was not deleted by its author before an answer. An answer that we took back is none.',
  all: 'Every mention received in this time, ignored and deleted ones included; only follow-ups to answers of ours are left out.',
  'with-handle':
    'Mentions received in this time that name one of the brand’s handles; without follow-ups, those ignored with a reason, and those deleted before an answer.',
  'without-handle':
    'Mentions received in this time that speak of the brand without naming a handle; without follow-ups, those ignored with a reason, and those deleted before an answer.',
}

export type Span = { from: Date; to: Date; step: Report['step'] }

const LONGEST = 800 * DAY

/**
 * The time a report is about: the seven days up to now where nothing else is asked, and never the future.
 * Under three days it goes by the hour, else by the day.
 * @throws DomainError `invalid` for a time that ends before it begins, or is longer than 800 days
 */
export function spanOf(asked: { from?: string | undefined; to?: string | undefined }, now: Date): Span {
  const to = new Date(Math.min(asked.to === undefined ? now.getTime() : Date.parse(asked.to), now.getTime()))
  const from = new Date(asked.from === undefined ? to.getTime() - 7 * DAY : Date.parse(asked.from))
  if (from >= to) throw new DomainError('invalid', 'A report has to begin before it ends, and before now.')
  if (to.getTime() - from.getTime() > LONGEST)
    throw new DomainError('invalid', 'A report covers at most 800 days; choose a later beginning.')
  return { from, to, step: to.getTime() - from.getTime() < 3 * DAY ? 'hour' : 'day' }
}

/** Mentions received later than this have not had their two hours yet, and are left out of the two-hour figure. */
export const settledBy = (now: Date): Date => new Date(now.getTime() - REFERENCE.hours * HOUR)
