import type { Classification, Flag } from '../domain/classification.ts'
import { EMOTIONS, INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { newFeatures } from './features.ts'
import { flagsOf } from './flags.ts'
import { HEADS, type Head, type HeadName, probabilitiesOf } from './heads.ts'
import { addLearned } from './learned.ts'
import type { Model } from './model.ts'
import { readPost } from './read-post.ts'
import { newScores, score } from './score.ts'
import { scoreSkills } from './skill-score.ts'
import { confidenceOf, type JudgedHead, unsureHeads } from './unsure.ts'
import type { Weights } from './weights.ts'
import { type Question, reasonsFor } from './why.ts'

/** Written anew by each call, so that a page of posts does not fill the memory with short-lived tables. */
const features = newFeatures()
const scores = newScores()
/** Heads of one label explain themselves only when they have something to say. */
const EXPLAINED_FROM = 0.35
/** From this probability on a post is flagged offensive. */
const OFFENSIVE = 0.6

/**
 * What we understand of one post (U1): a pure function of text, hint and model (U6), the same for the same input.
 * `language` is the network's hint, BCP-47. Only the first 5 000 characters are judged. Never throws, whatever the
 * text; numbers are rounded to hundredths.
 */
export function classify(post: { text: string; language?: string | null }, model: Model): Classification {
  const { reading, guess, readAs } = readPost(post, model, features)
  const { tokens } = reading
  score(features, tokens.list, model.weights, scores)
  if (model.learned !== null) addLearned(features, model.learned, model.weights, scores)

  const found = headsOf(model.weights, readAs !== null && tokens.list.length > 0)
  const skills = scoreSkills(features, reading, model.skills, guess.tag === 'und' ? null : guess.tag)
  const flags = flagsOf(reading, found.offensive >= OFFENSIVE)
  const why = reasonsFor(questionsFor(found), reading, features, scores)
  return {
    language: { tag: guess.tag, confidence: guess.confidence },
    sentiment: found.sentiment,
    emotion: found.emotion,
    anger: found.anger,
    urgency: atLeast(found.urgency, flags.found, PRESSING),
    intent: found.intent,
    skills: skills.map(({ skill, weight }) => ({ skill, weight })),
    needsExpert: found.needsExpert,
    needsEmployee: atLeast(found.needsEmployee, flags.found, FOR_STAFF),
    flags: flags.found,
    unsure: unsureHeads({ ...found.confidences, language: guess.tag === 'und' ? 0 : guess.confidence }, found.sureFrom),
    why: [...why, ...flags.why, ...skills.flatMap(({ evidence }) => evidence)],
  }
}

/** A flag that speaks for itself lifts a score to this, whatever the words beside it. */
const LIFTED = 0.85
const PRESSING: readonly Flag[] = ['safety', 'self-harm']
const FOR_STAFF: readonly Flag[] = ['safety', 'self-harm', 'legal', 'press']

const atLeast = (score: number, flags: readonly Flag[], lifting: readonly Flag[]): number =>
  flags.some((flag) => lifting.includes(flag)) ? Math.max(score, LIFTED) : score

type Found = Pick<
  Classification,
  'sentiment' | 'emotion' | 'intent' | 'anger' | 'urgency' | 'needsExpert' | 'needsEmployee'
> & {
  offensive: number
  confidences: Record<Exclude<JudgedHead, 'language'>, number>
  sureFrom: Record<JudgedHead, number>
}

/** What the log odds say. Where we cannot read the words (`understood` false) no guess is better than chance. */
function headsOf(weights: Weights, understood: boolean): Found {
  const of = (name: HeadName): Float64Array => probabilities(weights, HEADS[name])
  const one = (name: HeadName): number => hundredths(of(name)[0]!)
  const sentiment = of('sentiment')
  const emotion = of('emotion')
  const intent = of('intent')
  const mood = likeliest(sentiment, SENTIMENTS.length)
  const feeling = likeliest(emotion, EMOTIONS.length)
  const aim = likeliest(intent, INTENTS.length)
  const [anger, urgency, needsExpert, needsEmployee] = [
    one('anger'),
    one('urgency'),
    one('needsExpert'),
    one('needsEmployee'),
  ]
  const sure = (confidence: number, chance: number): number => hundredths(understood ? confidence : chance)
  const sentimentConfidence = sure(sentiment[mood]!, 1 / SENTIMENTS.length)
  const intentConfidence = sure(intent[aim]!, 1 / INTENTS.length)
  return {
    sentiment: {
      label: SENTIMENTS[mood]!,
      score: hundredths(sentiment[2]! - sentiment[0]!),
      confidence: sentimentConfidence,
    },
    emotion: {
      label: EMOTIONS[feeling]!,
      scores: {
        anger: hundredths(emotion[0]!),
        joy: hundredths(emotion[1]!),
        optimism: hundredths(emotion[2]!),
        sadness: hundredths(emotion[3]!),
      },
    },
    intent: { label: INTENTS[aim]!, confidence: intentConfidence },
    anger,
    urgency,
    needsExpert,
    needsEmployee,
    offensive: one('offensive'),
    confidences: {
      sentiment: sentimentConfidence,
      emotion: sure(emotion[feeling]!, 1 / emotion.length),
      intent: intentConfidence,
      anger: confidenceOf(anger, understood),
      urgency: confidenceOf(urgency, understood),
      needsExpert: confidenceOf(needsExpert, understood),
      needsEmployee: confidenceOf(needsEmployee, understood),
    },
    sureFrom: weights.sureFrom,
  }
}

function probabilities(weights: Weights, head: Head): Float64Array {
  const { temperature, shift } = weights.header.calibration[head.name]!
  return probabilitiesOf(scores.odds, head, temperature, shift)
}

/** The first of the largest among the first `length`, so that the answer depends on nothing but the text. */
function likeliest(values: Float64Array, length: number): number {
  let best = 0
  for (let at = 1; at < length; at++) if (values[at]! > values[best]!) best = at
  return best
}

/** What a reader will ask: why this mood, this intent, and each score that stands out. */
function questionsFor(found: Found): Question[] {
  const { sentiment, emotion, intent } = HEADS
  const intentAt = intent.at + INTENTS.indexOf(found.intent.label)
  const asked: Question[] = [
    { head: 'sentiment', output: sentiment.at + 2, against: [sentiment.at] },
    { head: `intent.${found.intent.label}`, output: intentAt, against: othersOf(intent, intentAt) },
  ]
  const { label, scores: feelings } = found.emotion
  if (feelings[label] >= EXPLAINED_FROM) {
    const at = emotion.at + EMOTIONS.indexOf(label)
    asked.push({ head: `emotion.${label}`, output: at, against: othersOf(emotion, at) })
  }
  for (const name of ['anger', 'urgency', 'needsExpert', 'needsEmployee'] as const) {
    if (found[name] >= EXPLAINED_FROM) asked.push({ head: name, output: HEADS[name].at, against: [] })
  }
  return asked
}

const othersOf = ({ at, labels }: Head, output: number): number[] =>
  labels.map((_, k) => at + k).filter((other) => other !== output)

/** Rounds to two decimals and never gives -0. */
const hundredths = (value: number): number => Math.round(value * 100) / 100 + 0
