import { EMOTIONS, type Emotion, type Flag } from '../domain/classification.ts'
import type { Head } from './cues.ts'
import { EMOJI } from './emoji.ts'
import { type Ledger, lift, lower, note, scoreOf } from './evidence.ts'
import type { Finding, Reading } from './read.ts'

/** The name of each head in `why`. */
const NAMES: Record<Head, string> = {
  anger: 'anger',
  urgency: 'urgency',
  question: 'intent.question',
  problem: 'intent.problem',
  idea: 'intent.idea',
  praise: 'intent.praise',
  expert: 'needsExpert',
  employee: 'needsEmployee',
  spam: 'flags.spam',
}
const EMOTION_NAMES = Object.fromEntries(EMOTIONS.map((emotion) => [emotion, `emotion.${emotion}`])) as Record<
  Emotion,
  string
>

/** Bends a sum of valences into [-1,1]: s / sqrt(s² + bend), after VADER (Hutto & Gilbert 2014). */
const BEND = 1.2
/** Complaints and questions say "thanks" out of politeness: so much of a pleasant word counts beside one. */
const POLITE_COMPLAINT = 0.4
const POLITE_QUESTION = 0.6

const FAULTS = new Set(['service', 'unheard', 'money', 'leaving', 'fury', 'sarcasm', 'hostile', 'failure', 'lawyer'])

/** The sentiment in [-1,1] and its reasons. */
export function sentimentOf(ledger: Ledger, reading: Reading): number {
  const atFault = reading.findings.some((finding) => FAULTS.has(finding.group))
  const polite = atFault ? POLITE_COMPLAINT : reading.tokens.questions > 0 ? POLITE_QUESTION : 1
  let sum = 0
  for (const feeling of reading.feelings) {
    const weighed = feeling.valence > 0 ? feeling.valence * polite : feeling.valence
    sum += weighed
    note(ledger, 'sentiment', weighed, feeling)
  }
  const { exclamations } = reading.tokens
  if (exclamations > 0 && sum !== 0) {
    const louder = sum * Math.min(0.3, exclamations * 0.1)
    note(ledger, 'sentiment', Math.max(-1, Math.min(1, louder)), '[!]')
    sum += louder
  }
  return sum / Math.sqrt(sum * sum + BEND)
}

/** Lifts every head by what was read: first the findings, then how it was said, then what one head means for another. */
export function weigh(ledger: Ledger, reading: Reading, sentiment: number): Set<Flag> {
  const flags = new Set<Flag>()
  for (const finding of reading.findings) weighFinding(ledger, finding, flags)
  weighEmoji(ledger, reading)
  weighManner(ledger, reading, sentiment)
  weighMood(ledger, sentiment)
  weighNeeds(ledger, sentiment)
  return flags
}

function weighFinding(ledger: Ledger, finding: Finding, flags: Set<Flag>): void {
  const { cue, group } = finding
  // Object keys of a Cue are heads and emotions: the table is typed by them.
  for (const head in cue.heads) lift(ledger, NAMES[head as Head], cue.heads[head as Head] ?? 0, finding, group)
  for (const emotion in cue.emotions) {
    lift(ledger, EMOTION_NAMES[emotion as Emotion], cue.emotions[emotion as Emotion] ?? 0, finding, group)
  }
  if (cue.flag !== undefined) {
    flags.add(cue.flag)
    note(ledger, `flags.${cue.flag}`, 1, finding)
  }
}

function weighEmoji(ledger: Ledger, { tokens }: Reading): void {
  for (const token of tokens.list) {
    if (token.kind !== 'emoji') continue
    const feeling = EMOJI.get(token.word)
    if (feeling?.emotion === undefined) continue
    const push = Math.abs(feeling.sentiment) * 0.6
    lift(ledger, EMOTION_NAMES[feeling.emotion], push, token, token.word)
    if (feeling.emotion === 'anger') lift(ledger, 'anger', push, token, token.word)
    if (feeling.emotion === 'joy' && feeling.sentiment > 0.3) lift(ledger, 'intent.praise', 0.15, token, 'emoji')
  }
}

/** Shouting makes the angry angrier and the happy happier. */
function weighManner(ledger: Ledger, { tokens }: Reading, sentiment: number): void {
  if (tokens.questions > 0) lift(ledger, 'intent.question', 0.4, '[?]')
  const shouting = tokens.longCapitals >= 2 && tokens.longCapitals / tokens.longWords > 0.4
  const loud = Math.min(0.3, Math.max(0, tokens.exclamations - 1) * 0.1)
  const head = sentiment > 0.1 ? 'emotion.joy' : 'anger'
  const weight = sentiment < -0.1 || sentiment > 0.1 ? 1 : 0.4
  if (shouting) lift(ledger, head, 0.3 * weight, '[capitals]')
  if (loud > 0) lift(ledger, head, loud * weight, '[!]')
}

function weighMood(ledger: Ledger, sentiment: number): void {
  const anger = scoreOf(ledger, 'anger')
  if (sentiment < 0) {
    const low = -sentiment
    lift(ledger, 'anger', 0.3 * low, '[sentiment]')
    lift(ledger, 'intent.problem', 0.35 * low, '[sentiment]')
    lift(ledger, 'emotion.sadness', 0.35 * low * (1 - anger), '[sentiment]')
    lower(ledger, 'intent.praise', 0.8 * low, '[sentiment]')
    lower(ledger, 'emotion.joy', 0.7 * low, '[sentiment]')
    lower(ledger, 'emotion.optimism', 0.5 * low, '[sentiment]')
  } else if (sentiment > 0) {
    lift(ledger, 'intent.praise', 0.4 * sentiment, '[sentiment]')
    lift(ledger, 'emotion.joy', 0.4 * sentiment, '[sentiment]')
    lift(ledger, 'emotion.optimism', 0.25 * sentiment, '[sentiment]')
    lower(ledger, 'anger', 0.6 * sentiment, '[sentiment]')
    lower(ledger, 'intent.problem', 0.4 * sentiment, '[sentiment]')
  }
  lift(ledger, 'emotion.anger', 0.7 * scoreOf(ledger, 'anger'), '[anger]')
}

/** An employee is needed for anger, for technical trouble, and for a complaint more than for a kind word. */
function weighNeeds(ledger: Ledger, sentiment: number): void {
  const problem = scoreOf(ledger, 'intent.problem')
  const expert = scoreOf(ledger, 'needsExpert')
  lift(ledger, 'needsEmployee', 0.6 * scoreOf(ledger, 'anger'), '[anger]')
  lift(ledger, 'needsEmployee', 0.4 * expert * problem, '[technical]')
  if (sentiment < 0) lift(ledger, 'needsEmployee', -0.25 * sentiment, '[sentiment]')
  else lower(ledger, 'needsEmployee', 0.6 * sentiment, '[sentiment]')
  const praise = scoreOf(ledger, 'intent.praise')
  if (praise > problem) lower(ledger, 'needsEmployee', 0.5 * praise, '[praise]')
}
