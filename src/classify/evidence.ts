import type { Evidence } from '../domain/classification.ts'

/** The most evidence kept per head: a reader wants the strongest words, not a list. */
const KEPT_PER_HEAD = 4
const WORDS_LENGTH = 60
/** Findings of one kind after the first count half: ten times "refund" is not ten reasons. */
const REPEATED = 0.5
/** Pushes smaller than this count but are not shown. */
const SHOWN_FROM = 0.03

type Tally = { miss: number; kinds: string[]; why: Evidence[] }

/**
 * The scores in the making, by head. A head's score is the noisy-or 1 - Π(1 - push) of its pushes: each lifts what is
 * left, none can pass 1, and the order does not matter.
 */
export type Ledger = { text: string; tallies: Map<string, Tally> }

export const openLedger = (text: string): Ledger => ({ text, tallies: new Map() })

export function scoreOf(ledger: Ledger, head: string): number {
  const tally = ledger.tallies.get(head)
  return tally === undefined ? 0 : 1 - tally.miss
}

/** The words of the text at a place; what has no place in the text is said in brackets: `[capitals]`. */
export type Place = { start: number; end: number } | string

/** Lifts `head` by `push` in [0,1], for the reason found at `place`; `kind` tells repetitions, '' is never one. */
export function lift(ledger: Ledger, head: string, push: number, place: Place, kind = ''): void {
  if (push <= 0) return
  const tally = tallyOf(ledger, head)
  let pushed = push
  if (kind !== '') {
    if (tally.kinds.includes(kind)) pushed *= REPEATED
    else tally.kinds.push(kind)
  }
  tally.miss *= 1 - pushed
  record(ledger, tally, head, pushed, place)
}

/** Takes `share` in [0,1] of a head's score away. */
export function lower(ledger: Ledger, head: string, share: number, place: Place): void {
  const tally = ledger.tallies.get(head)
  if (tally === undefined || tally.miss === 1 || share <= 0) return
  const taken = (1 - tally.miss) * share
  tally.miss += taken
  record(ledger, tally, head, -taken, place)
}

/** Records a reason that lifts no tally: of a score that is summed elsewhere, such as the sentiment. */
export function note(ledger: Ledger, head: string, push: number, place: Place): void {
  record(ledger, tallyOf(ledger, head), head, push, place)
}

function tallyOf(ledger: Ledger, head: string): Tally {
  let tally = ledger.tallies.get(head)
  if (tally === undefined) {
    tally = { miss: 1, kinds: [], why: [] }
    ledger.tallies.set(head, tally)
  }
  return tally
}

function record(ledger: Ledger, tally: Tally, head: string, push: number, place: Place): void {
  if (push < SHOWN_FROM && push > -SHOWN_FROM) return
  const words = typeof place === 'string' ? place : wordsAt(ledger.text, place.start, place.end)
  tally.why.push({ head, words, push: Math.round(push * 100) / 100 })
}

/** Controls and halves of characters between the words of a phrase could not be stored or shown (L8). */
function wordsAt(text: string, start: number, end: number): string {
  return text.slice(start, Math.min(end, start + WORDS_LENGTH)).replace(/[\p{Cc}\p{Cs}]/gu, ' ')
}

/** The strongest reasons of each head, strongest first within a head, heads in order of first mention. */
export function strongest(ledger: Ledger): Evidence[] {
  const kept: Evidence[] = []
  for (const { why } of ledger.tallies.values()) {
    if (why.length > 1) why.sort(byStrength)
    for (let at = 0; at < why.length && at < KEPT_PER_HEAD; at++) kept.push(why[at]!)
  }
  return kept
}

const byStrength = (a: Evidence, b: Evidence): number => Math.abs(b.push) - Math.abs(a.push)
